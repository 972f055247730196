import assert from "node:assert/strict";
import { test } from "node:test";
import { clockFace, mayStop, readRun, STALE, secondsOf } from "../../webapp/static/js/runs.js";

const NOW = 1_800_000_000_000;
const kept = (/** @type {object} */ run) => JSON.stringify(run);

test("a run is read as it was kept", () => {
  assert.deepEqual(readRun(kept({ startedAt: NOW - 5000 }), NOW), { startedAt: NOW - 5000 });
  const stopped = { startedAt: NOW - 5000, stoppedAt: NOW - 1000, id: "id-1" };
  assert.deepEqual(readRun(kept(stopped), NOW), stopped);
});

test("what is missing or cannot be read is no run", () => {
  const broken = ["", "null", "5", '"x"', "{", "[]", '{"startedAt":"x"}', '{"startedAt":null}'];

  for (const text of [null, ...broken]) assert.equal(readRun(text, NOW), null);
});

test("a stopped run without an id has an empty one", () => {
  const read = readRun(kept({ startedAt: NOW, stoppedAt: NOW, id: 7 }), NOW);

  assert.equal(read?.id, "");
});

test("a run is dropped after twelve hours", () => {
  assert.ok(readRun(kept({ startedAt: NOW - STALE }), NOW));
  assert.equal(readRun(kept({ startedAt: NOW - STALE - 1 }), NOW), null);
});

test("a run lasts until now, a stopped one until it was stopped", () => {
  assert.equal(secondsOf({ startedAt: NOW - 61_999 }, NOW), 61);
  assert.equal(secondsOf({ startedAt: NOW - 60_000, stoppedAt: NOW - 50_000 }, NOW), 10);
});

test("a clock that is set back gives no negative time", () => {
  assert.equal(secondsOf({ startedAt: NOW + 60_000 }, NOW), 0);
});

test("the second half of a double tap does not stop what the first began", () => {
  assert.ok(!mayStop({ startedAt: NOW }, NOW));
  assert.ok(!mayStop({ startedAt: NOW }, NOW + 999));
  assert.ok(mayStop({ startedAt: NOW }, NOW + 1000));
  assert.ok(mayStop({ startedAt: NOW }, NOW - 3_600_000), "also when the clock was set back");
});

test("time is written as a stopwatch shows it", () => {
  const shown = [0, 9, 60, 750, 3599, 3600, 3723, 43_199].map(clockFace);

  assert.deepEqual(shown, [
    "00:00",
    "00:09",
    "01:00",
    "12:30",
    "59:59",
    "1:00:00",
    "1:02:03",
    "11:59:59",
  ]);
});
