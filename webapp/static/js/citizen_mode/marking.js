/**
 * The steps on the rail: which one is being marked, and what was said of each. It stays behind the
 * citizen until a step is marked, so that a mark that comes a moment late is not the next step's. Owns
 * the rows of #rail.
 *
 * @typedef {import("./marks.js").Mark} Mark
 */

import { fill } from "./filling.js";
import { isWhole, nextToMark, summary } from "./marks.js";

/** @param {HTMLElement} rail */
export function startMarking(rail) {
  const rows = /** @type {HTMLElement[]} */ ([...rail.querySelectorAll("[data-mark]")]);
  let place = 0;
  /** @type {number | undefined} */
  let marked = 0;
  /** Whether what was said is noted, and nothing new begun. */
  let isNoted = false;

  for (const [selector, way] of /** @type {const} */ ([
    ["[data-earlier]", -1],
    ["[data-later]", 1],
  ]))
    rail.querySelector(selector)?.addEventListener("click", () => turn((marked ?? place) + way));
  draw();
  return { marks, at, change, clear, putBack, count };

  /** @returns {Mark[]} */
  function marks() {
    return rows.map((row) => {
      const level = checked(row, "[data-level]");
      return {
        how: checked(row, "[data-how]")?.value ?? "",
        level: level?.value ?? "",
        words: level?.nextElementSibling?.textContent ?? "",
      };
    });
  }

  /** @param {number} now  Where the citizen is; behind the last step at the end. */
  function at(now) {
    place = now;
    if (now === 0) isNoted = false;
    follow();
  }

  function change() {
    isNoted = false;
    draw();
    follow();
  }

  /** Begin anew. The count stays: it is what was noted. */
  function clear() {
    for (const box of rail.querySelectorAll("input")) box.checked = false;
    isNoted = true;
    follow();
  }

  /** @param {Mark[]} kept @param {boolean} areNoted  Whether those before them are, and nothing new begun. */
  function putBack(kept, areNoted) {
    isNoted = areNoted;
    for (const [number, { how, level }] of kept.entries())
      for (const box of rows[number]?.querySelectorAll("input") ?? [])
        box.checked = box.value === how || box.value === level;
    draw();
    follow();
  }

  /** Return what the count says. */
  function count() {
    return rail.querySelector("[data-count]")?.textContent ?? "";
  }

  function draw() {
    if (rows.length === 0) return;
    const { alone, left } = summary(marks());
    fill(rail, "[data-count]", { alone: alone.length, all: rows.length });
    // As long as nothing is marked that goes without saying.
    fill(rail, "[data-left]", left && left < rows.length ? { left } : {});
  }

  /** Go on to the next step to be marked, unless something is still to be said of this one. */
  function follow() {
    const said = marks();
    const mark = marked === undefined ? undefined : said[marked];
    // Whoever is about to say which help it was is not taken to another step.
    if (mark?.how && !isWhole(mark)) return;
    if (!isNoted) return turn(nextToMark(said, place));
    // Only whoever goes a step back may want to say something else of it.
    turn(place < rows.length ? place : undefined);
  }

  /** @param {number | undefined} number */
  function turn(number) {
    marked = number === undefined ? undefined : Math.max(0, Math.min(number, rows.length - 1));
    for (const [each, row] of rows.entries()) row.classList.toggle("now", each === marked);
  }
}

/** @param {HTMLElement} row @param {string} group @returns {HTMLInputElement | null} */
const checked = (row, group) => row.querySelector(`${group} input:checked`);
