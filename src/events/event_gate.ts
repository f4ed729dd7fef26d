import type { Frame } from "../wire/frame.ts";

/** Options of {@linkcode EventGate}. */
export interface EventGateOptions {
  /** How many events are held. */
  maxHeldEvents: number;
  /** Takes the events, in their order. */
  deliver: (event: Frame) => void;
  /** Told of each event that is dropped because too many are held, and whether it is the first. */
  onDrop: (isFirst: boolean) => void;
}

/** Holds the events that come before somebody listens. */
export class EventGate {
  readonly #options: EventGateOptions;
  /** What is held; `undefined` once the gate is open. */
  #held: Frame[] | undefined = [];
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
    const { maxHeldEvents, deliver, onDrop } = this.#options;
    if (this.#held === undefined) {
      deliver(event);
    } else if (this.#held.length < maxHeldEvents) {
      this.#held.push(event);
    } else {
      onDrop(!this.#hasOverflowed);
      this.#hasOverflowed = true;
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
    this.#held = this.#opening === undefined ? [] : undefined;
    clearTimeout(this.#opening);
    this.#opening = undefined;
  }
}
