import assert from "node:assert/strict";
import { test } from "node:test";
import { noteOf, summary } from "../../webapp/static/js/citizen_mode/marks.js";

const alone = { how: "alone", level: "", words: "" };
const not = { how: "not", level: "", words: "" };
const unmarked = { how: "", level: "", words: "" };
const helped = (/** @type {string} */ level, words = level) => ({ how: "help", level, words });

const WORDS = {
  helped: "Trin {number}: med hjælp ({level}).",
  help: "Trin {number}: med hjælp.",
  not: "Trin {number}: ikke.",
  unmarked: "Trin {number}: ikke noteret.",
};

test("what was done alone is told by its number, from one", () => {
  assert.deepEqual(summary([alone, not, alone]).alone, [1, 3]);
  assert.deepEqual(summary([]), { alone: [], left: 0, level: "" });
});

test("steps nobody marked are counted, and are not done alone", () => {
  const { alone: numbers, left } = summary([unmarked, alone, unmarked]);

  assert.deepEqual([numbers, left], [[2], 2]);
});

test("the most help that any step needed is the help of the whole", () => {
  assert.equal(summary([alone, helped("verbal"), helped("modelling")]).level, "modelling");
  assert.equal(summary([helped("physical"), helped("indirect")]).level, "physical");
});

test("all of it alone is without help; help that nobody named, or a step left undone, is not told", () => {
  assert.equal(summary([alone, alone]).level, "independent");
  assert.equal(summary([alone, helped("verbal"), helped("")]).level, "");
  assert.equal(summary([alone, not]).level, "");
  assert.equal(summary([alone, unmarked]).level, "");
});

test("the note tells what the numbers do not, and nothing when all was done alone", () => {
  const marks = [alone, helped("gesture", " Pegede "), helped(""), not, unmarked];

  assert.equal(
    noteOf(marks, WORDS),
    "Trin 2: med hjælp (Pegede). Trin 3: med hjælp. Trin 4: ikke. Trin 5: ikke noteret.",
  );
  assert.equal(noteOf([alone, alone], WORDS), "");
});
