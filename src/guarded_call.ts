/**
 * Calls user code, and lets nothing that it throws through. A promise that it
 * returns is not waited for; one that rejects counts as thrown.
 *
 * The context is passed instead of being enclosed, as this runs for each event
 * of each listener.
 *
 * @param code The user code.
 * @param argument Its argument.
 * @param onFailure Takes what it threw or rejected with. It must not throw.
 * @param context The second argument of {@linkcode onFailure}.
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
