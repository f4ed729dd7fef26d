import { guardedCall } from "../guarded_call.ts";

/** Takes an event. What it returns is not waited for. */
export type Listener<Event> = (event: Event) => unknown;

/** Options of {@linkcode ListenerRegistry.add}. */
export interface AddListenerOptions {
  /** Removes the listener when aborted. */
  signal?: AbortSignal | undefined;
  /**
   * Whether the listener is removed before it is called.
   *
   * @default {false}
   */
  once?: boolean;
}

/** The name that stands for every event. */
const EVERY_EVENT = "*";

interface Entry<Event> {
  readonly listener: Listener<Event>;
  readonly once: boolean;
  removed: boolean;
  remove(): void;
}

/**
 * The listeners, by the event's name, compared without case. One that throws
 * or rejects harms no other.
 */
export class ListenerRegistry<Event> {
  readonly #report: (error: unknown, name: string) => void;
  // The arrays are replaced and never changed, so that a listener can add and remove others.
  readonly #entries = new Map<string, readonly Entry<Event>[]>();
  #revision = 0;

  /** @param report Takes what a listener threw or rejected with. */
  constructor(report: (error: unknown, name: string) => void) {
    this.#report = report;
  }

  /** Another number whenever {@linkcode ListenerRegistry.has} may answer otherwise than before. */
  get revision(): number {
    return this.#revision;
  }

  /**
   * Adds a listener.
   *
   * @param name The event's name in any case, or `"*"` for every event.
   * @param listener Takes the events. May be added more than once.
   * @param options When it is removed.
   * @returns Removes this listener.
   */
  add(
    name: string,
    listener: Listener<Event>,
    { signal, once = false }: AddListenerOptions = {},
  ): () => void {
    if (signal?.aborted) return () => {};
    const key = name.toLowerCase();
    const remove = () => {
      signal?.removeEventListener("abort", remove);
      entry.removed = true;
      this.#keep(key, (other) => other !== entry);
    };
    const entry: Entry<Event> = { listener, once, removed: false, remove };
    const others = this.#entries.get(key);
    if (others === undefined) this.#revision++;
    this.#entries.set(key, [...others ?? [], entry]);
    signal?.addEventListener("abort", remove, { once: true });
    return remove;
  }

  /**
   * Removes listeners.
   *
   * @param name The event's name in any case, or `"*"`.
   * @param listener The listener; without it, all of that name.
   */
  remove(name: string, listener?: Listener<Event>): void {
    for (const entry of this.#entries.get(name.toLowerCase()) ?? []) {
      if (listener === undefined || entry.listener === listener) entry.remove();
    }
  }

  /**
   * Whether anybody listens.
   *
   * @param name The event's name in any case.
   * @returns `true` if there is a listener for it or for every event.
   */
  has(name: string): boolean {
    return this.#entries.has(EVERY_EVENT) ||
      this.#entries.has(name.toLowerCase());
  }

  /**
   * Calls the listeners of an event, and then those of every event.
   *
   * @param name The event's name in any case.
   * @param event Makes the event, if anybody listens.
   */
  emit(name: string, event: () => Event): void {
    const key = name.toLowerCase();
    const ofEveryEvent = this.#entries.get(EVERY_EVENT);
    // Both are looked up first: what a listener adds is for later events alone.
    const ofName = key === EVERY_EVENT ? undefined : this.#entries.get(key);
    if (ofName === undefined && ofEveryEvent === undefined) return;
    const made = event();
    this.#call(ofName, name, made);
    this.#call(ofEveryEvent, name, made);
  }

  #call(
    entries: readonly Entry<Event>[] | undefined,
    name: string,
    event: Event,
  ): void {
    if (entries === undefined) return;
    for (const entry of entries) {
      // An earlier listener of this very event may have removed it.
      if (entry.removed) continue;
      if (entry.once) entry.remove();
      guardedCall(entry.listener, event, this.#report, name);
    }
  }

  #keep(key: string, isKept: (entry: Entry<Event>) => boolean): void {
    const kept = this.#entries.get(key)?.filter(isKept) ?? [];
    if (kept.length > 0) this.#entries.set(key, kept);
    else if (this.#entries.delete(key)) this.#revision++;
  }
}
