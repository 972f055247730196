import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOrNetwork, pageOrOffline, strategyFor } from "../../webapp/static/js/sw/strategies.js";
import { answer } from "./fakes.js";

const ORIGIN = "https://smaategn.example";

/** @param {string} path @param {{ method?: string, mode?: RequestMode, range?: string }} facts */
function strategy(path, { method = "GET", mode = "same-origin", range } = {}) {
  const headers = new Headers(range ? { Range: range } : {});
  return strategyFor({ method, mode, url: new URL(path, ORIGIN).href, headers }, ORIGIN);
}

const offlinePage = async () => answer("Uden net");
const noNetwork = async () => {
  throw new TypeError("Failed to fetch");
};

test("pages and static files are the worker's, in whatever way they are asked for", () => {
  assert.equal(strategy("/", { mode: "navigate" }), "page");
  assert.equal(strategy("/citizens/1?opened=2", { mode: "navigate" }), "page");
  assert.equal(strategy("/static/0123456789ab/app.css", { mode: "no-cors" }), "static");
  assert.equal(strategy("/static/0123456789ab/js/app.js", { mode: "cors" }), "static");
});

test("what writes is left alone, also as a page and below /static/", () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "HEAD"]) {
    assert.equal(strategy("/signs/1/observations", { method }), "leave");
    assert.equal(strategy("/login", { method, mode: "navigate" }), "leave");
    assert.equal(strategy("/static/0123456789ab/app.css", { method }), "leave");
  }
});

test("fragments, the sync and other sites are left alone", () => {
  assert.equal(strategy("/citizens/1"), "leave");
  assert.equal(strategy("/sync/batch"), "leave");
  assert.equal(strategy("/sync/batch", { mode: "navigate" }), "leave");
  assert.equal(strategy("/manifest.webmanifest", { mode: "cors" }), "leave");
  assert.equal(strategy("https://elsewhere.example/static/a.js", { mode: "no-cors" }), "leave");
  assert.equal(strategy("https://elsewhere.example/", { mode: "navigate" }), "leave");
});

test("a part of a file is left alone, for the kept whole would be a wrong answer", () => {
  assert.equal(strategy("/static/0123456789ab/sound.mp3", { range: "bytes=0-1" }), "leave");
});

test("a page comes from the network, whatever its status", async () => {
  for (const status of [200, 403, 404, 500, 503]) {
    const page = await pageOrOffline(async () => answer("Vagten", { status }), offlinePage);
    assert.equal(page.status, status);
  }
});

test("a page that redirects is handed on untouched, for the browser to follow", async () => {
  const redirect = Response.redirect(`${ORIGIN}/login`, 302);

  assert.equal(await pageOrOffline(async () => redirect, offlinePage), redirect);
});

test("without network a page is answered with the kept one", async () => {
  const page = await pageOrOffline(noNetwork, offlinePage);

  assert.equal(await page.text(), "Uden net");
});

test("a network that hangs is none", async () => {
  const hanging = () => new Promise(() => undefined);

  const page = await pageOrOffline(
    /** @type {() => Promise<Response>} */ (hanging),
    offlinePage,
    5,
  );

  assert.equal(await page.text(), "Uden net");
});

test("without network and without a kept page the browser says so itself", async () => {
  await assert.rejects(
    pageOrOffline(noNetwork, async () => undefined),
    /Failed to fetch/,
  );
  await assert.rejects(pageOrOffline(noNetwork, noNetwork), /Failed to fetch/);
});

test("a slow page is waited for when there is nothing kept to show instead", async () => {
  const slow = () => new Promise((resolve) => setTimeout(resolve, 20, answer("Vagten")));

  const page = await pageOrOffline(
    /** @type {() => Promise<Response>} */ (slow),
    async () => undefined,
    5,
  );

  assert.equal(await page.text(), "Vagten");
});

test("a static file that is kept does not ask the network", async () => {
  const file = await keptOrNetwork(async () => answer("body{}"), noNetwork);

  assert.equal(await file.text(), "body{}");
});

test("a static file that is not kept, as one of an older release, comes from the network", async () => {
  const file = await keptOrNetwork(
    async () => undefined,
    async () => answer("older"),
  );

  assert.equal(await file.text(), "older");
});

test("a broken cache does not stop a static file", async () => {
  const file = await keptOrNetwork(noNetwork, async () => answer("body{}"));

  assert.equal(await file.text(), "body{}");
});
