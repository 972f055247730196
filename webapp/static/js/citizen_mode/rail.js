/**
 * What staff note while a citizen follows an instruction: for each step alone, with help or not, and
 * at the end that it was carried out. It goes by the outbox alone, which needs neither network nor a
 * session that is awake. Owns #rail and the forms beside it.
 */

import { drawIds } from "../ids.js";
import { startHold } from "./hold.js";
import { startMarking } from "./marking.js";
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
  const open = /** @type {HTMLButtonElement} */ (document.querySelector("[data-open-rail]"));
  const save = /** @type {HTMLButtonElement} */ (rail.querySelector("[data-save]"));
  const all = rail.querySelector("[data-all]");
  const marking = startMarking(rail);
  /** Whoever was told something once may go on all the same. @type {Set<string>} */
  const told = new Set();
  /** Whether it is over, whether its marks are noted, and that it was carried out. */
  let [isEnd, isNoted, isDone] = [false, false, false];

  drawIds(document);
  if (goesOn) putBack();
  startHold(open, () => show(true));
  all?.addEventListener("click", () => showAll(true));
  rail.querySelector("[data-close-rail]")?.addEventListener("click", () => {
    rail.hasAttribute("data-whole") ? showAll(false) : show(false);
  });
  rail.addEventListener("change", () => {
    save.disabled = isNoted = isDone = false;
    tell("");
    marking.change();
    keep();
  });
  save.addEventListener("click", () => {
    if (isMissing() && !told.has("missing")) ask("missing");
    else void store(isEnd);
  });

  return {
    at(place, end) {
      isEnd = end;
      // Whoever goes a step back has not begun anew.
      if (place === 0) isNoted = isDone = false;
      save.disabled = isDone;
      rail.toggleAttribute("data-end", end);
      marking.at(place);
    },
    async leave() {
      const isMarked = marking.marks().some(({ how }) => how);
      if (isMissing() && !told.has("missing")) return ask("missing");
      if (!isMarked && isEnd && !isDone && !told.has("undone")) return ask("undone");
      if (isMarked && !(await store(isEnd)) && !told.has("lost")) return ask("lost");
      sessionStorage.removeItem(MARKS);
      return true;
    },
  };

  /** Whether some steps are marked and others not: those would count as not done alone. */
  function isMissing() {
    const said = marking.marks();
    const { left } = summary(said);
    return left > 0 && left < said.length;
  }

  /** Tell once what is still open, and stay. @param {string} which */
  function ask(which) {
    told.add(which);
    show(true);
    showAll(which === "missing");
    rail.toggleAttribute("data-end", true);
    tell(which);
    return false;
  }

  /** @param {boolean} isShown */
  function show(isShown) {
    rail.hidden = !isShown;
    open.hidden = isShown;
    keep();
  }

  /** @param {boolean} isWhole  Whether every step is looked over, and not only the one being marked. */
  function showAll(isWhole) {
    rail.toggleAttribute("data-whole", isWhole);
    all?.setAttribute("aria-expanded", String(isWhole));
  }

  /**
   * @param {boolean} isWhole  Whether the intervention was carried out to its end.
   * @returns {Promise<boolean>}  Whether all of it lies on the tablet's disk.
   */
  async function store(isWhole) {
    save.disabled = true;
    tell("");
    const said = marking.marks();
    let isKept = !said.some(({ how }) => how) || (await postMarks(said, marking.count()));
    if (isKept) marking.clear();
    if (isKept && isWhole) isDone = isKept = await postDone();
    // What is noted is noted once: it takes a new mark, or a new round, to note more.
    save.disabled = isNoted = isKept;
    keep();
    tell(isKept ? "kept" : "lost");
    if (isKept) showAll(false);
    if (isKept) told.clear();
    return isKept;
  }

  /** @param {string} which */
  function tell(which) {
    /** @type {NodeListOf<HTMLElement>} */
    const lines = rail.querySelectorAll("[data-told]");
    for (const each of lines) each.hidden = each.dataset.told !== which;
  }

  function keep() {
    const value = {
      instruction,
      login,
      isShown: !rail.hidden,
      isNoted,
      isDone,
      marks: marking.marks(),
    };
    sessionStorage.setItem(MARKS, JSON.stringify(value));
  }

  /** Only for whoever marked them: a colleague who unlocks the tablet meanwhile begins anew. */
  function putBack() {
    const kept = JSON.parse(sessionStorage.getItem(MARKS) ?? "{}");
    if (kept.instruction !== instruction || kept.login !== login) return;
    marking.putBack(kept.marks ?? [], Boolean(kept.isNoted));
    [isNoted, isDone] = [Boolean(kept.isNoted), Boolean(kept.isDone)];
    save.disabled = isDone;
    if (kept.isShown) show(true);
  }
}
