import { PatientTimer } from "../patient_timer.ts";

/** A `Ping` that was sent. */
export interface SentPing {
  /** A promise that resolves when it was answered. Never rejects. */
  readonly answered: Promise<unknown>;
  /** Forgets it. */
  cancel(): void;
}

/** The link that a {@linkcode KeepAlive} watches. */
export interface KeepAliveWatch {
  /** The silence after which a `Ping` is sent (milliseconds). */
  interval: number;
  /** The longest wait for its answer (milliseconds). */
  timeout: number;
  /** Returns the time of the last frame (milliseconds, as of `performance.now()`). */
  lastFrameAt: () => number;
  /** Reports whether an action of ours may keep the PBX silent. */
  isBlocked: () => boolean;
  /** Sends a `Ping`. */
  ping: () => SentPing;
  /** Called when the link is dead. */
  onDead: () => void;
}

/**
 * Detects a dead link that raises no error: a half-open connection, or a PBX
 * that hangs.
 *
 * A PBX that is silent because nothing happens answers a `Ping`, and any frame
 * is a sign of life. One that is silent because an action of ours blocks it
 * (`Originate` without `Async`, `WaitEvent`) is not asked until that is over:
 * it could not answer, and a `Ping` would end the `WaitEvent`.
 */
export class KeepAlive {
  readonly #link: KeepAliveWatch;
  /** Runs while the link is silent. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Runs while a `Ping` is unanswered. */
  #patience: PatientTimer | undefined;
  #ping: SentPing | undefined;
  /** The time of the last `Ping`; one that could not be sent is not tried again at once. */
  #askedAt = -Infinity;
  #stopped = false;

  /** @param watch The link to watch. */
  constructor(watch: KeepAliveWatch) {
    this.#link = watch;
    this.#watch();
  }

  /** Ends watching. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#patience?.stop();
    this.#ping?.cancel();
  }

  /** Waits until the link has been silent for the interval. */
  #watch(): void {
    if (this.#stopped) return;
    const { interval, lastFrameAt, isBlocked } = this.#link;
    const since = Math.max(lastFrameAt(), this.#askedAt);
    const left = since + interval - performance.now();
    if (left <= 0 && isBlocked()) {
      this.#timer = setTimeout(() => this.#watch(), interval);
    } else if (left <= 0) this.#ask();
    else this.#timer = setTimeout(() => this.#watch(), Math.ceil(left));
  }

  #ask(): void {
    const ping = this.#link.ping();
    this.#ping = ping;
    this.#askedAt = performance.now();
    this.#await(ping, this.#askedAt);
    ping.answered.then(() => {
      this.#patience?.stop();
      this.#ping = undefined;
      this.#watch();
    });
  }

  /** Waits for a sign of life, and as long again after each one. */
  #await(ping: SentPing, begin: number): void {
    this.#patience = new PatientTimer(this.#link.timeout, () => {
      if (this.#link.lastFrameAt() >= begin) {
        this.#await(ping, performance.now());
      } else {
        this.stop();
        this.#link.onDead();
      }
    });
  }
}
