import { type Answerer, BEFORE_LOGIN } from "./scripts.ts";
import type { ClientConnection } from "../server/client_connection.ts";
import { errorFrame } from "../server/frame_writer.ts";
import type { Pbx } from "../calls/pbx.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";
import { STANDARD_ANSWERS } from "./standard_answers.ts";

const STANDARD_BY_KEY = new Map(
  [...STANDARD_ANSWERS].map(([name, answer]) => [name.toLowerCase(), answer]),
);

/** The answers of the embedded PBX. */
export class PbxAnswers implements Answerer {
  readonly #pbx: Pbx;

  constructor(pbx: Pbx) {
    this.#pbx = pbx;
  }

  get actionNames(): Iterable<string> {
    return STANDARD_ANSWERS.keys();
  }

  answer(
    action: ReceivedAction,
    client: ClientConnection,
  ): AmiAnswer | Promise<AmiAnswer> {
    const { name } = action;
    if (name === "") return errorFrame("Missing action in request");
    const key = name.toLowerCase();
    if (!client.loggedIn && !BEFORE_LOGIN.has(key)) {
      return errorFrame("Permission denied");
    }
    const answer = STANDARD_BY_KEY.get(key);
    if (answer !== undefined) return answer(this.#pbx, action, client);
    return errorFrame(
      `Invalid/unknown command: ${name}. ` +
        "Use Action: ListCommands to show available commands.",
    );
  }
}
