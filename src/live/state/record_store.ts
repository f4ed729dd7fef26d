import type { DAMIData } from "../../data.ts";
import type { Change } from "../change.ts";
import type { FrameContext } from "../records/frame_context.ts";
import { text } from "../records/fields.ts";
import { copied } from "../../detached.ts";
import { type Handler, type Handlers, NO_CHANGES } from "./handler.ts";
import type { IntervalEvent } from "./interval.ts";

/** Applies a frame to a record. */
type Reduce<T> = (
  record: T | undefined,
  frame: DAMIData,
  context: FrameContext,
) => T | undefined;

/** A kind of record, for {@linkcode RecordStore}. */
export interface RecordKind<T> {
  /** The events about it. */
  readonly events: readonly string[];
  /** Returns the key of an event. */
  readonly keyOf: (event: DAMIData) => string;
  /** Applies an event. */
  readonly reduce: Reduce<T>;
  /**
   * Returns the key of an item of a snapshot.
   *
   * @default {keyOf}
   */
  readonly keyOfItem?: (item: DAMIData) => string;
  /**
   * Applies an item of a snapshot.
   *
   * @default {reduce}
   */
  readonly reduceItem?: Reduce<T>;
  /** Returns the change for a difference. */
  readonly change: (
    before: T | undefined,
    after: T | undefined,
    at: number,
  ) => Change | undefined;
}

/** Records of one kind, independent of each other. */
export class RecordStore<T> {
  readonly #kind: RecordKind<T>;
  readonly #records = new Map<string, T>();

  /** @param kind The kind of the records. */
  constructor(kind: RecordKind<T>) {
    this.#kind = kind;
  }

  /** The records by their keys. */
  get records(): ReadonlyMap<string, T> {
    return this.#records;
  }

  /** Returns the handlers of the events. */
  handlers(): Handlers {
    const apply: Handler = (event, context) => this.#apply(event, context);
    return new Map(this.#kind.events.map((name) => [name, apply]));
  }

  #apply(event: DAMIData, context: FrameContext): readonly Change[] {
    const key = this.#kind.keyOf(event);
    const before = this.#records.get(key);
    const after = this.#kind.reduce(before, event, context);
    if (before === after) return NO_CHANGES;
    if (after === undefined) this.#records.delete(key);
    else this.#records.set(before === undefined ? copied(key) : key, after);
    return this.#changes(before, after, context.at);
  }

  /**
   * Adopts a snapshot.
   *
   * @param items Its items.
   * @param events The events that came while it was under way.
   * @param context Its time, and the texts in common.
   * @returns The differences from before.
   */
  sync(
    items: readonly DAMIData[],
    events: readonly IntervalEvent[],
    context: FrameContext,
  ): readonly Change[] {
    const next = this.#recordsOf(items, context);
    for (const { event, at } of events) {
      if (!this.#kind.events.includes(text(event.Event))) continue;
      const key = this.#kind.keyOf(event);
      const { texts } = context;
      const record = this.#kind.reduce(next.get(key), event, { at, texts });
      if (record === undefined) next.delete(key);
      else next.set(copied(key), record);
    }
    const { at } = context;
    const changes: Change[] = [];
    for (const [key, before] of this.#records) {
      if (next.has(key)) continue;
      this.#records.delete(key);
      changes.push(...this.#changes(before, undefined, at));
    }
    for (const [key, after] of next) {
      const before = this.#records.get(key);
      if (before !== undefined && isSame(before, after)) continue;
      this.#records.set(key, after);
      changes.push(...this.#changes(before, after, at));
    }
    return changes;
  }

  #recordsOf(
    items: readonly DAMIData[],
    context: FrameContext,
  ): Map<string, T> {
    const { keyOf, reduce } = this.#kind;
    const { keyOfItem = keyOf, reduceItem = reduce } = this.#kind;
    const records = new Map<string, T>();
    for (const item of items) {
      const key = keyOfItem(item);
      const record = reduceItem(this.#records.get(key), item, context);
      if (record !== undefined) records.set(copied(key), record);
    }
    return records;
  }

  #changes(
    before: T | undefined,
    after: T | undefined,
    at: number,
  ): readonly Change[] {
    const change = this.#kind.change(before, after, at);
    return change === undefined ? NO_CHANGES : [change];
  }
}

/** Reports whether two records hold the same. Events applied to a snapshot again make new records of the same contents. */
function isSame<T>(one: T, two: T): boolean {
  return one === two || JSON.stringify(one) === JSON.stringify(two);
}
