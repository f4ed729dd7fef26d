/** Options of {@linkcode delay}. */
export interface DelayOptions {
  /** Ends the wait early: the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** `true` if the timer keeps the process alive. */
  persistent?: boolean;
}

/** Resolves after a time (milliseconds). */
export function delay(ms: number, options?: DelayOptions): Promise<void>;
