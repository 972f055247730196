/**
 * Sends a form with its file from where it stands: how far it is can be seen, and whatever happens,
 * what was chosen is still in the form. What the form tells is in its [data-sending].
 *
 * @typedef {{ how: "stored" | "refused" | "away" | "noNet", address: string, why: string }} Sent
 *   Stored: the server has it, and the page at the address shows it. Refused: why, where the server
 *   gave a reason. Away: somebody was logged out.
 */

/** Milliseconds in which nothing moves, and the network is none; and in which a server has answered. */
const PATIENCE = 30_000;
const PATIENCE_ANSWER = 120_000;

/** How many are on their way or wait: the page is read anew only when none is lost by it. */
let pending = 0;

/** @type {Promise<void>} */
let line = Promise.resolve();

export function startSending() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    const status = form.querySelector("[data-sending]");
    if (!(status instanceof HTMLElement)) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    pending += 1;
    const done = () => {
      pending -= 1;
      form.ariaBusy = null;
    };
    line = line.then(() => deliver(form, status)).then(done, done);
  });
}

/** @param {HTMLFormElement} form @param {HTMLElement} status */
async function deliver(form, status) {
  // A minute of film is not sent to be told that a question was forgotten.
  if (!form.checkValidity()) return tell(status, status.dataset.unanswered ?? "");
  status.classList.remove("field-error");
  const { how, address, why } = await send(form.action, new FormData(form), (percent) => {
    status.textContent = (status.dataset.sending ?? "").replace("{percent}", String(percent));
  });
  if (how === "stored" && pending > 1) {
    status.textContent = "";
    return;
  }
  if (how === "stored") {
    history.replaceState(null, "", address);
    location.reload();
    return;
  }
  tell(status, why || (status.dataset[how] ?? ""));
}

/** @param {HTMLElement} status @param {string} words */
function tell(status, words) {
  status.classList.add("field-error");
  status.textContent = words;
  status.tabIndex = -1;
  status.focus();
}

/**
 * @param {string} action
 * @param {FormData} fields
 * @param {(percent: number) => void} [tell]
 * @returns {Promise<Sent>}
 */
export function send(action, fields, tell) {
  const asked = new XMLHttpRequest();
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const wait = (patience = PATIENCE) => {
    clearTimeout(timer);
    timer = setTimeout(() => asked.abort(), patience);
  };
  return new Promise((done) => {
    asked.upload.addEventListener("progress", ({ loaded, total }) => {
      wait();
      tell?.(Math.round((100 * loaded) / Math.max(1, total)));
    });
    // What has arrived is written anew there, which takes a while.
    asked.upload.addEventListener("load", () => wait(PATIENCE_ANSWER));
    asked.addEventListener("loadend", () => {
      clearTimeout(timer);
      done(meaningOf(asked));
    });
    asked.open("POST", action);
    asked.send(fields);
    wait();
  });
}

/** @param {XMLHttpRequest} asked @returns {Sent} */
function meaningOf(asked) {
  const address = asked.responseURL;
  if (!asked.getResponseHeader("Smaategn-Answer")) return { how: "noNet", address, why: "" };
  // What is stored leads back to this page. Another page is a login or a lock.
  const isHere = address && new URL(address).pathname === location.pathname;
  if (asked.status < 400) return { how: isHere ? "stored" : "away", address, why: "" };
  const isAway = asked.status === 401;
  return { how: isAway ? "away" : "refused", address, why: isAway ? "" : reasonIn(asked) };
}

/** Return what the form, drawn again, or else the page says. @param {XMLHttpRequest} asked */
function reasonIn({ responseText, responseURL }) {
  const drawn = new DOMParser().parseFromString(responseText, "text/html");
  const { pathname } = new URL(responseURL);
  const said = drawn.querySelectorAll(`form[action="${pathname}"] .field-error:not([hidden])`);
  const reasons = said.length ? said : drawn.querySelectorAll("main h1 + p");
  return [...reasons].map((each) => each.textContent?.trim()).join(" ");
}
