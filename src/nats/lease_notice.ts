import { parseObject } from "./records.ts";

/** Beginnings of the keys of notices; the name of a PBX has no dot. */
export const NOTICES = { want: "want.", left: "left." } as const;

/** The notice of a bridge that would take over a PBX, as it has fewer than the one that holds it. */
export interface Want {
  /** The id of the bridge. */
  readonly holder: string;
  /** The number of PBXs that it has, with those that it asked for before this one. */
  readonly held: number;
}

/** The notice of a bridge that has given back a lease. */
export interface Left {
  /** The time up to which it has stored everything that it heard (milliseconds since 1970). */
  readonly until: number;
}

/** A notice, and when it was seen (as of `performance.now()`). */
export type Seen<Notice> = Notice & { readonly seenAt: number };

/** Reads the notice of a bridge that would take over; `undefined` if the text is something else. */
export function parseWant(text: string): Want | undefined {
  const { holder, held } = parseObject(text);
  if (typeof holder !== "string" || typeof held !== "number") return undefined;
  return { holder, held };
}

/** Reads the notice of a bridge that has given back a lease; `undefined` if the text is something else. */
export function parseLeft(text: string): Left | undefined {
  const { until } = parseObject(text);
  return typeof until === "number" ? { until } : undefined;
}
