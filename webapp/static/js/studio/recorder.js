/** Records what the camera sees until somebody stops it or the time is up, which a ring shows. */

import { part } from "./parts.js";

/** What browsers can write, the first that this one can. */
const KINDS = [
  "video/mp4;codecs=avc1.42E01E,mp4a.40.2",
  "video/mp4",
  "video/webm;codecs=vp9,opus",
  "video/webm",
  "",
];

/** Of 720p that moves as hands do; a minute weighs twenty megabytes. */
const BITS_A_SECOND = 2_500_000;

/** Milliseconds before the limit: a recorder stops a little after it is told. */
const SPARE = 500;

/**
 * @param {HTMLElement} camera
 * @param {MediaStream} stream
 * @param {AbortSignal} signal  When somebody leaves.
 * @param {number} most  Seconds; else as many as the shutter says.
 * @returns {Promise<Blob | undefined>}  Nothing when somebody left, or nothing was filmed.
 */
export async function record(camera, stream, signal, most) {
  const shutter = part(camera, "[data-shoot]", HTMLButtonElement);
  // A second click is the end of this one, not the beginning of another.
  if (shutter.dataset.recording !== undefined) return undefined;
  const mimeType = KINDS.find((each) => !each || MediaRecorder.isTypeSupported(each));
  const how = { videoBitsPerSecond: BITS_A_SECOND, ...(mimeType ? { mimeType } : {}) };
  const recorder = new MediaRecorder(stream, how);
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const over = new Promise((done) => recorder.addEventListener("stop", done));
  const stop = () => recorder.state === "recording" && recorder.stop();
  const stopWhenHidden = () => document.hidden && stop();

  const limit = Math.min(Number(shutter.dataset.limit), most) * 1000 - SPARE;
  const ring = part(shutter, ".shutter-time", SVGCircleElement).animate(
    [{ strokeDashoffset: 100 }, { strokeDashoffset: 0 }],
    { duration: limit, fill: "forwards" },
  );
  const sound = part(camera, "[data-sound]");
  const other = part(camera, "[data-other]");
  const couldTurn = !other.hidden;
  sound.hidden = other.hidden = true;
  shutter.dataset.recording = "";
  shutter.ariaLabel = shutter.dataset.end ?? "";
  shutter.addEventListener("click", stop, { signal });
  document.addEventListener("visibilitychange", stopWhenHidden, { signal });
  signal.addEventListener("abort", stop);
  const timer = setTimeout(stop, limit);
  recorder.start();
  await over;
  clearTimeout(timer);
  ring.cancel();
  shutter.removeEventListener("click", stop);
  document.removeEventListener("visibilitychange", stopWhenHidden);
  delete shutter.dataset.recording;
  shutter.ariaLabel = shutter.dataset.begin ?? "";
  other.hidden = !couldTurn;
  const film = new Blob(parts, { type: recorder.mimeType });
  // Whoever stopped at once has filmed nothing, and is still at the camera.
  return signal.aborted || film.size === 0 ? undefined : film;
}
