/**
 * The camera in the page, open: what it sees, which way it looks, whether it hears. What it takes
 * comes to no camera roll. Owns #camera.
 *
 * @typedef {ReturnType<typeof openCamera>} Camera
 */

import { part } from "./parts.js";

/** Whether there may be one; whether it is given shows when it is asked for. */
export const hasCamera = () => Boolean(globalThis.navigator?.mediaDevices?.getUserMedia);

/** The way it looks; whoever turns it means it for the next picture too. */
let facing = "environment";

/**
 * @param {string} words  What it is of.
 * @param {{ films: boolean, withSound?: boolean }} how
 */
export function openCamera(words, { films, withSound = false }) {
  const dialog = part(document, "#camera", HTMLDialogElement);
  const sight = part(dialog, "[data-sight]", HTMLVideoElement);
  const shutter = part(dialog, "[data-shoot]", HTMLButtonElement);
  const refused = part(dialog, "[data-no-camera]");
  const other = part(dialog, "[data-other]");
  const sound = part(dialog, "[data-sound]");
  const isHeard = part(sound, "input", HTMLInputElement);
  const title = part(dialog, "[data-words]");
  const using = new AbortController();
  const { signal } = using;
  /** @type {MediaStream | undefined} */
  let stream;
  let asked = 0;

  title.textContent = words || (title.dataset.otherwise ?? "");
  isHeard.checked = withSound;
  shutter.ariaLabel = shutter.dataset[films ? "begin" : "photo"] ?? "";
  const left = new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  void left.then(() => {
    using.abort();
    stop();
    sight.removeAttribute("src");
  });
  for (const each of dialog.querySelectorAll("[data-leave]"))
    each.addEventListener("click", () => dialog.close(), { signal });
  isHeard.addEventListener("change", () => void begin(), { signal });
  const turn = () => {
    facing = facing === "environment" ? "user" : "environment";
    void begin();
  };
  other.addEventListener("click", turn, { signal });
  dialog.returnValue = "";
  dialog.showModal();
  void begin();
  return {
    dialog,
    signal,
    left,
    leave: () => dialog.close(),
    isWithSound: () => isHeard.checked,
    begin,
    look,
    onShoot,
  };

  /** @param {(sight: HTMLVideoElement, stream: MediaStream) => Promise<void>} act */
  function onShoot(act) {
    const shoot = () => stream && void act(sight, stream);
    shutter.addEventListener("click", shoot, { signal });
  }

  function stop() {
    asked += 1;
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    sight.srcObject = null;
    shutter.disabled = true;
  }

  /** Show what the camera sees, anew; or that it is not given. */
  async function begin() {
    stop();
    show(true);
    sight.removeAttribute("src");
    refused.hidden = true;
    const mine = asked;
    const video = { facingMode: facing, width: { ideal: 1920 }, height: { ideal: 1080 } };
    try {
      const given = await navigator.mediaDevices.getUserMedia({
        video,
        audio: films && isHeard.checked,
      });
      // Somebody left, or asked for something else, before it was given.
      if (mine !== asked) {
        for (const track of given.getTracks()) track.stop();
        return;
      }
      stream = given;
      sight.srcObject = given;
      await sight.play();
      const devices = await navigator.mediaDevices.enumerateDevices();
      other.hidden = devices.filter(({ kind }) => kind === "videoinput").length < 2;
      shutter.disabled = false;
      shutter.focus();
    } catch {
      if (mine !== asked) return;
      stop();
      refused.hidden = false;
    }
  }

  /** Show what was filmed instead. @param {string} address */
  function look(address) {
    stop();
    show(false);
    sight.src = address;
  }

  /** @param {boolean} isTaking  Else somebody looks at what was filmed. */
  function show(isTaking) {
    part(dialog, "[data-taking]").hidden = !isTaking;
    part(dialog, "[data-looking]").hidden = isTaking;
    // One's own camera is never heard from its own tablet.
    sight.muted = isTaking;
    sight.controls = !isTaking;
    sound.hidden = !films || !isTaking;
  }
}
