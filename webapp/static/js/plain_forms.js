/**
 * Keeps a page that would be lost: without network, the browser puts its own error page in the place
 * of a form that was sent, and what was written or chosen is gone. Forms that htmx, the outbox
 * or a script with a place to tell of it sends have their own way.
 */

/** Forms whose way is known to be free. @type {WeakSet<HTMLFormElement>} */
const free = new WeakSet();

export function startPlainForms() {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter, defaultPrevented } = event;
    if (!(form instanceof HTMLFormElement) || defaultPrevented || form.method !== "post") return;
    // The browser's own word may be wrong, so it only makes us ask.
    if (navigator.onLine || free.delete(form) || form.querySelector("[data-sending]")) return;
    event.preventDefault();
    void send(form, submitter);
  });
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
async function send(form, submitter) {
  if (await isReached()) {
    free.add(form);
    form.requestSubmit(submitter);
    return;
  }
  const words = document.getElementById("words-needs-net");
  if (words instanceof HTMLTemplateElement)
    document.getElementById("messages")?.replaceChildren(words.content.cloneNode(true));
}

async function isReached() {
  try {
    return (await fetch("/healthz")).headers.has("Smaategn-Answer");
  } catch {
    return false;
  }
}
