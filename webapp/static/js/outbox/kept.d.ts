/** What lies in the database `outbox`. Only for whoever reads and checks the code; no page loads it. */

import type { IDBPDatabase, IDBPTransaction } from "idb";
import type { Locked } from "../standby/keys.js";
import type { Pace } from "./deciding.js";
import type { PublicKey } from "./envelope.js";

/** What its author may read of an entry; gone when the session changes. */
export interface Own {
  session: string;
  /** Id of the form it was tapped on. */
  place: string;
  kind: string;
  target: string;
  /** The thing: a sign, a goal, an intervention. */
  what: string;
  /** What the button said. */
  said: string;
  note: string;
  /** All of it, to tell it from something else under the same id. Older releases kept none. */
  sent?: string;
  /** Small pictures, JPEG; left out when there are none. */
  thumbs?: ArrayBuffer[];
}

export interface Entry {
  id: string;
  grant: string;
  /** Whose it is: the id of a staff member. */
  staff: string;
  seq: number;
  jws: string;
  /** By the tablet's clock, ISO. */
  made: string;
  /** Aside: the server broke on it, so it is sent last and alone. */
  state: "waiting" | "aside" | "quarantined";
  /** Why it waits; a code, empty for no network. */
  why: string;
  /** When the page began to send it itself, in milliseconds; 0 when it does not. */
  posted: number;
  /** When the server refused it last, in milliseconds by its own clock; left out before that. */
  refused?: number;
  /** How often it was tried while it was aside; left out before that. */
  tries?: number;
  own?: Own;
}

export interface Receipt extends Omit<Entry, "state" | "why" | "posted" | "refused" | "tries"> {
  /** ISO; by the tablet's own clock when the page itself posted it. */
  delivered: string;
  /** From when it is kept for 14 days: ISO, by the server's clock; not known before its next answer. */
  since?: string;
  epoch: string;
}

export interface Grant {
  id: string;
  session: string;
  staff: string;
  jwt: string;
  /** Seconds since 1970. */
  cap: number;
  exp: number;
  sealTo: PublicKey;
  /** Gone when the session changes; then nothing more can be signed. */
  key?: CryptoKey;
  nextSeq: number;
  /** Numbers that never go by /sync/batch: the page's own POST did it. */
  settled: number[];
  /** What the server was last told of the two. */
  told: string;
  /** What its author signed of them when the key was dropped; see accounts.js. */
  account?: string;
}

/** A picture on this tablet. What is sent lies beside it in the store `media`, in sealed parts. */
export interface Picture {
  /** Of the sealed file, in hex. */
  sha256: string;
  /** Bytes of the sealed file. */
  size: number;
  type: string;
  /** The entry it belongs to; empty while its note is being written. */
  entry: string;
  /** Whose it is, and when it was saved with its note; empty until then. */
  staff: string;
  made: string;
  /** Whether the server has been told of it. */
  isKnown: boolean;
  /** When it is tried again, should the server not want it yet. */
  pace: Pace;
}

/** A picture somebody chose for a note. */
export interface Chosen extends Pick<Picture, "sha256" | "size" | "type"> {
  /** 32 bytes that open the sealed file, as base64url. */
  key: string;
  thumb: ArrayBuffer;
}

/** A note that is being written; gone when it is saved, or the session changes. */
export interface Draft {
  /** Id of its form. */
  place: string;
  session: string;
  kind: string;
  target: string;
  words: string;
  chosen: Chosen[];
  /** Of a step: what was chosen for it, and how its questions are answered; see studio/chosen.js. */
  file?: { blob: Blob; name: string };
  answers?: [name: string, value: string][];
}

/** Somebody who can open this tablet without network. */
export interface Standby {
  staff: string;
  /** Empty until the server has named them. */
  firstName: string;
  salt: ArrayBuffer;
  rounds: number;
  /** Cannot be taken out. */
  tablet: CryptoKey;
  sign: Locked;
  open: Locked;
  /** Whether the server knows the public halves. */
  told: boolean;
  failures: number;
  /** Milliseconds since 1970. */
  until: number;
  grant?: Pick<Grant, "id" | "staff" | "jwt" | "cap" | "exp" | "sealTo">;
  /** The shift, sealed to `open`. */
  page?: string;
}

export type Writing = IDBPTransaction<unknown, string[], "readwrite">;
export type Database = IDBPDatabase;

/** What "outbox:kept" and "outbox:lost" tell: which form's tap lies on the disk, or does not, under which id. */
export interface Kept {
  form: HTMLFormElement;
  button: HTMLElement | null;
  id: string;
}
