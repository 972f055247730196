/**
 * Clips of steps: each is fetched whole and played from the tablet, over and over and without sound,
 * while its step is shown; so it goes on when the tablet is locked. A tap on one that has sound plays
 * it once with it; a tap on another lets it and those after stand still, until one is set going again.
 * Whoever asked for less movement sees the poster and a large button instead. Owns every [data-clip].
 */

/** Milliseconds all clips together may take before the tablet is locked without them. */
const PATIENCE = 60_000;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether somebody stopped one. */
let isStopped = false;

/**
 * @typedef {{ place: HTMLElement, video: HTMLVideoElement, poster: HTMLElement, button: HTMLElement }} Clip
 */

/**
 * @param {HTMLElement[]} steps
 * @returns {{ show: (step: HTMLElement | undefined) => void, loaded: Promise<unknown> }}  What to call
 *   when another step is shown, and what is over when all clips are here or will not come.
 */
export function startClips(steps) {
  const clips = steps.map(clipOf);
  /** @type {Clip | undefined} */
  let shown;
  const show = (/** @type {HTMLElement | undefined} */ step) => {
    const next = clips.find((each) => each && step?.contains(each.place));
    if (shown && shown !== next) rest(shown);
    shown = next;
    if (shown) begin(shown);
  };
  for (const clip of clips)
    clip?.place.addEventListener("click", () => touch(clip, () => shown === clip));
  addEventListener("pagehide", () => shown && rest(shown));
  addEventListener("voice-sounds", () => {
    if (shown && !shown.video.muted) begin(shown);
  });
  addEventListener("pageshow", () => shown && begin(shown));
  const all = fetchAll(clips, () => shown);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return { show, loaded: Promise.race([all, late]) };
}

/**
 * @param {HTMLElement} step
 * @returns {Clip | undefined}
 */
function clipOf(step) {
  const place = /** @type {HTMLElement | null} */ (step.querySelector("[data-clip]"));
  if (!place) return undefined;
  const [video, poster, button] = ["video", "img", "[data-play]"].map((each) =>
    place.querySelector(each),
  );
  return /** @type {Clip} */ ({ place, video, poster, button });
}

/**
 * One after the other, the one that is looked at first.
 *
 * @param {(Clip | undefined)[]} clips
 * @param {() => Clip | undefined} shown
 */
async function fetchAll(clips, shown) {
  // Only now does whoever asked for them say which step is shown.
  await Promise.resolve();
  const first = shown();
  for (const clip of [first, ...clips.filter((each) => each !== first)]) {
    if (!clip) continue;
    try {
      const answer = await fetch(String(clip.place.dataset.clip));
      if (!answer.ok) continue;
      clip.video.src = URL.createObjectURL(await answer.blob());
    } catch {
      // The poster stays.
      continue;
    }
    if (shown() === clip) begin(clip);
  }
}

/** @param {Clip} clip @param {() => boolean} isShown */
function touch(clip, isShown) {
  if (calm.matches || "hasSound" in clip.place.dataset) return void playOnce(clip, isShown);
  isStopped = !isStopped && !clip.video.paused;
  rest(clip);
  begin(clip);
}

/** Play a clip over and over, without sound. @param {Clip} clip */
function begin(clip) {
  const { video, button, place } = clip;
  if (!video.src) return;
  video.muted = video.loop = true;
  const isStill = calm.matches || (isStopped && !("hasSound" in place.dataset));
  button.hidden = !isStill && !("hasSound" in place.dataset);
  place.classList.toggle("still", isStill);
  if (isStill) return;
  video.play().then(
    () => showVideo(clip, true),
    // A tablet that saves power plays nothing by itself.
    () => {
      if (video.paused) button.hidden = !place.classList.toggle("still", true);
    },
  );
}

/** @param {Clip} clip @param {() => boolean} isShown */
async function playOnce(clip, isShown) {
  const { video, place } = clip;
  place.classList.remove("still");
  showVideo(clip, true);
  video.loop = false;
  video.muted = !("hasSound" in place.dataset);
  if (!video.muted) dispatchEvent(new Event("clip-sounds"));
  video.currentTime = 0;
  const over = () => {
    rest(clip);
    if (isShown()) begin(clip);
  };
  video.addEventListener("ended", over, { once: true });
  await video.play().catch(() => rest(clip));
}

/** @param {Clip} clip */
function rest(clip) {
  clip.video.pause();
  clip.video.muted = true;
  showVideo(clip, false);
}

/** @param {Clip} clip @param {boolean} isShown */
function showVideo({ video, poster }, isShown) {
  video.hidden = !isShown;
  poster.hidden = isShown;
}
