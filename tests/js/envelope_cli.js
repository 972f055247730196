/** For test_envelopes.py: signs and seals what it reads from standard input, or verifies and opens it. */

import { readFileSync } from "node:fs";
import { makeKey, seal, sign } from "../../webapp/static/js/outbox/envelope.js";
import { openSealed, verified } from "./opening.js";

const given = JSON.parse(readFileSync(0, "utf8"));
const { privateKey, publicKey } = await makeKey();

async function open({ jwe, jws, sealing, signing }) {
  const ecdh = { name: "ECDH", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("jwk", sealing, ecdh, false, ["deriveBits"]);
  return { text: await openSealed(jwe, key), isSigned: await verified(jws, signing) };
}

const answer = given.jwe
  ? await open(given)
  : {
      jws: await sign(given.payload, privateKey),
      jwe: await seal(given.text, given.sealTo, given.entry),
      key: publicKey,
    };
process.stdout.write(JSON.stringify(answer));
