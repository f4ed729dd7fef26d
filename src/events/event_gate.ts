import { AmiLimitError } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";

/** Options of {@linkcode EventGate}. */
export interface EventGateOptions {
  /** The most events that are held. */
  maxHeldEvents: number;
  /** Takes the events, in their order. */
  deliver: (event: Frame) => void;
  /** Called for each event that is dropped because too many are held, with `true` for the first. */
  onDrop: (isFirst: boolean) => void;
}

/**
 * Makes the error for events that cannot be held.
 *
 * @param maxHeldEvents The bound.
 * @param advice The circumstances, or a way out.
 * @returns The error.
 */
export function tooManyHeld(
  maxHeldEvents: number,
  advice: string,
): AmiLimitError {
  return new AmiLimitError(
    `Cannot hold more than ${maxHeldEvents} events: ${advice}`,
    "maxHeldEvents",
    maxHeldEvents,
  );
}

/** Holds events until they can be delivered. */
export class EventGate {
  readonly #options: EventGateOptions;
  /** The events that are held; `undefined` once the gate is open. */
  #held: Frame[] | undefined = [];
  /** The events that are being delivered, until that is done or given up. */
  #delivering: Frame[] | undefined;
  #hasOverflowed = false;
  #opening: ReturnType<typeof setTimeout> | undefined;

  /** @param options The bound, and the receiver of the events. */
  constructor(options: EventGateOptions) {
    this.#options = options;
  }

  /** `true` while events are held. */
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

  /** Delivers what is held, and from then on each event at once. */
  open(): void {
    const held = this.#held;
    if (held === undefined) return;
    clearTimeout(this.#opening);
    this.#opening = undefined;
    this.#held = undefined;
    this.#delivering = held;
    for (const event of held) {
      this.#options.deliver(event);
      // A listener may have closed the connection that the rest came on.
      if (this.#delivering !== held) return;
    }
    this.#delivering = undefined;
  }

  /**
   * Opens the gate a little later: not before the caller's `await`, and what it
   * does right behind that, are over.
   */
  openSoon(): void {
    if (this.#held === undefined) return;
    this.#opening ??= setTimeout(() => this.open(), 0);
  }

  /** Drops what is held or still being delivered, so that it does not reach the next connection. */
  clear(): void {
    this.#delivering = undefined;
    if (this.#held === undefined) return;
    this.#hasOverflowed = false;
    this.#held = this.#opening === undefined ? [] : undefined;
    clearTimeout(this.#opening);
    this.#opening = undefined;
  }
}
