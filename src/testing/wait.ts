/**
 * Waits for a time.
 *
 * @param duration The time (milliseconds).
 * @param signal Ends the wait early: it then rejects with the signal's reason.
 */
export function wait(duration: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, duration);
    function stop(): void {
      clearTimeout(timer);
      reject(signal.reason);
    }
    signal.addEventListener("abort", stop, { once: true });
  });
}
