/**
 * Taps on forms: a tap of a shaking finger goes once, a tap on another sign always goes, and a
 * form keeps its id until the server has answered it. Shows on each form how its tap is doing:
 * class "htmx-request" while under way, `data-state="unsent"` when it has to be tapped again.
 */

import { buttonOf, follow, nameOf, verdictOf } from "./exchanges.js";
import { drawIds, renewId } from "./ids.js";
import { busy } from "./quiet.js";
import { COUNTING, QUIET, Sent } from "./sent.js";

/** What may be seen again in a moment. A note, an undoing or a day is the same however often sent. */
const OBSERVED = "[data-outbox='observation.create_for_sign']";

/** And so is what was typed or ticked. */
const TYPED = "input:not([type=hidden]), textarea";

/** Buttons of which many quick taps are meant. */
const COUNTS = ".counter .more";

/** @typedef {import("./outbox/kept.js").Kept} Kept */

const sent = new Sent();

export function startTaps() {
  // Capturing, so that htmx never hears of a tap that is no new one.
  document.addEventListener("submit", refuseRepeated, true);
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    const text = verdictOf(ctx).kind === "stored" ? (ctx.text ?? "") : "";
    for (const [form, id] of sent.forgetNamed(text)) letGo(form, id);
    redraw();
  });
  follow({
    begun({ form, id }) {
      if (!form) return;
      sent.begin(form, id);
      redraw();
    },
    ended({ form, button, id }, { kind, kept }) {
      if (!form) return;
      // What the tablet keeps is sent from there; the next tap on the form is another one.
      const isOver = kind === "stored" || kept;
      if (isOver || kind === "refused") sent.answer(form, button, id, performance.now());
      else sent.fail(form, id);
      letGo(form, isOver ? id : "");
      redraw();
    },
  });
  addEventListener("outbox:kept", (event) => {
    const { form, button, id } = /** @type {CustomEvent<Kept>} */ (event).detail;
    const name = nameOf(form);
    const wasLost = sent.keep(name, id);
    if (form.matches(OBSERVED) && !form.querySelector(TYPED)) {
      const quiet = button?.matches(COUNTS) ? COUNTING : QUIET;
      sent.free(name, buttonOf(form, button), performance.now() + quiet);
    } else if (!wasLost) return;
    if (wasLost) letGo(name, id);
    else renewId(form, id);
    redraw();
  });
  addEventListener("outbox:lost", (event) => {
    const { form, id } = /** @type {CustomEvent<Kept>} */ (event).detail;
    sent.fail(nameOf(form), id);
    redraw();
  });
  // What the tablet could not keep, or has not kept yet, would be lost without a word.
  addEventListener("beforeunload", (event) => {
    if (sent.isWaiting || busy.writing) event.preventDefault();
  });
  // Some browsers put back what a field held before a reload, after this module has started.
  addEventListener("pageshow", redraw);
  redraw();
}

/** @param {SubmitEvent} event */
function refuseRepeated(event) {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement)) return;
  if (sent.mayGo(nameOf(form), buttonOf(form, submitter), performance.now())) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Draw ids where forms are new, and put back on each form what a swap has wiped off it. */
function redraw() {
  drawIds(document, (form) => sent.idOf(nameOf(form)));
  for (const form of document.forms) {
    const state = sent.tapOf(nameOf(form))?.state;
    if (state === "sending") form.classList.add("htmx-request");
    if (state === "unsent") form.dataset.state = state;
    else delete form.dataset.state;
  }
}

/**
 * Let a form be tapped anew, also when its answer was not shown because a newer one was.
 *
 * @param {string} name
 * @param {string} spent  The id that is stored now; empty when none is.
 */
function letGo(name, spent) {
  for (const form of document.forms) {
    if (nameOf(form) !== name) continue;
    form.classList.remove("htmx-request");
    if (spent) renewId(form, spent);
  }
}
