/**
 * Reads a sentence aloud with a Danish voice that lies on the tablet. A voice that is fetched would
 * send the words to somebody else; without one of its own the button is not there.
 */

/**
 * @param {HTMLButtonElement} button  Hidden until there is a voice.
 * @param {() => string} sentence     What to say, asked when it is pressed.
 */
export function startHearing(button, sentence) {
  const speech = globalThis.speechSynthesis;
  if (!speech) return;
  const look = () => {
    button.hidden = !danish();
  };
  look();
  speech.addEventListener("voiceschanged", look);
  addEventListener("pagehide", () => speech.cancel());
  button.addEventListener("click", () => {
    const voice = danish();
    if (!voice) return;
    speech.cancel();
    const said = new SpeechSynthesisUtterance(sentence());
    Object.assign(said, { voice, lang: voice.lang, rate: 0.9 });
    speech.speak(said);
  });

  function danish() {
    return speech.getVoices().find(({ lang, localService }) => localService && /^da\b/i.test(lang));
  }
}
