/** Whether there is room for pictures on the tablet. Text has its own, which no picture may take. */

/** Bytes that are kept free for text: some ten thousand entries. */
const RESERVE = 20 * 1024 * 1024;

/** Bytes that a picture takes at the most, nearly always. */
export const USUAL = 2 * 1024 * 1024;

/**
 * @param {number} bytes  What is to be kept.
 * @param {Pick<StorageManager, "estimate"> | undefined} storage
 */
export async function hasRoom(bytes, storage = globalThis.navigator?.storage) {
  try {
    const { quota, usage } = (await storage?.estimate()) ?? {};
    return quota === undefined || usage === undefined || quota - usage - bytes >= RESERVE;
  } catch {
    // Nobody knows; the disk itself says no when it is full, and nothing is half kept.
    return true;
  }
}
