/**
 * Calls user code, and lets nothing that it throws through. What it returns is
 * not waited for; a promise that rejects counts as thrown.
 *
 * The context is handed on instead of being enclosed, as this runs for each
 * event of each listener.
 *
 * @param code The user code.
 * @param argument What it is given.
 * @param onFailure Takes what it threw or rejected with.
 * @param context What {@linkcode onFailure} is given besides.
 */
export function guardedCall<Argument, Context>(
  code: (argument: Argument) => unknown,
  argument: Argument,
  onFailure: (error: unknown, context: Context) => void,
  context: Context,
): void {
  try {
    const result = code(argument);
    if (result instanceof Promise) {
      result.catch((error: unknown) => onFailure(error, context));
    }
  } catch (error) {
    onFailure(error, context);
  }
}
