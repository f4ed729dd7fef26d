import type { ReceivedAction } from "../server/received_action.ts";
import type { RecordedExchange } from "./recorded_session.ts";

/** The headers that two actions must have in common to be the same. */
function comparable(action: ReceivedAction): string {
  return action.headers
    .map(([name, value]) => `${name.toLowerCase()}:${value}`)
    .filter((line) => !/^action(?:id)?:/.test(line))
    .toSorted()
    .join("\n");
}

/** A recorded exchange, and the headers of its action to be compared. */
interface Answered {
  exchange: RecordedExchange;
  headers: string;
}

/**
 * Finds the recorded answer to an action, for one client. Repeated actions are
 * answered in the recorded order, and with the last answer from then
 * on.
 */
export class RecordedAnswers {
  readonly #byName = new Map<string, Answered[]>();
  readonly #given = new Set<RecordedExchange>();

  /**
   * Takes the recorded exchanges.
   *
   * @param exchanges The actions and their answers, in order.
   */
  constructor(exchanges: readonly RecordedExchange[]) {
    for (const exchange of exchanges) {
      if (exchange.frames.length === 0) continue;
      const key = exchange.action.name.toLowerCase();
      const answered = { exchange, headers: comparable(exchange.action) };
      const same = this.#byName.get(key);
      if (same === undefined) this.#byName.set(key, [answered]);
      else same.push(answered);
    }
  }

  /**
   * Finds the answer to an action of the same name, and of the same headers if
   * there is one.
   *
   * @param action The action of the client.
   * @returns What was recorded; `undefined` if there is no such action.
   */
  next(action: ReceivedAction): RecordedExchange | undefined {
    const named = this.#byName.get(action.name.toLowerCase()) ?? [];
    const wanted = comparable(action);
    const same = named.filter(({ headers }) => headers === wanted);
    const candidates = same.length > 0 ? same : named;
    const found =
      candidates.find(({ exchange }) => !this.#given.has(exchange)) ??
        candidates.at(-1);
    if (found !== undefined) this.#given.add(found.exchange);
    return found?.exchange;
  }
}

/**
 * Puts another ActionID in the place of the recorded one.
 *
 * @param frame A frame of the answer, its bytes as characters.
 * @param recorded The ActionID of the recorded action; empty if it had none.
 * @param wanted The ActionID of the client's action, as bytes in characters;
 * empty if it has none.
 * @returns The frame for the client.
 */
export function withActionId(
  frame: string,
  recorded: string,
  wanted: string,
): string {
  if (recorded !== "") {
    return frame.replace(
      /^(ActionID: ?)[^\r\n]*(\r?\n)/im,
      (_line, name: string, end: string) =>
        wanted === "" ? "" : `${name}${wanted}${end}`,
    );
  }
  // Asterisk returns none if none was sent, and otherwise in the second
  // line (astman_send_response_full() of main/manager.c).
  return wanted === "" ? frame : frame.replace(
    /^(?:Response|Event):[^\r\n]*(\r?\n)/i,
    (line, end: string) => `${line}ActionID: ${wanted}${end}`,
  );
}
