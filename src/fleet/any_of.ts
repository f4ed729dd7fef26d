import {
  AmiClosedError,
  AmiConnectionError,
  AmiTimeoutError,
  type ConnectionFailure,
} from "../errors.ts";

/** A PBX that may be asked. */
export interface Candidate<Client> {
  /** Its name. */
  readonly name: string;
  /** Its client. */
  readonly client: Client;
  /** Makes the error of a PBX that is not logged in. */
  notConnected(): Error;
}

/** Reports whether an error says that not one byte of the action was written. */
function isNotSent(error: unknown): error is Error {
  const hasOutcome = error instanceof AmiConnectionError ||
    error instanceof AmiClosedError || error instanceof AmiTimeoutError;
  return hasOutcome && error.outcome === "not-sent";
}

function failureOf(errors: readonly Error[]): ConnectionFailure {
  const last = errors.findLast((error) => error instanceof AmiConnectionError);
  return last?.failure ?? "lost";
}

/**
 * Runs a function with one PBX after another, until one of them was sent the
 * action.
 *
 * @param candidates The PBXs, in the order in which they are tried.
 * @param run Sends the action.
 * @returns The result of the first function that did not fail with the outcome `"not-sent"`.
 * @throws {AmiConnectionError} If no PBX could be sent the action; `cause` holds the error of each.
 * @throws The error of the function, if the action may have been sent.
 */
export async function anyOf<Client extends { readonly state: string }, Result>(
  candidates: Iterable<Candidate<Client>>,
  run: (client: Client, pbx: string) => Promise<Result>,
): Promise<Result> {
  const errors: Error[] = [];
  for (const candidate of candidates) {
    const { client, name } = candidate;
    // To wait until it is reconnected would keep the next one waiting.
    if (client.state !== "ready") {
      errors.push(candidate.notConnected());
      continue;
    }
    try {
      return await run(client, name);
    } catch (error) {
      if (!isNotSent(error)) throw error;
      errors.push(error);
    }
  }
  const messages = errors.map(({ message }) => message).join("; ");
  throw new AmiConnectionError(
    errors.length === 0
      ? "Cannot send the action as no PBX was named"
      : `Cannot send the action to any PBX: ${messages}`,
    {
      failure: failureOf(errors),
      outcome: "not-sent",
      cause: new AggregateError(errors, messages),
    },
  );
}
