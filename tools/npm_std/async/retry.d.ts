/** Thrown when the attempts are used up; the cause is the last error. */
export class RetryError extends Error {
  constructor(cause: unknown, attempts: number);
}

/** Options of {@linkcode retry}. */
export interface RetryOptions {
  /** By how much the delay grows. */
  multiplier?: number;
  /** The longest delay (milliseconds). */
  maxTimeout?: number;
  /** The number of attempts. */
  maxAttempts?: number;
  /** The first delay (milliseconds). */
  minTimeout?: number;
  /** The random part of the delay, from 0 to 1. */
  jitter?: number;
  /** `true` if an error is worth another attempt. */
  isRetriable?: (err: unknown) => boolean;
  /** Ends the attempts. */
  signal?: AbortSignal;
}

/** Calls a function until it does not throw. */
export function retry<T>(
  fn: (() => Promise<T>) | (() => T),
  options?: RetryOptions,
): Promise<T>;
