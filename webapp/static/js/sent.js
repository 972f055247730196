/**
 * What this page has sent and the server has not confirmed: at most one tap for each form.
 * Decides whether a second tap may go, and which id a form must keep. No DOM, no htmx, no clock.
 *
 * @typedef {object} Tap
 * @property {string} id                    The drawn id that was sent; empty when the form has none.
 * @property {"sending" | "unsent"} state   Under way, or gone wrong and perhaps stored all the same.
 * @property {boolean} [isKept]             It lies on the tablet's disk.
 * @property {boolean} [isFree]             Its form may be tapped anew although no answer has come.
 */

/** Milliseconds after it was seen to work in which the same button is the same, shaking tap. */
export const QUIET = 700;

/** The same where things are counted: nobody means to count more than four in a second. */
export const COUNTING = 250;

export class Sent {
  /** @type {Map<string, Tap>} */
  #taps = new Map();

  /** @type {Map<string, number>} */
  #quietUntil = new Map();

  /**
   * Tell whether a tap is a new one. Only the form's own history counts, never another form's.
   *
   * @param {string} form    The form's name, see `nameOf` in exchanges.js.
   * @param {string} button  The button's name, see `buttonOf` there.
   * @param {number} now     Milliseconds on a clock that never goes back.
   */
  mayGo(form, button, now) {
    const tap = this.#taps.get(form);
    if (tap?.state === "sending" && !tap.isFree) return false;
    return now >= (this.#quietUntil.get(button) ?? 0);
  }

  /**
   * Note that a form's tap is under way.
   *
   * @param {string} form
   * @param {string} id
   */
  begin(form, id) {
    this.#taps.set(form, { id, state: "sending" });
  }

  /**
   * Note that the server has answered, whether it stored or refused.
   *
   * @param {string} form
   * @param {string} button
   * @param {string} id
   * @param {number} now
   */
  answer(form, button, id, now) {
    const tap = this.#taps.get(form);
    if (tap?.id !== id) return;
    // A form without an id stores nothing of its own, so its two quick taps may both be meant.
    if (id && !tap.isFree) this.#quietUntil.set(button, now + QUIET);
    this.#taps.delete(form);
  }

  /**
   * Note that a tap is neither stored nor kept. The next tap on the form must send the same id.
   *
   * @param {string} form
   * @param {string} id
   */
  fail(form, id) {
    const tap = this.#taps.get(form);
    // One before it that the tablet keeps needs nobody any more.
    if (!tap || tap.id === id || tap.isFree) this.#taps.set(form, { id, state: "unsent" });
  }

  /**
   * Forget each unsent tap whose id the server names: it was stored, only its answer was lost.
   *
   * @param {string} text   What the server answered to something else.
   * @returns {[form: string, id: string][]}  What was forgotten.
   */
  forgetNamed(text) {
    /** @type {[string, string][]} */
    const named = [];
    for (const [form, { id, state }] of this.#taps) {
      if (state === "unsent" && id && text.includes(id)) named.push([form, id]);
    }
    for (const [form] of named) this.#taps.delete(form);
    return named;
  }

  /**
   * Note that a tap lies on the tablet's disk, so that leaving the page does not lose it.
   *
   * @param {string} form
   * @param {string} id
   * @returns {boolean}  Whether it was taken for lost: the disk was slow, and the tap is over now.
   */
  keep(form, id) {
    const tap = this.#taps.get(form);
    if (!tap || (tap.id && tap.id !== id)) return false;
    tap.isKept = true;
    if (tap.state !== "unsent") return false;
    this.#taps.delete(form);
    return true;
  }

  /**
   * Note that a kept tap is over for whoever tapped: a server that takes its time must not make
   * the next tap wait, and lose it.
   *
   * @param {string} form
   * @param {string} button
   * @param {number} quietUntil  When the same button counts again, on the clock of `mayGo`.
   */
  free(form, button, quietUntil) {
    const tap = this.#taps.get(form);
    if (tap) tap.isFree = true;
    this.#quietUntil.set(button, quietUntil);
  }

  /** Return the id a form must go on sending. @param {string} form @returns {string | undefined} */
  idOf(form) {
    const tap = this.#taps.get(form);
    return tap?.isFree ? undefined : tap?.id;
  }

  /** Tell whether something tapped here would be lost if the page were left now. */
  get isWaiting() {
    return [...this.#taps.values()].some(({ id, isKept }) => id && !isKept);
  }

  /** @param {string} form @returns {Tap | undefined} */
  tapOf(form) {
    return this.#taps.get(form);
  }
}
