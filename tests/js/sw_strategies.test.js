import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOrNetwork, pageOrKept, strategyFor } from "../../webapp/static/js/sw/strategies.js";
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

test("the picture of a step is the worker's, but not the small one where it is made", () => {
  assert.equal(strategy("/step-pictures/1", { mode: "no-cors" }), "picture");
  assert.equal(strategy("/step-pictures/1/thumbnail", { mode: "no-cors" }), "leave");
  assert.equal(strategy("/pictures/1", { mode: "no-cors" }), "leave");
});

test("what writes is left alone, also as a page and below /static/", () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "HEAD"]) {
    assert.equal(strategy("/signs/1/observations", { method }), "leave");
    assert.equal(strategy("/login", { method, mode: "navigate" }), "leave");
    assert.equal(strategy("/static/0123456789ab/app.css", { method }), "leave");
  }
});

test("e5, e8: fragments, the sync, the way out and other sites are left alone", () => {
  assert.equal(strategy("/citizens/1"), "leave");
  assert.equal(strategy("/sync/batch"), "leave");
  assert.equal(strategy("/sync/batch", { mode: "navigate" }), "leave");
  assert.equal(strategy("/recover", { mode: "navigate" }), "leave");
  assert.equal(strategy("/manifest.webmanifest", { mode: "cors" }), "leave");
  assert.equal(strategy("https://elsewhere.example/static/a.js", { mode: "no-cors" }), "leave");
  assert.equal(strategy("https://elsewhere.example/", { mode: "navigate" }), "leave");
});

test("a part of a file is left alone, for the kept whole would be a wrong answer", () => {
  assert.equal(strategy("/static/0123456789ab/sound.mp3", { range: "bytes=0-1" }), "leave");
});

const keptPage = async () => answer("Vagten kl. 14.05");
const nothingKept = async () => undefined;
const refused = () => Promise.reject(new TypeError("Failed to fetch"));
const hanging = () => /** @type {Promise<Response>} */ (new Promise(() => undefined));
const SHORT = { none: 20, kept: 5 };

test("a page comes from the network, whatever its status", async () => {
  for (const status of [200, 403, 404, 500, 503]) {
    const page = await pageOrKept(
      Promise.resolve(answer("Vagten", { status })),
      nothingKept,
      offlinePage,
    );
    assert.equal(page.status, status);
  }
});

test("a page that redirects is handed on untouched, for the browser to follow", async () => {
  // As the worker sees it: nothing of it can be read, not even whose it is.
  const redirect = Object.defineProperty(answer(""), "type", { value: "opaqueredirect" });
  redirect.headers.delete("Smaategn-Answer");

  assert.equal(await pageOrKept(Promise.resolve(redirect), keptPage, offlinePage), redirect);
});

test("the network's page is shown although one is kept", async () => {
  const page = await pageOrKept(Promise.resolve(answer("Vagten")), keptPage, offlinePage);

  assert.equal(await page.text(), "Vagten");
});

test("without network a page is shown as it was kept", async () => {
  const page = await pageOrKept(refused(), keptPage, offlinePage);

  assert.equal(await page.text(), "Vagten kl. 14.05");
});

test("while the server is being started again a page is shown as it was kept", async () => {
  const page = await pageOrKept(
    Promise.resolve(answer("Bad gateway", { status: 502 })),
    keptPage,
    offlinePage,
  );

  assert.equal(await page.text(), "Vagten kl. 14.05");
});

test("b3: an open network's login page is not shown in the place of a kept page", async () => {
  for (const status of [200, 404, 511]) {
    const portal = new Response("Velkommen til Gæstenet", { status });

    const page = await pageOrKept(Promise.resolve(portal), keptPage, offlinePage);

    assert.equal(await page.text(), "Vagten kl. 14.05");
  }
});

test("b3: it is shown where no page is kept, for somebody may have to log in there", async () => {
  const portal = new Response("Velkommen til Gæstenet");

  assert.equal(await pageOrKept(Promise.resolve(portal), nothingKept, offlinePage), portal);
});

test("what the server refuses is not answered with what was kept before", async () => {
  for (const status of [401, 403, 404]) {
    const page = await pageOrKept(
      Promise.resolve(answer("Nej", { status })),
      keptPage,
      offlinePage,
    );
    assert.equal(page.status, status);
  }
});

test("without network and without a kept page the page that says so is shown", async () => {
  for (const kept of [nothingKept, noNetwork]) {
    const page = await pageOrKept(refused(), kept, offlinePage);

    assert.equal(await page.text(), "Uden net");
  }
});

test("a network that hangs is none, sooner when there is a kept page", async () => {
  const kept = await pageOrKept(hanging(), keptPage, offlinePage, { none: 60_000, kept: 5 });
  const none = await pageOrKept(hanging(), nothingKept, offlinePage, { none: 5, kept: 60_000 });

  assert.equal(await kept.text(), "Vagten kl. 14.05");
  assert.equal(await none.text(), "Uden net");
});

test("a disk that hangs does not keep the network's page back", async () => {
  const page = await pageOrKept(Promise.resolve(answer("Vagten")), hanging, offlinePage);

  assert.equal(await page.text(), "Vagten");
});

test("without network and with nothing kept at all the browser says so itself", async () => {
  await assert.rejects(pageOrKept(refused(), nothingKept, nothingKept), /Failed to fetch/);
  await assert.rejects(pageOrKept(refused(), noNetwork, noNetwork), /Failed to fetch/);
});

test("a slow page is waited for when there is nothing kept to show instead", async () => {
  const slow = /** @type {Promise<Response>} */ (
    new Promise((resolve) => setTimeout(resolve, 20, answer("Vagten")))
  );

  const page = await pageOrKept(slow, nothingKept, nothingKept, SHORT);

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
