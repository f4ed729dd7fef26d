/** What an idle connection needs (bytes). */
export interface IdleMemory {
  /** Objects. */
  heapUsed: number;
  /** Buffers beside the heap. */
  external: number;
  /** Of the whole process. */
  rss: number;
}

/** What a client's process has measured. */
export interface Measurement {
  /** How many were sent, asked or listed. */
  count: number;
  /** How long it took. */
  seconds: number;
  /** CPU time of the process meanwhile. */
  cpuMicroseconds: number;
  /** The most memory that the process ever had. */
  peakMemoryBytes: number;
  /** How many events came to the listeners. */
  events?: number;
  /** The sum of what was read of them. */
  checksum?: number;
  /** What each idle connection needs. */
  idle?: IdleMemory;
  /** What was wrong with the answers. */
  problem?: string;
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function hasNumbers(fields: Fields, ...names: string[]): boolean {
  return names.every((name) => Number.isFinite(fields[name]));
}

/**
 * Whether this is what a client's process prints.
 *
 * @param value What was parsed.
 * @returns Whether it is whole.
 */
export function isMeasurement(value: unknown): value is Measurement {
  if (!isObject(value)) return false;
  const { events, checksum, idle, problem } = value;
  return hasNumbers(
    value,
    "count",
    "seconds",
    "cpuMicroseconds",
    "peakMemoryBytes",
  ) &&
    (events === undefined || hasNumbers(value, "events")) &&
    (checksum === undefined || hasNumbers(value, "checksum")) &&
    (problem === undefined || typeof problem === "string") &&
    (idle === undefined ||
      isObject(idle) && hasNumbers(idle, "heapUsed", "external", "rss"));
}
