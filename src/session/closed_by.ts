import { AmiClosedError } from "../errors.ts";

/** The reason why a session that was kept is closed. */
export interface ClosedBy {
  /** The reason, in words. */
  readonly text: string;
  /** The error, if it was one. */
  readonly error: unknown;
}

/**
 * Makes the error for a call that a closed session cannot serve.
 *
 * @param what The refusal, such as `Cannot send action "Ping"`.
 * @param closedBy The reason why it is closed.
 * @returns The error.
 */
export function closedError(
  what: string,
  { text, error }: ClosedBy,
): AmiClosedError {
  return new AmiClosedError(
    `${what} as this DAMI is closed: ${text}`,
    "not-sent",
    error === undefined ? undefined : { cause: error },
  );
}
