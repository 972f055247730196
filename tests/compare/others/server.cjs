/**
 * The other two, each in the few lines its own guide shows: `node server.cjs PORT FOLDER`.
 * /pouchdb/ replicates to express-pouchdb (what pouchdb-server runs) under /db/; /workbox/ posts
 * each tap to /taps, where the author is whoever is signed in.
 */
const path = require("node:path");
const express = require("express");
const PouchDB = require("pouchdb");

const [port, folder] = process.argv.slice(2);
const app = express();
const modules = path.join(process.cwd(), "node_modules");
const Database = PouchDB.defaults({ prefix: path.join(folder, path.sep) });

/** Every request to /taps, in the order it came. */
const taps = [];

app.use("/modules", express.static(modules));
app.get("/:who(pouchdb|workbox)/", (asked, answer) => {
  // Who is signed in: the cookie of the session.
  answer.cookie("who", asked.query.who ?? "");
  answer.sendFile(path.join(__dirname, `${asked.params.who}.html`));
});
app.get("/worker.js", (_, answer) => answer.sendFile(path.join(__dirname, "worker.js")));
app.post("/taps", express.json(), ({ body, headers }, answer) => {
  taps.push({ id: body.id, author: /who=(\w*)/.exec(headers.cookie ?? "")?.[1] ?? "" });
  answer.status(201).json({ ok: true });
});
app.get("/stored/workbox", (_, answer) => answer.json(taps));
app.get("/stored/pouchdb", async (_, answer) => {
  const { rows } = await new Database("entries").allDocs({ include_docs: true });
  answer.json(rows.map(({ id, doc }) => ({ id, author: doc.author })));
});
app.use("/db", require("express-pouchdb")(Database, { logPath: path.join(folder, "log.txt") }));

new Database("entries").info().then(() => {
  app.listen(Number(port), "127.0.0.1", () => console.log("ready"));
});
