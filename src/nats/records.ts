/**
 * The reason why events are missing on the bus.
 *
 * - `"bridge-start"`: no bridge was running.
 * - `"connection"`: the bridge had lost its connection to the PBX.
 * - `"failover"`: a bridge took over, and had not heard what the other one had not published.
 * - `"overflow"`: NATS was away for longer than the bridge could keep the events.
 * - `"pbx-restart"`: the PBX was stopped.
 * - `"retention"`: the stream has dropped what this reader had not read.
 */
export type BusGapReason =
  | "bridge-start"
  | "connection"
  | "failover"
  | "overflow"
  | "pbx-restart"
  | "retention";

const REASONS: ReadonlySet<string> = new Set<BusGapReason>([
  "bridge-start",
  "connection",
  "failover",
  "overflow",
  "pbx-restart",
  "retention",
]);

/** An interval of which events are missing. */
export interface GapRecord {
  /** The time at which the last event before was received (milliseconds since 1970). */
  readonly from: number;
  /** The time from which the events are complete again (milliseconds since 1970). */
  readonly to: number;
  /** The reason. */
  readonly reason: BusGapReason;
  /** The number of the missing events, if it is known. */
  readonly missed?: number;
}

/** The record with which a bridge begins to publish the events of a PBX. */
export interface EpochRecord {
  /** The id of the bridge. */
  readonly holder: string;
  /** The id of the message before it, of whichever bridge; `null` if there was none. */
  readonly after: string | null;
}

/** Writes a gap as JSON, with times that people can read. */
export function formatGap({ from, to, reason, missed }: GapRecord): string {
  return JSON.stringify({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    reason,
    missed,
  });
}

/** Reads a gap; `undefined` if the text is not one. */
export function parseGap(text: string): GapRecord | undefined {
  const value = parseObject(text);
  const from = timeOf(value.from);
  const to = timeOf(value.to);
  const { missed } = value;
  if (!isReason(value.reason) || isNaN(from) || isNaN(to)) return undefined;
  return {
    from,
    to,
    reason: value.reason,
    ...(typeof missed === "number" && { missed }),
  };
}

/** Reads the beginning of an epoch; `undefined` if the text is not one. */
export function parseEpoch(text: string): EpochRecord | undefined {
  const { holder, after } = parseObject(text);
  if (typeof holder !== "string") return undefined;
  return { holder, after: typeof after === "string" ? after : null };
}

/**
 * Reads an object of JSON.
 *
 * @param text The text, which anybody on the bus may have published.
 * @returns Its properties; none if it is not an object.
 */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null &&
      !Array.isArray(value);
    return isObject ? { ...value } : {};
  } catch {
    return {};
  }
}

function isReason(value: unknown): value is BusGapReason {
  return typeof value === "string" && REASONS.has(value);
}

function timeOf(value: unknown): number {
  return typeof value === "string" ? Date.parse(value) : NaN;
}
