import process from "node:process";

/** Figures of the reader of the soak. */
export interface SoakFigures {
  /** Number of events that were read. */
  readonly read: number;
  /** Number of gaps. */
  readonly gaps: number;
  /** Number of jumps that no gap explains. */
  readonly missing: number;
  /** Number of events that came twice or out of order. */
  readonly wrong: number;
  /** Number of PBXs of which less came than of the others. */
  readonly behind: number;
  /** Size of its heap (bytes). */
  readonly heap: number;
}

/** Figures before anything was read. */
export const NOTHING: SoakFigures = {
  read: 0,
  gaps: 0,
  missing: 0,
  wrong: 0,
  behind: 0,
  heap: 0,
};

/**
 * Measures the heap of this thread, without garbage where Deno runs with
 * `--v8-flags=--expose-gc`.
 *
 * @returns The size (bytes).
 */
export function heapSize(): number {
  const collect: unknown = Reflect.get(globalThis, "gc");
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed;
}
