/**
 * How much waits, in the header and on the app's icon, and the drawer *Udbakke* behind it: each of
 * one's own entries, how many are a colleague's, what was delivered, one more try, and a file as the
 * last way out. Nothing here throws anything away. Owns #outbox and #outbox-count.
 *
 * @typedef {import("./kept.js").Entry} Entry
 * @typedef {import("./kept.js").Receipt} Receipt
 * @typedef {import("./kept.js").Picture} Picture
 */

import { clock } from "../clock.js";
import { isPersisted } from "../tablets.js";
import { onTheWay, waitingFor } from "./waiting.js";

/**
 * @param {{ tryAgain: () => unknown, handOut: () => unknown }} outbox
 */
export function startStatus({ tryAgain, handOut }) {
  const drawer = drawerOf();
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("[data-open-outbox]")) {
      document.getElementById("menu")?.hidePopover();
      drawer?.showModal();
      void isPersisted().then((told) =>
        drawer?.querySelector("[data-fleeting]")?.toggleAttribute("hidden", told !== false),
      );
    }
    if (target.closest("[data-try-again]")) tryAgain();
    if (target.closest("[data-export]")) handOut();
  });
}

/**
 * @param {Entry[]} entries
 * @param {Receipt[]} receipts
 * @param {Picture[]} pictures  Each that waits counts for one, like its words.
 * @param {{ session: string, staff: string }} reader  Who looks; empty for nobody.
 */
export function drawStatus(entries, receipts, pictures, { session, staff }) {
  const waiting = waitingFor(pictures);
  const left = [...entries, ...pictures.filter(({ entry }) => entry)];
  const { length } = left;
  const count = document.getElementById("outbox-count");
  if (count) {
    count.hidden = length === 0;
    const number = count.querySelector("[data-count]");
    if (number) number.textContent = String(length);
  }
  // Only an installed app has an icon to write on.
  void (length ? navigator.setAppBadge?.(length) : navigator.clearAppBadge?.())?.catch(
    () => undefined,
  );
  const drawer = drawerOf();
  if (!drawer) return;
  const isOwn = (/** @type {Entry | Receipt} */ each) => each.own?.session === session;
  const own = entries.filter(isOwn);
  const sent = receipts.filter(isOwn);
  // Words that are there already, and wait for their pictures.
  const halves = sent.filter(({ id }) => waiting.has(id));
  const readable = new Set([...own, ...halves].map(({ id }) => id));
  // One's own of an earlier session can be counted, but no longer be read.
  const unread = left.filter((each) => !readable.has("entry" in each ? each.entry : each.id));
  const earlier = unread.filter((each) => each.staff === staff);
  const others = unread.length - earlier.length;
  const pictured = (/** @type {string} */ id, /** @type {boolean} */ isSent) =>
    onTheWay(waiting.get(id) ?? [], isSent);
  list(drawer, "waiting", [
    ...halves.map((each) => item(each, each.made, [pictured(each.id, true)])),
    ...own.map((each) => item(each, each.made, [whyOf(drawer, each), pictured(each.id, false)])),
  ]);
  const delivered = sent.filter((each) => !halves.includes(each));
  delivered.sort((one, other) => (one.delivered < other.delivered ? 1 : -1));
  list(
    drawer,
    "delivered",
    delivered.slice(0, 20).map((each) => item(each, each.delivered, [])),
  );
  tellCount(drawer, "earlier", earlier.length);
  tellCount(drawer, "others", others);
  for (const part of drawer.querySelectorAll("[data-if-waiting]"))
    part.toggleAttribute("hidden", !length);
  for (const part of drawer.querySelectorAll("[data-if-none]"))
    part.toggleAttribute("hidden", Boolean(length));
}

/** @returns {HTMLDialogElement | null} */
const drawerOf = () => /** @type {HTMLDialogElement | null} */ (document.getElementById("outbox"));

/** @param {Element} drawer @param {Entry} entry */
function whyOf(drawer, { state, why }) {
  const words = drawer.querySelector("#outbox-why");
  if (!(words instanceof HTMLTemplateElement)) return "";
  const known = words.content.querySelector(`[data-why="${CSS.escape(why)}"]`);
  const said =
    known ??
    words.content.querySelector(`[data-why="${state === "quarantined" ? "refused" : ""}"]`);
  return (said?.textContent ?? "").replace("{code}", why);
}

/** @param {Entry | Receipt} entry @param {string} at @param {string[]} why */
function item({ own }, at, why) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("outbox-item"));
  const line = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const said = [own?.said, own?.note].filter(Boolean).join(": ");
  const words = {
    what: own?.what ?? "",
    said,
    at: clock(at),
    why: why.map((each) => each && `· ${each}`).join(" "),
  };
  for (const [name, text] of Object.entries(words)) {
    const place = line.querySelector(`[data-fill="${name}"]`);
    if (place) place.textContent = text;
  }
  return line;
}

/** @param {Element} drawer @param {string} name @param {DocumentFragment[]} lines */
function list(drawer, name, lines) {
  const place = drawer.querySelector(`[data-${name}]`);
  place?.replaceChildren(...lines);
  place?.closest("section")?.toggleAttribute("hidden", lines.length === 0);
}

/** @param {Element} drawer @param {string} name @param {number} count */
function tellCount(drawer, name, count) {
  const place = drawer.querySelector(`[data-${name}]`);
  if (!(place instanceof HTMLElement)) return;
  place.hidden = count === 0;
  place.textContent = ((count === 1 ? place.dataset.one : place.dataset.many) ?? "").replace(
    "{count}",
    String(count),
  );
}
