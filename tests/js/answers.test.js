import assert from "node:assert/strict";
import { test } from "node:test";
import { isStale } from "../../webapp/static/js/answers.js";

const EARLY = "2026-11-21T14:02:00.100000+00:00";
const LATE = "2026-11-21T14:02:00.200000+00:00";

test("a card that was read earlier does not replace one that was read later", () => {
  assert.ok(isStale({ readAt: EARLY, begun: 1 }, { readAt: LATE, shown: 3 }));
});

test("a card that was read later, or at the same moment, is shown", () => {
  assert.ok(!isStale({ readAt: LATE, begun: 1 }, { readAt: EARLY, shown: 3 }));
  assert.ok(!isStale({ readAt: EARLY, begun: 1 }, { readAt: EARLY, shown: 3 }));
});

test("microseconds decide within one millisecond", () => {
  const [first, second] = ["2026-11-21T14:02:00+00:00", "2026-11-21T14:02:00.000001+00:00"];

  assert.ok(isStale({ readAt: first, begun: 1 }, { readAt: second, shown: 3 }));
  assert.ok(!isStale({ readAt: second, begun: 1 }, { readAt: first, shown: 3 }));
});

test("what was asked for after the shown card had come is shown although a clock was set back", () => {
  assert.ok(!isStale({ readAt: EARLY, begun: 4 }, { readAt: LATE, shown: 3 }));
});

test("a card without a readable time is shown", () => {
  assert.ok(!isStale({ readAt: undefined, begun: 1 }, { readAt: LATE, shown: 3 }));
  assert.ok(!isStale({ readAt: EARLY, begun: 1 }, { readAt: undefined, shown: 3 }));
  assert.ok(!isStale({ readAt: "i går", begun: 1 }, { readAt: LATE, shown: 3 }));
});
