import assert from "node:assert/strict";
import { test } from "node:test";
import { QUIET, Sent } from "../../webapp/static/js/sent.js";

const BREAD = "tap-bread /signs/bread/observations";
const TEETH = "tap-teeth /signs/teeth/observations";
const BREAD_BUTTON = "sign-bread-button";
const TEETH_BUTTON = "sign-teeth-button";

test("the first tap passes", () => {
  assert.ok(new Sent().mayGo(BREAD, BREAD_BUTTON, 0));
});

test("a second tap on the same sign waits for the answer", () => {
  const sent = new Sent();

  sent.begin(BREAD, "id-1");

  assert.ok(!sent.mayGo(BREAD, BREAD_BUTTON, 60_000));
});

test("a tap on another sign passes while the first is under way, and right after it", () => {
  const sent = new Sent();

  sent.begin(BREAD, "id-1");
  assert.ok(sent.mayGo(TEETH, TEETH_BUTTON, 0));
  sent.answer(BREAD, BREAD_BUTTON, "id-1", 0);
  assert.ok(sent.mayGo(TEETH, TEETH_BUTTON, 0));
});

test("the same button is quiet for 700 ms after its answer and then counts again", () => {
  const sent = new Sent();

  sent.begin(BREAD, "id-1");
  sent.answer(BREAD, BREAD_BUTTON, "id-1", 1000);

  assert.equal(QUIET, 700);
  assert.ok(!sent.mayGo(BREAD, BREAD_BUTTON, 1000));
  assert.ok(!sent.mayGo(BREAD, BREAD_BUTTON, 1699));
  assert.ok(sent.mayGo(BREAD, BREAD_BUTTON, 1700));
});

test("another button of the same form counts at once after the answer", () => {
  const sent = new Sent();

  sent.begin("after-bread-help /observations/1/corrections", "id-1");
  sent.answer("after-bread-help /observations/1/corrections", "level-3", "id-1", 1000);

  assert.ok(sent.mayGo("after-bread-help /observations/2/corrections", "level-4", 1001));
});

test("a level that would be taken back by the second half of a double tap stays set", () => {
  const sent = new Sent();

  sent.begin("after-bread-help /observations/1/corrections", "id-1");
  sent.answer("after-bread-help /observations/1/corrections", "level-3", "id-1", 1000);

  // The form now corrects the correction, so it has another name; the button has not.
  assert.ok(!sent.mayGo("after-bread-help /observations/2/corrections", "level-3", 1300));
});

test("a tap that got no answer may be tapped again at once, with the same id", () => {
  const sent = new Sent();

  sent.begin(BREAD, "id-1");
  sent.fail(BREAD, "id-1");

  assert.ok(sent.mayGo(BREAD, BREAD_BUTTON, 0));
  assert.deepEqual(sent.tapOf(BREAD), { id: "id-1", state: "unsent" });
});

test("a tap that lies on the disk leaves its form to the next one, however long the answer takes", () => {
  const sent = new Sent();

  sent.begin(BREAD, "id-1");
  sent.keep(BREAD, "id-1");
  sent.free(BREAD, BREAD_BUTTON, 700);

  assert.ok(!sent.mayGo(BREAD, BREAD_BUTTON, 699));
  assert.ok(sent.mayGo(BREAD, BREAD_BUTTON, 700));
  assert.equal(sent.idOf(BREAD), undefined, "the next tap has an id of its own");
  assert.ok(!sent.isWaiting);
});

test("the late answer to a tap that lies on the disk quiets nothing", () => {
  const sent = new Sent();
  sent.begin(BREAD, "id-1");
  sent.keep(BREAD, "id-1");
  sent.free(BREAD, BREAD_BUTTON, 0);

  sent.answer(BREAD, BREAD_BUTTON, "id-1", 5000);

  assert.ok(sent.mayGo(BREAD, BREAD_BUTTON, 5001));
});

test("a tap that could be neither sent nor kept stays unsent whatever becomes of the one before", () => {
  const sent = new Sent();
  sent.begin(BREAD, "id-1");
  sent.keep(BREAD, "id-1");
  sent.free(BREAD, BREAD_BUTTON, 0);

  sent.fail(BREAD, "id-2");
  sent.answer(BREAD, BREAD_BUTTON, "id-1", 5000);

  assert.deepEqual(sent.tapOf(BREAD), { id: "id-2", state: "unsent" });
  assert.ok(sent.isWaiting, "leaving would lose it");
  assert.equal(sent.idOf(BREAD), "id-2");
});

test("an answered tap no longer holds on to its id", () => {
  const sent = new Sent();

  sent.begin(BREAD, "id-1");
  sent.answer(BREAD, BREAD_BUTTON, "id-1", 0);

  assert.equal(sent.tapOf(BREAD), undefined);
});

test("a form without an id may be sent twice in a row, but not twice at once", () => {
  const sent = new Sent();

  sent.begin("undo", "");
  assert.ok(!sent.mayGo("undo", "undo-button", 0));
  sent.answer("undo", "undo-button", "", 0);

  assert.ok(sent.mayGo("undo", "undo-button", 1));
});

test("an unsent tap is forgotten when the server names its id, for then it was stored", () => {
  const sent = new Sent();
  sent.begin(BREAD, "id-1");
  sent.fail(BREAD, "id-1");
  sent.begin(TEETH, "id-2");

  const named = sent.forgetNamed(
    '<a href="/observations/id-1">Ret</a><a href="/observations/id-2">',
  );

  assert.deepEqual(named, [[BREAD, "id-1"]]);
  assert.equal(sent.tapOf(BREAD), undefined);
  assert.equal(sent.tapOf(TEETH)?.state, "sending", "one under way waits for its own answer");
});

test("a form without an id is never taken for a stored one", () => {
  const sent = new Sent();
  sent.begin("undo", "");
  sent.fail("undo", "");

  assert.deepEqual(sent.forgetNamed("anything"), []);
});

test("the page knows whether something tapped here is still unconfirmed", () => {
  const sent = new Sent();
  assert.equal(sent.isWaiting, false);
  sent.begin(TEETH, "id-1");
  assert.equal(sent.isWaiting, true);
  sent.fail(TEETH, "id-1");
  assert.equal(sent.isWaiting, true, "a lost answer is no confirmation");
  sent.begin(TEETH, "id-1");
  sent.answer(TEETH, "button", "id-1", 0);
  assert.equal(sent.isWaiting, false);
});

test("a tap that was taken for lost is over when it reaches the disk after all, and only that one", () => {
  const sent = new Sent();
  sent.begin(BREAD, "id-2");
  assert.ok(!sent.keep(BREAD, "id-1"), "an earlier tap on the form");
  assert.ok(sent.isWaiting);
  assert.ok(!sent.keep(BREAD, "id-2"), "its POST is still under way");
  assert.ok(!sent.isWaiting);
  sent.fail(BREAD, "id-2");

  assert.ok(sent.keep(BREAD, "id-2"));

  assert.equal(sent.tapOf(BREAD), undefined);
});
