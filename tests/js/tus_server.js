/** An upload server in memory: tus 1.0 with creation and checksum, as docs/sync-protocol.md, section 5, says. */

import { createHash } from "node:crypto";

/** `named` holds the sizes of files whose entries have come; `files` what was uploaded; `asked` each request. */
export function tusServer() {
  const server = {
    named: new Map(),
    files: new Map(),
    asked: [],
    /** Stands between the tablet and the server; undefined lets through. */
    between: async (_request, answer) => answer(),
    fetch: async (address, init) => {
      const { headers, method, body } = init;
      server.asked.push({ method, address, init });
      return server.between({ method, address, headers, body }, () => take(address, init));
    },
  };
  return server;

  function take(address, { method, headers, body }) {
    if (method === "POST") {
      const [, name] = headers["Upload-Metadata"].split(" ");
      const sha256 = atob(name);
      const size = Number(headers["Upload-Length"]);
      if (server.named.get(sha256) !== size) return answer(404);
      if (!server.files.has(sha256)) server.files.set(sha256, Buffer.alloc(0));
      return answer(201, { Location: `/sync/media/${sha256}` });
    }
    const sha256 = address.split("/").at(-1);
    const file = server.files.get(sha256);
    const size = server.named.get(sha256);
    if (!file) return answer(404);
    if (method === "HEAD")
      return answer(200, { "Upload-Offset": file.length, "Upload-Length": size });
    if (Number(headers["Upload-Offset"]) !== file.length) return answer(409);
    const [, checksum] = headers["Upload-Checksum"].split(" ");
    if (createHash("sha256").update(body).digest("base64") !== checksum) return answer(460);
    const whole = Buffer.concat([file, body]);
    if (whole.length < size && body.length < 64 * 1024) return answer(400);
    const isWrong =
      whole.length === size && createHash("sha256").update(whole).digest("hex") !== sha256;
    server.files.set(sha256, isWrong ? Buffer.alloc(0) : whole);
    return isWrong ? answer(460) : answer(204, { "Upload-Offset": whole.length });
  }
}

/** @param {number} status @param {Record<string, unknown>} headers */
export const answer = (status, headers = {}) =>
  new Response(null, { status, headers: { "Tus-Resumable": "1.0.0", ...headers } });
