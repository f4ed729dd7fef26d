import type { Pbx } from "../calls/pbx.ts";
import type { ClientConnection } from "../server/client_connection.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";

/**
 * Waits for an event, the next action or the end of the time, and answers with
 * the events that came (`action_waitevent()`, main/manager.c). An event that the
 * mask drops ends the wait as well, without being sent.
 */
export async function waitEvent(
  _pbx: Pbx,
  action: ReceivedAction,
  client: ClientConnection,
): Promise<AmiAnswer> {
  await client.waitForEvent(timeoutOf(action.get("Timeout") ?? ""));
  client.answer(action, {
    Response: "Success",
    Message: "Waiting for Event completed.",
  });
  client.releaseEvents();
  return { Event: "WaitEventComplete" };
}

/** Reads a number of seconds; anything else, or a negative one, waits for ever. */
function timeoutOf(text: string): number {
  const seconds = Number.parseInt(text, 10);
  return seconds >= 0 ? seconds * 1_000 : Infinity;
}
