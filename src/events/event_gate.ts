import { AmiLimitError } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";

/** A limit of the events that are held. */
export type HeldLimit = "maxHeldEvents" | "maxHeldLength";

/** Options of {@linkcode EventGate}. */
export interface EventGateOptions {
  /** The most events that are held. */
  maxHeldEvents: number;
  /** The longest events that are held together (characters, and 32 more for each line). */
  maxHeldLength: number;
  /** Takes the events, in their order. */
  deliver: (event: Frame) => void;
  /** Takes each event that is dropped because of a limit, and whether it is the first. */
  onDrop: (isFirst: boolean, limit: HeldLimit) => void;
}

/**
 * Makes the error for events that cannot be held.
 *
 * @param limit The limit that was passed.
 * @param value Its value.
 * @param advice The circumstances, or a way out.
 * @returns The error.
 */
export function tooManyHeld(
  limit: HeldLimit,
  value: number,
  advice: string,
): AmiLimitError {
  const what = limit === "maxHeldEvents" ? "events" : "characters of events";
  return new AmiLimitError(
    `Cannot hold more than ${value} ${what}: ${advice}`,
    limit,
    value,
  );
}

/**
 * Returns what counts the events that are dropped while they wait for
 * `listen()`, and reports the first.
 *
 * @param limits The limits.
 * @param statistics Counts them.
 * @param report Takes the error.
 */
export function reportDrops(
  limits: Readonly<Record<HeldLimit, number>>,
  statistics: { framesDropped: number },
  report: (error: AmiLimitError) => void,
): EventGateOptions["onDrop"] {
  return (isFirst, limit) => {
    statistics.framesDropped++;
    if (!isFirst) return;
    report(
      tooManyHeld(
        limit,
        limits[limit],
        "call listen(), or set the option 'events' to false",
      ),
    );
  };
}

/** Holds events until they can be delivered. */
export class EventGate {
  readonly #options: EventGateOptions;
  /** The events that are held; `undefined` once the gate is open. */
  #held: Frame[] | undefined = [];
  /** The events that are being delivered, until that is done or given up. */
  #delivering: Frame[] | undefined;
  /** The memory that the held events take, as a number of characters. */
  #size = 0;
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
   * does right after that, are done.
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
    this.#size = 0;
    this.#held = this.#opening === undefined ? [] : undefined;
    clearTimeout(this.#opening);
    this.#opening = undefined;
  }
}
