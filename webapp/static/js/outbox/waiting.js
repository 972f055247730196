/**
 * What of a note is still on its way when its words are kept or sent.
 *
 * @typedef {import("./kept.js").Picture} Picture
 */

import { wordsOf } from "./pictures.js";

/**
 * Say how many pictures and clips are still on their way; empty for none.
 *
 * @param {Picture[]} waiting
 * @param {boolean} isSent  Whether the words they belong to are.
 */
export function onTheWay(waiting, isSent) {
  const clips = waiting.filter(({ type }) => type.startsWith("video/")).length;
  const pictures = waiting.length - clips;
  const how = isSent ? "coming" : "waiting";
  return [pictures && wordsOf(how, pictures), clips && wordsOf(`clip-${how}`, clips)]
    .filter(Boolean)
    .join(" · ");
}

/** Tell what waits for each entry. @param {Picture[]} pictures @returns {Map<string, Picture[]>} */
export function waitingFor(pictures) {
  /** @type {Map<string, Picture[]>} */
  const found = new Map();
  for (const each of pictures)
    if (each.entry) found.set(each.entry, [...(found.get(each.entry) ?? []), each]);
  return found;
}
