import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, verdictOn } from "../../webapp/static/js/exchanges.js";

const CARD = '\n<section class="goal" id="goal-1">…</section>';
const LOGIN_OF_THE_CAFE = "\n<!DOCTYPE html><html><body>Welcome to our Wi-Fi</body></html>";

/** @param {Partial<Parameters<typeof verdictOn>[0]>} answer */
const verdict = (answer) =>
  verdictOn({
    status: 200,
    text: "",
    isOurs: true,
    retarget: false,
    wantsPage: false,
    dropped: false,
    ...answer,
  });

test("a card is an answer, and so is one without content", () => {
  assert.equal(verdict({ text: CARD }).kind, "stored");
  assert.equal(verdict({ status: 204, text: "" }).kind, "stored");
});

test("no answer is none, also when it stopped half-way or came too late", () => {
  assert.equal(verdict({ status: 0, text: undefined }).kind, "unreachable");
  assert.equal(verdict({ status: 200, text: undefined }).kind, "unreachable");
});

test("a captive portal's page is not delivery, whatever its status", () => {
  assert.equal(verdict({ text: LOGIN_OF_THE_CAFE }).kind, "unreachable");
  assert.equal(verdict({ status: 511, text: LOGIN_OF_THE_CAFE }).kind, "trouble");
  assert.equal(verdict({ status: 403, text: LOGIN_OF_THE_CAFE }).kind, "trouble");
  assert.equal(verdict({ status: 422, text: LOGIN_OF_THE_CAFE }).kind, "trouble");
  assert.ok(!verdict({ status: 502, text: LOGIN_OF_THE_CAFE, retarget: true }).told);
});

test("b3: whatever does not say that it is ours is not delivery, however little it says", () => {
  const scraps = [
    CARD,
    "<script>location.replace('http://login.wifi.example/')</script>",
    "ok",
    "",
  ];
  for (const text of scraps) {
    for (const status of [200, 204])
      assert.equal(verdict({ status, text, isOurs: false }).kind, "unreachable", text);
    for (const status of [409, 422])
      assert.equal(verdict({ status, text, isOurs: false }).kind, "trouble", text);
  }
});

test("a whole page is an answer where a whole page was asked for", () => {
  assert.equal(verdict({ text: "<!doctype html>", wantsPage: true }).kind, "stored");
});

test("the server's refusal is told in its own words", () => {
  assert.deepEqual(verdict({ status: 409, text: "<div>", retarget: true }), {
    kind: "refused",
    told: true,
  });
});

test("a form that comes back with its errors is a refusal too", () => {
  assert.equal(verdict({ status: 422, text: "<form>" }).kind, "refused");
});

test("a refusal that is not ours is trouble, for nobody has told the reader anything", () => {
  assert.deepEqual(verdict({ status: 429, text: "slow down" }), { kind: "trouble", told: false });
});

test("trouble with the server's own words keeps them", () => {
  const ours = verdict({ status: 503, text: "<div>", retarget: true });

  assert.deepEqual(ours, { kind: "trouble", told: true });
  assert.deepEqual(verdict({ status: 503, text: "" }), { kind: "trouble", told: false });
});

test("what the page itself gave up asking for is no trouble of the network", () => {
  assert.equal(verdict({ status: 0, text: undefined, dropped: true }).kind, "dropped");
});

/** A form as a browser shows it: a field named "id" stands where the form's own id was. */
function form(id, action, field = { value: "01a1fff4" }) {
  const attributes = { id, action };
  const self = { id: field, getAttribute: (name) => attributes[name], closest: () => self };
  return self;
}

test("two forms on one card are never taken for each other, also when both write to the goal", () => {
  const [notSeen, noOpportunity] = ["not_seen-1", "no_opportunity-1"].map((id) =>
    nameOf(form(id, "/goals/1/observations")),
  );

  assert.notEqual(notSeen, noOpportunity);
});

test("a form is the same after it was drawn again, but not for another observation", () => {
  const help = nameOf(form("after-1-help", "/observations/1/corrections"));

  assert.equal(nameOf(form("after-1-help", "/observations/1/corrections")), help);
  assert.notEqual(nameOf(form("after-1-help", "/observations/2/corrections")), help);
});
