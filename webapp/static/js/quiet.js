/**
 * Whether the outbox is at rest, so that a new version may take over. Written by its parts, read by
 * updating.js.
 */
export const busy = { writing: 0, sending: false };

export const isQuiet = () => !busy.writing && !busy.sending;
