/**
 * What the server has to know of a grant to see that something is missing: its author's word, signed
 * while their key is here. Whoever only carries it can neither hide a hole nor make one.
 *
 * @typedef {import("./kept.js").Grant} Grant
 */

import { sign } from "./envelope.js";

/** Runs of numbers that the server takes in one account. */
export const MOST_RUNS = 1000;

/**
 * Tell which numbers of a grant were given out, and which need not come. Where there are more runs
 * than the server takes, it speaks of the oldest ones only, and as if the numbers ended there: what
 * is left out must not look like a hole.
 *
 * @param {Pick<Grant, "id" | "nextSeq" | "settled">} grant
 * @returns {{ grant: string, next_seq: number, settled: [number, number][] }}  Runs, each from and to.
 */
export function accountOf({ id, nextSeq, settled }) {
  /** @type {[number, number][]} */
  const runs = [];
  for (const seq of [...settled].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last && seq <= last[1] + 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  const [next] = runs.splice(MOST_RUNS);
  return { grant: id, next_seq: next ? next[0] : nextSeq, settled: runs };
}

/**
 * Return a grant's account, signed anew or as its author signed it last; undefined when nobody did.
 *
 * @param {Grant} grant
 * @returns {Promise<string | undefined>}
 */
export async function signedAccount(grant) {
  const { key, account } = grant;
  return key ? sign(accountOf(grant), key, "smaategn-account+jws") : account;
}

/** @param {Grant} grant */
export const stateOf = ({ nextSeq, settled }) => `${nextSeq} ${settled.length}`;
