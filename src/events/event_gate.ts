import type { Frame } from "../wire/frame.ts";

/** A limit of the events that are held. */
export type HeldLimit = "maxHeldEvents" | "maxHeldLength";

/** Options of {@linkcode EventGate}. */
export interface EventGateOptions {
  /** How many events are held. */
  maxHeldEvents: number;
  /** The longest events that are held together (characters, and 32 more for each line). */
  maxHeldLength: number;
  /** Takes the events, in their order. */
  deliver: (event: Frame) => void;
  /** Takes each event that is dropped because of a limit, and whether it is the first. */
  onDrop: (isFirst: boolean, limit: HeldLimit) => void;
}

/** Holds the events that come before somebody listens. */
export class EventGate {
  readonly #options: EventGateOptions;
  /** What is held; `undefined` once the gate is open. */
  #held: Frame[] | undefined = [];
  /** The memory that the held events take, as a number of characters. */
  #size = 0;
  #hasOverflowed = false;
  #opening: ReturnType<typeof setTimeout> | undefined;

  /** @param options Where the events go. */
  constructor(options: EventGateOptions) {
    this.#options = options;
  }

  /** Whether events are held. */
  get isHolding(): boolean {
    return this.#held !== undefined;
  }

  /**
   * Takes an event, to deliver it at once or later.
   *
   * @param event The event.
   */
  push(event: Frame): void {
    if (this.#held === undefined) {
      this.#options.deliver(event);
      return;
    }
    const { maxHeldEvents, maxHeldLength, onDrop } = this.#options;
    const { size } = event;
    if (this.#held.length >= maxHeldEvents) {
      onDrop(!this.#hasOverflowed, "maxHeldEvents");
      this.#hasOverflowed = true;
    } else if (this.#size + size > maxHeldLength) {
      onDrop(!this.#hasOverflowed, "maxHeldLength");
      this.#hasOverflowed = true;
    } else {
      this.#size += size;
      this.#held.push(event);
    }
  }

  /**
   * Delivers what is held, and from then on everything at once: not before the
   * caller's `await`, and what it does right behind that, are over.
   */
  open(): void {
    if (this.#held === undefined) return;
    this.#opening ??= setTimeout(() => {
      const held = this.#held ?? [];
      this.#held = undefined;
      this.#opening = undefined;
      for (const event of held) this.#options.deliver(event);
    }, 0);
  }

  /** Drops what is held, so that it is not told of the next connection. */
  clear(): void {
    if (this.#held === undefined) return;
    this.#hasOverflowed = false;
    this.#size = 0;
    this.#held = this.#opening === undefined ? [] : undefined;
    clearTimeout(this.#opening);
    this.#opening = undefined;
  }
}
