/** Uploads a file with tus-js-client: `node tus_upload.js ENDPOINT FILE SHA256 MEMORY`. Ends with 1 when cut. */

import { readFileSync } from "node:fs";
import * as tus from "tus-js-client";

const [endpoint, file, sha256, memory] = process.argv.slice(2);
const upload = new tus.Upload(readFileSync(file), {
  endpoint,
  chunkSize: 1024 * 1024,
  retryDelays: null,
  metadata: { sha256 },
  fingerprint: async () => sha256,
  urlStorage: new tus.FileUrlStorage(memory),
  onError(error) {
    console.error(error.message);
    process.exitCode = 1;
  },
  onSuccess() {
    console.log(upload.url);
  },
});
const [previous] = await upload.findPreviousUploads();
if (previous) upload.resumeFromPreviousUpload(previous);
upload.start();
