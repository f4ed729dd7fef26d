import { guardedCall } from "../guarded_call.ts";
import type { ListenerClock } from "../listener_times.ts";

/** Takes an event. A promise that it returns is not waited for. */
export type Listener<Event> = (event: Event) => unknown;

/** Options of {@linkcode ListenerRegistry.add}. */
export interface AddListenerOptions {
  /** Removes the listener when aborted. */
  signal?: AbortSignal | undefined;
  /**
   * Removes the listener before it is called.
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
  /** The number of the listener: later ones have greater numbers. */
  readonly serial: number;
  remove(): void;
}

/**
 * The listeners, by the event's name, compared without case. One that throws
 * or rejects harms no other.
 */
export class ListenerRegistry<Event> {
  readonly #report: (error: unknown, name: string) => void;
  readonly #clock: ListenerClock | undefined;
  /** The listeners of each name, in the order in which they were added; no set is empty. */
  readonly #entries = new Map<string, Set<Entry<Event>>>();
  readonly #onChange: (() => void) | undefined;
  #serial = 0;

  /**
   * @param report Takes what a listener threw or rejected with.
   * @param clock Measures the listeners of some events.
   * @param onChange Called when a name gets its first listener, or loses its last.
   */
  constructor(
    report: (error: unknown, name: string) => void,
    clock?: ListenerClock,
    onChange?: () => void,
  ) {
    this.#report = report;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** The names that have listeners, in lower case. */
  get names(): Iterable<string> {
    return this.#entries.keys();
  }

  /**
   * Adds a listener.
   *
   * @param name The event's name in any case, or `"*"` for every event.
   * @param listener Takes the events. May be added more than once.
   * @param options The signal that removes it.
   * @returns A function that removes this listener.
   * @throws {TypeError} If the listener is not a function.
   */
  add(
    name: string,
    listener: Listener<Event>,
    { signal, once = false }: AddListenerOptions = {},
  ): () => void {
    if (typeof listener !== "function") {
      throw new TypeError(
        `Cannot listen to "${name}" as the listener must be a function: current value is of type ${typeof listener}`,
      );
    }
    if (signal?.aborted) return () => {};
    const key = name.toLowerCase();
    const remove = () => {
      signal?.removeEventListener("abort", remove);
      this.#delete(key, entry);
    };
    const entry: Entry<Event> = {
      listener,
      once,
      serial: ++this.#serial,
      remove,
    };
    const others = this.#entries.get(key);
    if (others === undefined) {
      this.#entries.set(key, new Set([entry]));
      this.#onChange?.();
    } else {
      others.add(entry);
    }
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
   * Reports whether an event has a listener.
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
   * @param event Makes the event, if it has a listener.
   */
  emit(name: string, event: () => Event): void {
    const key = name.toLowerCase();
    const ofEveryEvent = this.#entries.get(EVERY_EVENT);
    const ofName = key === EVERY_EVENT ? undefined : this.#entries.get(key);
    if (ofName === undefined && ofEveryEvent === undefined) return;
    const last = this.#serial;
    const made = event();
    const begin = this.#clock?.begin();
    if (ofName !== undefined) this.#call(ofName, last, name, made);
    if (ofEveryEvent !== undefined) this.#call(ofEveryEvent, last, name, made);
    if (begin !== undefined) this.#clock?.end(begin);
  }

  /** Calls the listeners up to a number. Those that another one removes meanwhile are left out by the set itself. */
  #call(
    entries: Set<Entry<Event>>,
    last: number,
    name: string,
    event: Event,
  ): void {
    for (const entry of entries) {
      // What a listener adds is for later events alone.
      if (entry.serial > last) return;
      if (entry.once) entry.remove();
      guardedCall(entry.listener, event, this.#report, name);
    }
  }

  #delete(key: string, entry: Entry<Event>): void {
    const entries = this.#entries.get(key);
    if (!entries?.delete(entry) || entries.size > 0) return;
    this.#entries.delete(key);
    this.#onChange?.();
  }
}
