/**
 * Words somebody is writing on a day, and boxes they are ticking, outlive the page: kept in the
 * database `outbox` for their session, put back when the page is read again, and gone when they are
 * sent, thrown away, or the session is another. Knows no form but by its id.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {{ form: string, field: string, value: string, isTicked: boolean }} Word
 */

const KEY = "words";

/** Milliseconds after the last letter. */
const PAUSE = 400;

const FIELDS = "main form[data-outbox] :is(textarea, input:not([type=hidden]))";

/**
 * Put back what was being written here, and keep what is written from now on.
 *
 * @param {Store} store
 * @param {string} session
 */
export async function keepWords(store, session) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const before = await store.noted(KEY);
  const own = before?.session === session ? before.pages : {};
  for (const word of own[location.pathname] ?? []) putBack(word);
  let last = JSON.stringify(own[location.pathname] ?? []);
  const save = () => {
    clearTimeout(timer);
    const words = [...fields()].filter(isTouched).map(wordOf);
    if (JSON.stringify(words) === last) return;
    last = JSON.stringify(words);
    void store.write(async (writing) => {
      const meta = writing.objectStore("meta");
      const kept = (await meta.get(KEY))?.value;
      const pages = kept?.session === session ? kept.pages : {};
      const value = { session, pages: { ...pages, [location.pathname]: words } };
      await meta.put({ key: KEY, value });
    });
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  for (const event of ["input", "htmx:after:swap"]) document.addEventListener(event, soon);
  addEventListener("outbox:kept", soon);
  addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", () => document.hidden && save());
}

/** @typedef {HTMLTextAreaElement | HTMLInputElement} Field */

/** @returns {NodeListOf<Field>} */
const fields = () => document.querySelectorAll(FIELDS);

/** @param {Field} field @returns {field is HTMLInputElement} */
const isTickable = (field) => field.type === "checkbox";

/** @param {Field} field */
const isTouched = (field) =>
  isTickable(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;

/** Attributes, because a field named "id" hides the property. @param {Field} field */
const formOf = ({ form }) => form?.getAttribute("id") ?? "";

/** @param {Field} field @returns {Word} */
const wordOf = (field) => ({
  form: formOf(field),
  field: field.name,
  value: field.value,
  isTicked: isTickable(field) && field.checked,
});

/** @param {Word} word */
function putBack({ form, field, value, isTicked }) {
  const same = [...fields()].find(
    (each) =>
      formOf(each) === form && each.name === field && (!isTickable(each) || each.value === value),
  );
  if (!same || isTouched(same)) return;
  if (isTickable(same)) same.checked = isTicked;
  else same.value = value;
  // Folded away they would look lost.
  let fold = same.closest("details");
  while (fold) {
    fold.open = true;
    fold = fold.parentElement?.closest("details") ?? null;
  }
}
