/**
 * Shows on the page what lies in the outbox: each form whose tap is kept says so, and a row below it
 * tells what, when and whether it has been sent. Owns the attribute data-kept and the rows
 * [data-kept-row]; the words are in templates/outbox/_kept.html.
 *
 * @typedef {import("./kept.js").Entry} Entry
 * @typedef {import("./kept.js").Picture} Picture
 * @typedef {import("./kept.js").Receipt} Receipt
 */

import { clock } from "../clock.js";
import { drawIds } from "../ids.js";
import { isPosting } from "./forms.js";
import { drawn } from "./pictures.js";
import { onTheWay } from "./waiting.js";

/** What this page has shown as waiting, and whether it was delivered since. @type {Map<string, boolean>} */
const shown = new Map();

/**
 * @param {Entry[]} entries
 * @param {Receipt[]} receipts
 * @param {Map<string, Picture[]>} pictures  Those of each entry that wait.
 * @param {string} session
 * @returns {string[]}  The cards on which something has just been delivered, with its pictures.
 */
export function drawPending(entries, receipts, pictures, session) {
  // What the page is sending itself is told on its button; mostly it is stored in a moment.
  const own = entries.filter(isOwn);
  const waiting = own.filter((entry) => !isPosting(entry));
  for (const { id } of waiting) shown.set(id, shown.get(id) ?? false);
  // A page shown as it was kept knows nothing of what was delivered since.
  const since = document.body.dataset.shownFrom;
  for (const { id, delivered } of since ? receipts : [])
    if (Date.parse(delivered) >= Date.parse(String(since)) && !shown.has(id)) shown.set(id, true);
  const sent = receipts.filter((each) => isOwn(each) && shown.has(each.id));
  const fresh = sent.filter(({ id }) => !shown.get(id) && !pictures.get(id));
  for (const { id } of fresh) shown.set(id, true);
  const all = [...waiting, ...sent];
  const undone = new Set(all.map(({ own }) => isWithdrawal(own?.kind) && own?.target));
  const places = new Set();
  const rows = all
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap((each) => (isWithdrawal(each.own?.kind) ? [] : (rowOf(each, undone, pictures) ?? [])));
  for (const { id, own: mine } of own) if (!isOnPage(id)) places.add(mine?.place);
  for (const form of document.forms) {
    const place = form.getAttribute("id");
    if (form.dataset.outbox) form.toggleAttribute("data-kept", places.has(place));
  }
  show(rows);
  const cards = fresh.map(({ own }) => document.getElementById(own?.place ?? "")?.closest(".goal"));
  return [...new Set(cards.flatMap((card) => card?.id ?? []))];

  /** @param {Entry | Receipt} each */
  function isOwn({ own }) {
    return own?.session === session;
  }
}

/** @param {string | undefined} kind */
const isWithdrawal = (kind = "") => kind.endsWith(".withdraw");

/** Tell whether the server has drawn it: then its answer was lost, not the tap. @param {string} id */
function isOnPage(id) {
  const drawn = document.querySelectorAll(
    `main [action*="${CSS.escape(id)}"], #entry-${CSS.escape(id)}`,
  );
  return [...drawn].some((each) => !each.closest("[data-kept-row]"));
}

/**
 * @param {Entry | Receipt} entry
 * @param {Set<string | false | undefined>} undone
 * @param {Map<string, Picture[]>} pictures
 * @returns {{ key: string, row: HTMLElement, form: Element } | undefined}
 */
function rowOf({ id, made, own, ...rest }, undone, pictures) {
  const form = own && document.getElementById(own.place);
  const template = document.getElementById("kept-entry");
  if (!form || !(template instanceof HTMLTemplateElement) || isOnPage(id)) return undefined;
  const row = template.content.firstElementChild?.cloneNode(true);
  if (!(row instanceof HTMLElement)) return undefined;
  const delivered = "delivered" in rest ? rest.delivered : "";
  const isUndone = undone.has(id);
  const state = isUndone ? "undone" : delivered ? "sent" : "kept";
  Object.assign(row.dataset, { keptRow: id, state });
  fill(row, "said", own.said);
  fill(row, "made", clock(made));
  fill(row, "delivered", delivered && clock(delivered));
  fill(row, "note", own.note);
  fill(row, "pictures", onTheWay(pictures.get(id) ?? [], Boolean(delivered)));
  row.querySelector("[data-thumbs]")?.append(...(own.thumbs ?? []).map(drawn));
  const isDone = own.kind === "intervention.carry_out";
  const canCorrect = !isUndone && own.kind.startsWith("observation.create");
  for (const fold of row.querySelectorAll("details")) fold.hidden = !canCorrect;
  for (const change of row.querySelectorAll("form")) {
    const { outbox = "" } = change.dataset;
    if (isWithdrawal(outbox)) change.hidden = isUndone || !(canCorrect || isDone);
    if (isDone) change.dataset.outbox = "intervention.withdraw";
    Object.assign(change.dataset, { target: id, what: own.what, place: own.place });
    change.setAttribute("id", `${outbox}-${id}`);
  }
  return { key: `${id} ${row.dataset.state}`, row, form };
}

/** The rows as they were drawn last, by what they say. @type {Map<string, HTMLElement>} */
const before = new Map();

/** @param {{ key: string, row: HTMLElement, form: Element }[]} rows */
function show(rows) {
  for (const { key, row, form } of rows) {
    // A row that says the same stays, also when the server's card has come in its place: somebody
    // may be writing a note in it.
    const same = before.get(key) ?? row;
    if (same === row) takeOver(row);
    before.delete(key);
    fill(same, "pictures", row.querySelector("[data-fill=pictures]")?.textContent ?? "");
    if (same.isConnected) continue;
    const block = form.closest(".sign-block, .intervention");
    if (block) block.append(same);
    else (form.closest(".two") ?? form).after(same);
    drawIds(same);
  }
  for (const row of before.values()) row.remove();
  before.clear();
  /** @type {NodeListOf<HTMLElement>} */
  const drawn = document.querySelectorAll("[data-kept-row]");
  for (const row of drawn) before.set(`${row.dataset.keptRow} ${row.dataset.state}`, row);
}

/** Go on with what somebody writes in a row that says something new. @param {HTMLElement} row */
function takeOver(row) {
  const own = [...before.values()].find(({ dataset }) => dataset.keptRow === row.dataset.keptRow);
  const older = own?.querySelectorAll("details, textarea") ?? [];
  for (const [place, each] of row.querySelectorAll("details, textarea").entries()) {
    const { open, value } = /** @type {any} */ (older[place] ?? each);
    Object.assign(each, { open, value });
  }
}

/** @param {HTMLElement} row @param {string} name @param {string} words */
function fill(row, name, words) {
  const place = row.querySelector(`[data-fill="${name}"]`);
  if (!place) return;
  place.textContent = words;
  place.toggleAttribute("hidden", !words);
}
