import type { Call, Channel, FiguresReport, Queue } from "@dami/dami/live";

/** The state of a PBX, as far as it is shown. */
export interface Pbx {
  /** The name, which no other PBX has. */
  readonly name: string;
  /** The channels by their `Uniqueid`. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** The calls by their `Linkedid`. */
  readonly calls: ReadonlyMap<string, Call>;
  /** The queues by name. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** The figures of its queues. */
  readonly figures: FiguresReport;
}

/**
 * Returns the key of a thing in a PBX.
 *
 * @param pbx The PBX.
 * @param id The id of the thing.
 * @returns The key, such as `berlin/support`.
 */
export function keyOf({ name }: Pick<Pbx, "name">, id: string): string {
  return `${name}/${id}`;
}

/**
 * Returns the least of several times.
 *
 * @param times The times.
 * @returns The earliest; null without any.
 */
export function earliest(times: readonly number[]): number | null {
  return times.length === 0
    ? null
    : times.reduce((one, two) => Math.min(one, two));
}

/**
 * Returns the greatest of several times.
 *
 * @param times The times; `undefined` is left out.
 * @returns The latest; null without any.
 */
export function latest(
  times: readonly (number | undefined)[],
): number | null {
  return times.reduce<number | null>(
    (last, time) => time === undefined ? last : Math.max(last ?? time, time),
    null,
  );
}
