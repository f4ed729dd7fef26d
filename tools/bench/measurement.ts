/** The memory of an idle connection (bytes). */
export interface IdleMemory {
  /** Objects. */
  heapUsed: number;
  /** Buffers beside the heap. */
  external: number;
  /** Of the whole process. */
  rss: number;
}

/** The measurement of a client's process. */
export interface Measurement {
  /** The number of events, actions or items. */
  count: number;
  /** The time that it took (seconds). */
  seconds: number;
  /** CPU time of the process meanwhile. */
  cpuMicroseconds: number;
  /** The most memory that the process ever had. */
  peakMemoryBytes: number;
  /** The number of events that reached the listeners. */
  events?: number;
  /** The sum of what was read of them. */
  checksum?: number;
  /** The memory of each idle connection. */
  idle?: IdleMemory;
  /** The fault of the answers. */
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
 * Reports whether a value is the output of a client's process.
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
