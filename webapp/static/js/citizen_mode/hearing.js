/**
 * Lets a sentence be heard: as somebody from the house said it, else by a Danish voice that lies on the
 * tablet. A voice that is fetched would send the words to somebody else; where there is neither, the
 * button is not there.
 */

/**
 * @param {HTMLButtonElement} button  Hidden until there is something to hear.
 * @param {HTMLElement[]} steps
 * @returns {{ show: (step: HTMLElement | undefined) => void, loaded: Promise<unknown> }}  What to call
 *   when another step is shown, and what is over when all recordings are here or will not come.
 */
export function startHearing(button, steps) {
  const speech = globalThis.speechSynthesis;
  /** What somebody said, by step. @type {Map<HTMLElement | undefined, HTMLAudioElement>} */
  const said = new Map();
  /** @type {HTMLElement | undefined} */
  let shown;
  const look = () => {
    button.hidden = !said.has(shown) && !(danish() && sentence());
  };
  const hush = () => {
    speech?.cancel();
    said.get(shown)?.pause();
  };
  speech?.addEventListener("voiceschanged", look);
  addEventListener("pagehide", hush);
  // One voice at a time.
  addEventListener("clip-sounds", hush);
  button.addEventListener("click", () => {
    hush();
    dispatchEvent(new Event("voice-sounds"));
    const recording = said.get(shown);
    if (!recording) return speak();
    recording.currentTime = 0;
    // One that cannot be played is said by the tablet.
    recording.play().catch(speak);
  });
  const loaded = Promise.all(steps.map(fetchVoice));
  return {
    show(step) {
      hush();
      shown = step;
      look();
    },
    loaded,
  };

  /** Fetched whole, so that it is heard when the tablet is locked. @param {HTMLElement} step */
  async function fetchVoice(step) {
    if (!step.dataset.voice) return;
    try {
      const answer = await fetch(step.dataset.voice);
      if (!answer.ok) return;
      said.set(step, new Audio(URL.createObjectURL(await answer.blob())));
      look();
    } catch {
      // The tablet's own voice is left.
    }
  }

  function speak() {
    const voice = danish();
    if (!voice) return;
    const words = new SpeechSynthesisUtterance(sentence());
    Object.assign(words, { voice, lang: voice.lang, rate: 0.9 });
    speech.speak(words);
  }

  function sentence() {
    return shown?.querySelector("[data-say]")?.textContent?.trim() ?? "";
  }

  function danish() {
    return speech
      ?.getVoices()
      .find(({ lang, localService }) => localService && /^da\b/i.test(lang));
  }
}
