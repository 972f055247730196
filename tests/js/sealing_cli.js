/** For test_sealed_files.py: seals the file it reads from standard input, under a key of its own. */

import { readFileSync } from "node:fs";
import { sealFile } from "../../webapp/static/js/media/sealing.js";

const { parts, ...facts } = await sealFile(new Uint8Array(readFileSync(0)));
const sealed = Buffer.concat(parts.map((part) => Buffer.from(part))).toString("base64");
process.stdout.write(JSON.stringify({ ...facts, sealed }));
