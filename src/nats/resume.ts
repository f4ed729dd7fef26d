import type { SpoolEntry } from "./spool.ts";

/** Number of events in a row that are compared. */
const CONTEXT = 16;

/** The distance of two places that look the same from which on the clock decides (milliseconds): the clocks of two machines differ. */
export const CLOCKS = 2_000;

/** An event as it was published. */
export interface PublishedEvent {
  /** The payload. */
  readonly payload: string;
  /** The time at which its bridge received it (milliseconds since 1970). */
  readonly at: number;
}

/** A place where the last published event may be. */
interface Place {
  readonly entry: SpoolEntry;
  /** Number of events in a row that are the same. */
  readonly matched: number;
  /** The difference of the time at which it was received here (milliseconds). */
  readonly distance: number;
}

/**
 * Finds the last published event among those that a bridge has heard itself:
 * two sessions of a PBX get the same events in the same order.
 *
 * @param entries What it has heard.
 * @param published The last events that were published, in their order.
 * @returns Its place; `undefined` if it is not there, or if it cannot be told from another.
 */
export function findPublished(
  entries: Iterable<SpoolEntry>,
  published: readonly PublishedEvent[],
): SpoolEntry | undefined {
  const last = published.at(-1);
  if (last === undefined) return undefined;
  const heard = [...entries].filter(({ item }) => item.gap === undefined);
  const places: Place[] = [];
  for (const [index, entry] of heard.entries()) {
    if (entry.item.payload !== last.payload) continue;
    const matched = matchedAt(heard, index, published);
    if (matched === undefined) continue;
    const distance = Math.abs(entry.item.at - last.at);
    places.push({ entry, matched, distance });
  }
  places.sort((a, b) => b.matched - a.matched || a.distance - b.distance);
  const [best, next] = places;
  const isClear = next === undefined || best?.matched !== next.matched ||
    next.distance - best.distance > CLOCKS;
  return isClear ? best?.entry : undefined;
}

/** Counts the events in a row, up to a place, that are the same; `undefined` if one differs. */
function matchedAt(
  heard: readonly SpoolEntry[],
  index: number,
  published: readonly PublishedEvent[],
): number | undefined {
  const length = Math.min(CONTEXT, published.length, index + 1);
  for (let back = 0; back < length; back++) {
    const isSame = heard[index - back]?.item.payload ===
      published[published.length - 1 - back]?.payload;
    if (!isSame) return undefined;
  }
  return length;
}
