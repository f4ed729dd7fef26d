/** Waits for a promise, but not for ever. */
export async function within<T>(
  promise: Promise<T>,
  milliseconds = 5_000,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`Not settled within ${milliseconds} ms`)),
    milliseconds,
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until a condition holds, but not for ever. */
export async function until(
  condition: () => boolean,
  milliseconds = 5_000,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!condition()) {
    if (performance.now() > deadline) {
      throw new Error(`Did not come true within ${milliseconds} ms`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
