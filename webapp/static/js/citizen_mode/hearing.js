/**
 * Lets a sentence be heard: as somebody from the house said it, else by a Danish voice that lies on the
 * tablet. A voice that is fetched would send the words to somebody else; where there is neither, the
 * button is not there. Once it was touched, the sentences after are heard by themselves, now and the
 * next time, until it is touched while something is heard.
 */

/** Under which the tablet keeps which instructions are heard. */
const HEARD = "instructions-heard";

const { instruction = "" } = document.body.dataset;

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
  let isOn = heard().includes(instruction);
  const look = () => {
    button.hidden = !said.has(shown) && !(danish() && sentence());
    button.setAttribute("aria-pressed", String(isOn));
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
    isOn = !isOn || !sounds();
    const others = heard().filter((each) => each !== instruction);
    localStorage.setItem(HEARD, JSON.stringify(isOn ? [...others, instruction] : others));
    look();
    hush();
    if (isOn) say();
  });
  const loaded = Promise.all(steps.map(fetchVoice));
  return {
    show(step) {
      hush();
      shown = step;
      look();
      if (isOn) say();
    },
    loaded,
  };

  function say() {
    const recording = said.get(shown);
    if (!recording && !danish()) return;
    dispatchEvent(new Event("voice-sounds"));
    if (!recording) return speak();
    recording.currentTime = 0;
    // One that cannot be played is said by the tablet; not one that was hushed before it began.
    recording.play().catch(({ name }) => name === "NotSupportedError" && speak());
  }

  function sounds() {
    const recording = said.get(shown);
    return Boolean(speech?.speaking || (recording && !recording.paused));
  }

  /** Fetched whole, so that it is heard when the tablet is locked. @param {HTMLElement} step */
  async function fetchVoice(step) {
    if (!step.dataset.voice) return;
    try {
      const answer = await fetch(step.dataset.voice);
      if (!answer.ok) return;
      said.set(step, new Audio(URL.createObjectURL(await answer.blob())));
      look();
      // The sentence that is read just now came before its voice.
      if (isOn && step === shown && !sounds()) say();
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

/** @returns {string[]} */
function heard() {
  try {
    return JSON.parse(localStorage.getItem(HEARD) ?? "[]");
  } catch {
    return [];
  }
}
