/** The server as docs/sync-protocol.md describes it, in memory: verifies, opens, stores each id once. */

import { readPart } from "../../webapp/static/js/outbox/envelope.js";
import { openSealed, verified } from "./opening.js";

const { subtle } = globalThis.crypto;
const ECDH = { name: "ECDH", namedCurve: "P-256" };

/** A server with a key to seal to; `stored` shows what it has, `batches` what it was sent. */
export async function syncServer() {
  const sealing = await subtle.generateKey(ECDH, true, ["deriveBits"]);
  const { x, y } = await subtle.exportKey("jwk", sealing.publicKey);
  const server = {
    stored: new Map(),
    batches: [],
    /** What it was told of each grant, by the key of that grant. */
    accounts: new Map(),
    epoch: "1",
    version: "0.2.0",
    ahead: 0,
    /** Names for an id something else than "stored". */
    says: new Map(),
    /** Stands between the tablet and the server; undefined lets through. */
    between: async (_request, answer) => answer(),
    grantFor,
    fetch,
  };
  let grants = 0;
  return server;

  function grantFor(staff, key) {
    grants += 1;
    const claims = {
      jti: `grant-${grants}`,
      sub: staff,
      dev: null,
      cnf: { jwk: key },
      iat: 0,
      cap: 4e9,
      exp: 5e9,
    };
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return {
      grant: `${part({ alg: "ES256" })}.${part(claims)}.c2lnbmVk`,
      seal_to: { kty: "EC", crv: "P-256", x, y, kid: "server-1" },
      epoch: server.epoch,
      server_time: now(),
    };
  }

  function now() {
    return new Date(Date.now() + server.ahead).toISOString();
  }

  async function fetch(address, init) {
    return server.between({ address, init }, async () => {
      const { pathname } = new URL(address, "https://smaategn.example");
      const asked = JSON.parse(init.body);
      if (pathname === "/sync/grants")
        return new Response(JSON.stringify(grantFor("anna", asked.key)), { status: 201 });
      server.batches.push({ ...asked, init });
      for (const told of asked.grants) await note(told);
      const results = [];
      for (const [index, jws] of asked.entries.entries())
        results.push({ index, ...(await take(jws, asked.grants)) });
      const answer = { protocol: 1, nonce: asked.nonce, epoch: server.epoch, server_time: now() };
      return new Response(JSON.stringify({ ...answer, version: server.version, results }), {
        headers: { "Smaategn-Sync": "1", "Content-Type": "application/json" },
      });
    });
  }

  async function note({ grant, account }) {
    const { jti, cnf } = readPart(grant.split(".")[1]);
    if (!account || !(await verified(account, cnf.jwk))) return;
    if (readPart(account.split(".")[0]).typ !== "smaategn-account+jws") return;
    server.accounts.set(jti, readPart(account.split(".")[1]));
  }

  async function take(jws, sent) {
    const { id, grant, sealed, ...facts } = readPart(jws.split(".")[1]);
    const claims = sent
      .map((each) => readPart(each.grant.split(".")[1]))
      .find(({ jti }) => jti === grant);
    if (!claims) return { id, status: "rejected", reason: "unknown_grant" };
    if (!(await verified(jws, claims.cnf.jwk)))
      return { id, status: "rejected", reason: "bad_signature" };
    if (server.says.has(id)) return { id, ...server.says.get(id) };
    if (server.stored.get(id)?.jws === jws) return { id, status: "already", received_at: now() };
    if (server.stored.has(id)) return { id, status: "conflict" };
    const body = JSON.parse(await openSealed(sealed, sealing.privateKey));
    server.stored.set(id, { jws, staff: claims.sub, body, ...facts });
    return { id, status: "stored", received_at: now() };
  }
}
