import type { DAMIData } from "../../data.ts";
import type { Change } from "../change.ts";
import { kept } from "../records/fields.ts";
import type { Recorded } from "./recording.ts";

/** What {@linkcode RecordStore} needs to know of its records. */
export interface RecordKind<T> {
  /** The events that it is told of. */
  readonly events: readonly string[];
  /** What the record of an event goes by. */
  readonly keyOf: (event: DAMIData) => string;
  /** The record after an event. */
  readonly reduce: (record: T | undefined, event: DAMIData) => T | undefined;
  /** What a difference means. */
  readonly change: (
    before: T | undefined,
    after: T | undefined,
    at: number,
  ) => Change | undefined;
}

/** Records of one kind that have nothing to do with each other. */
export class RecordStore<T> {
  readonly #kind: RecordKind<T>;
  readonly #tell: (change: Change) => void;
  readonly #records = new Map<string, T>();

  constructor(kind: RecordKind<T>, tell: (change: Change) => void) {
    this.#kind = kind;
    this.#tell = tell;
  }

  /** The records by what they go by. */
  get records(): ReadonlyMap<string, T> {
    return this.#records;
  }

  /** Takes an event. */
  apply(event: DAMIData, at: number): void {
    const key = this.#kind.keyOf(event);
    const before = this.#records.get(key);
    const after = this.#kind.reduce(before, event);
    if (before === after) return;
    if (after === undefined) this.#records.delete(key);
    else this.#records.set(before === undefined ? kept(key) : key, after);
    this.#report(before, after, at);
  }

  /**
   * Takes a snapshot.
   *
   * @param records The records in it.
   * @param recorded What came meanwhile.
   * @param at When it is.
   */
  sync(
    records: ReadonlyMap<string, T>,
    recorded: readonly Recorded[],
    at: number,
  ): void {
    const next = new Map(records);
    for (const { event } of recorded) {
      if (!this.#kind.events.includes(String(event.Event))) continue;
      const key = this.#kind.keyOf(event);
      const record = this.#kind.reduce(next.get(key), event);
      if (record === undefined) next.delete(key);
      else next.set(kept(key), record);
    }
    for (const [key, before] of this.#records) {
      if (next.has(key)) continue;
      this.#records.delete(key);
      this.#report(before, undefined, at);
    }
    for (const [key, after] of next) {
      const before = this.#records.get(key);
      if (before !== undefined && isSame(before, after)) continue;
      this.#records.set(key, after);
      this.#report(before, after, at);
    }
  }

  #report(before: T | undefined, after: T | undefined, at: number): void {
    const change = this.#kind.change(before, after, at);
    if (change !== undefined) this.#tell(change);
  }
}

/** Whether two records of the same kind hold the same. What came meanwhile makes others of a snapshot than it made before. */
function isSame<T>(one: T, two: T): boolean {
  return one === two || JSON.stringify(one) === JSON.stringify(two);
}
