import type { CommandContext } from "./command.ts";
import { readCount } from "./values/count.ts";
import { readDuration } from "./values/duration.ts";
import {
  type Condition,
  hasWildcards,
  readCondition,
  wildcards,
} from "./values/pattern.ts";

/** The request of the command line. */
export interface Request {
  /** The names of the events; every event if there are none. */
  names: ReadonlySet<string>;
  /** The conditions that every shown event meets. */
  conditions: readonly Condition[];
  /** The number of events to show. */
  count: number;
  /** For how long (milliseconds). */
  time: number | undefined;
  /** The form in which an event is written. */
  format: "line" | "full" | "json";
}

/**
 * Reads which events are to be shown.
 *
 * @param context The context of the command.
 * @returns The request.
 * @throws {UsageError} If a value cannot be used.
 */
export function readRequest({ args }: CommandContext): Request {
  const conditions = args.texts("where").map(readCondition);
  const names = new Map(
    args.words.map((name) => [name.toLowerCase(), name] as const),
  );
  const patterns = [...names.values()].filter(hasWildcards);
  if (patterns.length > 0) {
    // Among patterns, a plain name is a pattern, too.
    const isWanted = [...names.values()].map(wildcards);
    conditions.unshift((event) =>
      isWanted.some((matches) => matches(String(event["Event"])))
    );
    names.clear();
  }
  const count = args.text("count");
  const time = args.text("for");
  return {
    names: new Set(names.values()),
    conditions,
    count: count === undefined ? Infinity : readCount(count, "--count"),
    time: time === undefined ? undefined : readDuration(time, "--for"),
    format: args.has("json") ? "json" : args.has("full") ? "full" : "line",
  };
}
