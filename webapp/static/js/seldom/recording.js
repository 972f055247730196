/**
 * Records a step's sentence with the tablet's microphone and sends it by its form, as if it had been
 * chosen as a file. Owns every form[data-record].
 */

/** Milliseconds after which it stops by itself; see LONGEST_VOICE. */
const LONGEST = 60_000;

/** What browsers can write, the first that this one can. */
const KINDS = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/ogg;codecs=opus", ""];

export function startRecording() {
  if (!globalThis.MediaRecorder || !navigator.mediaDevices) return;
  document.addEventListener("click", ({ target }) => {
    const begin = target instanceof Element ? target.closest("[data-begin]") : null;
    const form = begin?.closest("form[data-record]");
    if (form instanceof HTMLFormElement) void record(form);
  });
  document.addEventListener("step-drawn", offer);
  offer();
}

function offer() {
  /** @type {NodeListOf<HTMLElement>} */
  const ways = document.querySelectorAll("form[data-record]:not([data-recording]) [data-begin]");
  for (const begin of ways) begin.hidden = false;
}

/** @param {HTMLFormElement} form */
async function record(form) {
  const [begin, end, refused] = ["[data-begin]", "[data-end]", "[data-no-microphone]"].map((each) =>
    part(form, each),
  );
  // One microphone hears one sentence.
  if (!begin || !end || !refused || document.querySelector("[data-recording]")) return;
  form.dataset.recording = "";
  refused.hidden = true;
  begin.hidden = true;
  /** @type {MediaStream} */
  let heard;
  try {
    heard = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    refused.hidden = begin.hidden = false;
    delete form.dataset.recording;
    return;
  }
  const mimeType = KINDS.find((each) => !each || MediaRecorder.isTypeSupported(each));
  const recorder = new MediaRecorder(heard, mimeType ? { mimeType } : {});
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const over = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  const stop = () => recorder.state === "recording" && recorder.stop();
  end.hidden = false;
  end.focus();
  end.addEventListener("click", stop, { once: true });
  const begunAt = Date.now();
  const ticking = setInterval(() => {
    const seconds = Math.floor((Date.now() - begunAt) / 1000);
    part(end, "[data-seconds]").textContent = String(seconds);
    if (seconds * 1000 >= LONGEST) stop();
  }, 250);
  recorder.start();
  await over;
  clearInterval(ticking);
  // The tablet shows that it listens until this.
  for (const track of heard.getTracks()) track.stop();
  end.hidden = true;
  begin.hidden = false;
  delete form.dataset.recording;
  const chosen = new DataTransfer();
  chosen.items.add(new File(parts, "trin", { type: recorder.mimeType }));
  const field = /** @type {HTMLInputElement} */ (part(form, "input[type=file]"));
  field.files = chosen.files;
  form.requestSubmit();
}

/** @param {Element} whole @param {string} selector */
const part = (whole, selector) => /** @type {HTMLElement} */ (whole.querySelector(selector));
