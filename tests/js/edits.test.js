import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cut,
  drawnOn,
  pointAt,
  sizeOf,
  transformOf,
  turned,
  UNTOUCHED,
} from "../../webapp/static/js/studio/edits.js";

const TAKEN = { width: 1200, height: 800 };
const at = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y });
/** @param {number} times @param {import("../../webapp/static/js/studio/edits.js").Edits} [edits] */
const turnedBy = (times, edits = UNTOUCHED) =>
  Array.from({ length: times }).reduce((/** @type {typeof edits} */ each) => turned(each), edits);

test("four quarters are none", () => {
  assert.deepEqual(turnedBy(4), UNTOUCHED);
});

test("a picture that lies on its side is as wide as it was high", () => {
  assert.deepEqual(sizeOf(turnedBy(1), TAKEN, 1600), { width: 800, height: 1200, scale: 1 });
  assert.deepEqual(sizeOf(turnedBy(2), TAKEN, 600), { width: 600, height: 400, scale: 0.5 });
});

test("a small picture is not made larger, and a thin one keeps a pixel", () => {
  assert.equal(sizeOf(UNTOUCHED, { width: 30, height: 20 }, 1600).width, 30);
  assert.equal(sizeOf(UNTOUCHED, { width: 40_000, height: 1 }, 1600).height, 1);
});

test("what a finger points at is where the picture shows it, however it is turned and cut", () => {
  const parts = [UNTOUCHED, cut(UNTOUCHED, at(0.25, 0.1), at(0.75, 0.9))];
  for (const edits of parts) {
    for (const times of [0, 1, 2, 3]) {
      const now = turnedBy(times, edits);
      const size = sizeOf(now, TAKEN, 1600);
      const [a, b, c, d, e, f] = transformOf(now, TAKEN, size);
      for (const shown of [at(0, 0), at(1, 0), at(0.3, 0.8), at(1, 1)]) {
        const point = pointAt(now, shown);
        const [x, y] = [point.x * TAKEN.width, point.y * TAKEN.height];
        assert.ok(Math.abs(a * x + c * y + e - shown.x * size.width) < 1e-6, `${times}`);
        assert.ok(Math.abs(b * x + d * y + f - shown.y * size.height) < 1e-6, `${times}`);
      }
    }
  }
});

test("a finger that leaves the picture draws to its edge", () => {
  assert.deepEqual(pointAt(UNTOUCHED, at(-3, 7)), at(0, 1));
});

test("a part is cut from wherever the finger began, and never reaches beyond what is left", () => {
  const once = cut(UNTOUCHED, at(0.8, 0.9), at(0.2, 0.1));
  assert.deepEqual(once.part, { left: 0.2, top: 0.1, right: 0.8, bottom: 0.9 });
  assert.deepEqual(cut(once, at(0, 0), at(0.5, 0.5)).part, {
    left: 0.2,
    top: 0.1,
    right: 0.5,
    bottom: 0.5,
  });
});

test("a touch cuts nothing away and draws nothing", () => {
  assert.equal(cut(UNTOUCHED, at(0.5, 0.5), at(0.55, 0.9)), UNTOUCHED);
  assert.equal(drawnOn(UNTOUCHED, "ring", at(0.5, 0.5), at(0.51, 0.9)), UNTOUCHED);
  assert.equal(drawnOn(UNTOUCHED, "arrow", at(0.5, 0.5), at(0.51, 0.51)), UNTOUCHED);
});

test("an arrow may be straight; what is drawn stays where it is when the picture is turned", () => {
  const arrow = drawnOn(UNTOUCHED, "arrow", at(0.1, 0.5), at(0.9, 0.5));
  assert.deepEqual(turned(arrow).drawings, [
    { kind: "arrow", from: at(0.1, 0.5), to: at(0.9, 0.5) },
  ]);
});

test("in a small part, small drawings count: they are as large as the rest", () => {
  const part = cut(UNTOUCHED, at(0, 0), at(0.2, 0.2));
  assert.equal(drawnOn(part, "blur", at(0.05, 0.05), at(0.07, 0.07)).drawings.length, 1);
});
