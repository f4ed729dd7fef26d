import type { ClientConnection } from "../server/client_connection.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";

/** The actions that run before the login (`process_message()`, main/manager.c). */
export const BEFORE_LOGIN: ReadonlySet<string> = new Set([
  "login",
  "challenge",
  "logoff",
]);

/** What an {@linkcode AmiServer} answers by itself, without a script. */
export interface Answerer {
  /** The names of the actions that it answers, as Asterisk writes them. */
  readonly actionNames: Iterable<string>;

  /**
   * Gives the answer to an action.
   *
   * @param action The action.
   * @param client The connection it came on.
   */
  answer(
    action: ReceivedAction,
    client: ClientConnection,
  ): AmiAnswer | Promise<AmiAnswer>;
}
