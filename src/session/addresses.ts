import { AmiConnectionError } from "../errors.ts";
import { Session } from "./session.ts";
import type { SessionContext } from "./session_context.ts";

/** Makes the error for a PBX that answers at none of its addresses. */
function noAddress(errors: readonly AmiConnectionError[]): AmiConnectionError {
  const messages = errors.map(({ message }) => message).join("; ");
  // A missing permission for one is no reason to give up the others.
  const { failure } =
    errors.find(({ failure }) => failure !== "not-permitted") ??
      { failure: "not-permitted" };
  return new AmiConnectionError(messages, {
    failure,
    cause: new AggregateError(errors, messages),
  });
}

/**
 * Connects to the first address of the PBX that greets as a manager interface.
 *
 * @param context The part that the session shares with others.
 * @param onLost Called when the session is lost, before the callers that waited for an answer are rejected.
 * @param signal Gives the attempt up.
 * @returns The session, not logged in.
 * @throws {AmiConnectionError} If none of the addresses can be used.
 * @throws The signal's reason, if it is aborted.
 */
export async function openFirst(
  context: SessionContext,
  onLost: (error: AmiConnectionError, session: Session) => void,
  signal: AbortSignal,
): Promise<Session> {
  const errors: AmiConnectionError[] = [];
  for (const address of context.options.addresses) {
    const options = { ...context.options, ...address };
    try {
      return await Session.open({ ...context, options }, onLost, signal);
    } catch (error) {
      if (!(error instanceof AmiConnectionError)) throw error;
      errors.push(error);
    }
  }
  const [only, ...others] = errors;
  throw only !== undefined && others.length === 0 ? only : noAddress(errors);
}
