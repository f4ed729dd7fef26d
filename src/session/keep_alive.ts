/** A `Ping` that was sent. */
export interface SentPing {
  /** Resolves when it was answered. Never rejects. */
  readonly answered: Promise<unknown>;
  /** Forgets it. */
  cancel(): void;
}

/** Options of {@linkcode KeepAlive}. */
export interface KeepAliveOptions {
  /** After how much silence a `Ping` is sent (milliseconds). */
  interval: number;
  /** How long its answer may take (milliseconds). */
  timeout: number;
  /** When the last frame was received (milliseconds, as of `performance.now()`). */
  lastFrameAt: () => number;
  /** Whether an action of ours may be what keeps the PBX silent. */
  isBlocked: () => boolean;
  /** Sends a `Ping`. */
  ping: () => SentPing;
  /** Told when the link is dead. */
  onDead: () => void;
}

/**
 * Finds a link that is dead although no error says so: a half-open
 * connection, or a PBX that hangs.
 *
 * A PBX that is silent because nothing happens answers a `Ping`, and any frame
 * is a sign of life. One that is silent because an action of ours blocks it
 * (`Originate` without `Async`, `WaitEvent`) is not asked until that is over: it
 * could not answer, and a `Ping` would end the `WaitEvent`.
 */
export class KeepAlive {
  readonly #options: KeepAliveOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ping: SentPing | undefined;
  /** When the last `Ping` was sent; one that could not be sent is not tried again at once. */
  #askedAt = -Infinity;
  #stopped = false;

  /** @param options What to watch. */
  constructor(options: KeepAliveOptions) {
    this.#options = options;
    this.#watch();
  }

  /** Ends watching. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#ping?.cancel();
  }

  /** Waits until it has been silent for the interval. */
  #watch(): void {
    if (this.#stopped) return;
    const { interval, lastFrameAt, isBlocked } = this.#options;
    const since = Math.max(lastFrameAt(), this.#askedAt);
    const left = since + interval - performance.now();
    if (left <= 0 && isBlocked()) {
      this.#timer = setTimeout(() => this.#watch(), interval);
    } else if (left <= 0) this.#ask();
    else this.#timer = setTimeout(() => this.#watch(), Math.ceil(left));
  }

  #ask(): void {
    const ping = this.#options.ping();
    this.#ping = ping;
    this.#askedAt = performance.now();
    this.#await(ping, this.#askedAt);
    ping.answered.then(() => {
      clearTimeout(this.#timer);
      this.#ping = undefined;
      this.#watch();
    });
  }

  /** Waits for a sign of life, and for as long again after any. */
  #await(ping: SentPing, begin: number): void {
    this.#timer = setTimeout(() => {
      if (this.#options.lastFrameAt() >= begin) {
        this.#await(ping, performance.now());
      } else {
        this.stop();
        this.#options.onDead();
      }
    }, this.#options.timeout);
  }
}
