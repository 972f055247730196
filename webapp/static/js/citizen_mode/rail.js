/**
 * What staff note while a citizen follows an instruction: for each step alone, with help or not, and
 * at the end that it was carried out. It goes by the outbox alone, which needs neither network nor a
 * session that is awake. Owns #rail and the forms beside it.
 */

import { drawIds } from "../ids.js";
import { fill } from "./filling.js";
import { startHold } from "./hold.js";
import { summary } from "./marks.js";
import { postDone, postMarks } from "./posting.js";

/** Under which the tablet keeps what is marked and not saved, until the page is left. */
const MARKS = "instruction-marks";

const { instruction, login } = document.body.dataset;

/**
 * @param {HTMLElement} rail
 * @param {boolean} goesOn  Whether the page was read again in the middle of it.
 * @returns {{ at: (place: number, isEnd: boolean) => void, leave: () => Promise<boolean> }}  Tells
 *   where the citizen is; saves what is marked before the page is left, and whether that worked.
 */
export function startRail(rail, goesOn) {
  const rows = /** @type {HTMLElement[]} */ ([...rail.querySelectorAll("[data-mark]")]);
  const open = /** @type {HTMLButtonElement} */ (document.querySelector("[data-open-rail]"));
  const save = /** @type {HTMLButtonElement} */ (rail.querySelector("[data-save]"));
  const all = rail.querySelector("[data-all]");
  let hasFailed = false;
  let isEnd = false;

  drawIds(document);
  if (goesOn) putBack();
  draw();
  startHold(open, () => show(true));
  all?.addEventListener("click", () => showAll(true));
  rail.querySelector("[data-close-rail]")?.addEventListener("click", () => {
    if (rail.hasAttribute("data-whole")) showAll(false);
    else show(false);
  });
  rail.addEventListener("change", () => {
    save.disabled = false;
    tell("");
    draw();
    keep();
  });
  save.addEventListener("click", () => void store(true));

  return {
    at(place, end) {
      isEnd = end;
      if (!end) save.disabled = false;
      rail.toggleAttribute("data-end", end);
      for (const [number, row] of rows.entries()) row.classList.toggle("now", number === place);
    },
    async leave() {
      // Whoever was told once may leave all the same.
      const isOver = hasFailed || !marks().some(({ how }) => how) || (await store(isEnd));
      if (isOver) sessionStorage.removeItem(MARKS);
      else show(true);
      hasFailed = !isOver;
      return isOver;
    },
  };

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

  /** @param {boolean} isShown */
  function show(isShown) {
    rail.hidden = !isShown;
    open.hidden = isShown;
    keep();
  }

  /** @param {boolean} isWhole  Whether every step is looked over, and not only where the citizen is. */
  function showAll(isWhole) {
    rail.toggleAttribute("data-whole", isWhole);
    all?.setAttribute("aria-expanded", String(isWhole));
  }

  function draw() {
    if (rows.length === 0) return;
    const { alone, left } = summary(marks());
    fill(rail, "[data-count]", { alone: alone.length, all: rows.length });
    // As long as nothing is marked that goes without saying.
    fill(rail, "[data-left]", left && left < rows.length ? { left } : {});
  }

  /**
   * @param {boolean} isDone  Whether the intervention was carried out to its end.
   * @returns {Promise<boolean>}  Whether all of it lies on the tablet's disk.
   */
  async function store(isDone) {
    save.disabled = true;
    const said = marks();
    const words = rail.querySelector("[data-count]")?.textContent ?? "";
    let isKept = !said.some(({ how }) => how) || (await postMarks(said, words));
    if (isKept) forget();
    if (isKept && isDone) isKept = await postDone();
    // What is noted is noted once: it takes a new mark, or a new round, to note more.
    save.disabled = isKept;
    tell(isKept ? "kept" : "lost");
    if (isKept) showAll(false);
    return isKept;
  }

  function forget() {
    for (const box of rail.querySelectorAll("input")) box.checked = false;
    draw();
    keep();
  }

  /** @param {string} which */
  function tell(which) {
    /** @type {NodeListOf<HTMLElement>} */
    const told = rail.querySelectorAll("[data-told]");
    for (const each of told) each.hidden = each.dataset.told !== which;
  }

  function keep() {
    const value = { instruction, login, isShown: !rail.hidden, marks: marks() };
    sessionStorage.setItem(MARKS, JSON.stringify(value));
  }

  /** Only for whoever marked them: a colleague who unlocks the tablet meanwhile begins anew. */
  function putBack() {
    const kept = JSON.parse(sessionStorage.getItem(MARKS) ?? "{}");
    if (kept.instruction !== instruction || kept.login !== login) return;
    for (const [number, { how, level }] of (kept.marks ?? []).entries())
      for (const box of rows[number]?.querySelectorAll("input") ?? [])
        box.checked = box.value === how || box.value === level;
    if (kept.isShown) show(true);
  }
}

/** @param {HTMLElement} row @param {string} group @returns {HTMLInputElement | null} */
const checked = (row, group) => row.querySelector(`${group} input:checked`);
