import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchInstructions } from "../../webapp/static/js/sw/ahead.js";

const DAY = "/citizens/1";
const SHOWN = `/interventions/${"1".repeat(36)}/show`;

/** @param {number} count */
const pictures = (count) =>
  Array.from(
    { length: count },
    (_, number) => `/step-pictures/${String(number).padStart(36, "0")}`,
  );

/**
 * Let a tablet fetch ahead what an instruction needs.
 *
 * @param {string[]} needed
 * @param {(address: string) => boolean} comes  Whether what is asked for comes.
 * @returns {Promise<string[]>}  What was asked for.
 */
async function ahead(needed, comes) {
  /** @type {string[]} */
  const asked = [];
  const page = needed.map((each) => `<img src="${each}">`).join("");
  const pages = {
    ageOf: (/** @type {string} */ address) => Promise.resolve(address === SHOWN ? 0 : Infinity),
    read: (/** @type {string} */ address) =>
      Promise.resolve(address === DAY ? `<a href="${SHOWN}">` : page),
    keep: () => Promise.resolve(""),
  };
  const fetch = (/** @type {string} */ address) => {
    asked.push(address);
    return comes(address) ? Promise.resolve(new Response("")) : Promise.reject(new Error("gone"));
  };
  await fetchInstructions(/** @type {any} */ (pages), /** @type {any} */ (fetch), [DAY]);
  return asked;
}

test("a picture that was taken away meanwhile keeps no other from the tablet", async () => {
  const needed = pictures(9);
  const gone = needed.filter((_, number) => number % 3 !== 0);

  assert.deepEqual(await ahead(needed, (address) => !gone.includes(address)), needed);
});

test("without network not every picture is asked for in vain", async () => {
  assert.equal((await ahead(pictures(9), () => false)).length, 3);
});
