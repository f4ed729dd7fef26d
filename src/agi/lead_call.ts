import { AmiClosedError, AmiConnectionError } from "../errors.ts";
import type { AgiCall } from "./agi_call.ts";
import { AgiCommandError, AgiHangupError } from "./errors.ts";

/**
 * Leads a call: it plays, asks, dials, and returns when it is done.
 *
 * @param call The call.
 */
export type AgiHandler = (call: AgiCall) => unknown;

/**
 * Runs a handler to its end. That the call ended under it is no failure of
 * the handler.
 *
 * @returns What it threw, if that is to be reported.
 */
export async function leadCall(
  handler: AgiHandler,
  call: AgiCall,
): Promise<{ error: unknown } | undefined> {
  try {
    await handler(call);
    return undefined;
  } catch (error) {
    const { aborted, reason } = call.signal;
    const isLoss = error instanceof AmiConnectionError ||
      error instanceof AmiClosedError || error === reason;
    const isDead = error instanceof AgiCommandError &&
      error.failure === "dead-channel";
    const isEnd = error instanceof AgiHangupError ||
      (aborted && (isLoss || isDead));
    return isEnd ? undefined : { error };
  }
}
