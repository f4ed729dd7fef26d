import type { Encoding } from "../wire/encoding.ts";
import { type ActionData, encodeAction, givenActionId } from "./action.ts";
import { mayBlock } from "./blocking_actions.ts";

/** An action as it will be written: nothing is read from the caller's data after this. */
export interface PreparedAction {
  /** The action's name. */
  readonly action: string;
  /** Its ActionID. */
  readonly actionId: string;
  /** The text to write. */
  readonly text: string;
  /** `true` if the PBX may be silent while it runs it. */
  readonly mayBlock: boolean;
}

/**
 * Returns the headers of an action as they are sent.
 *
 * @param prepared The action.
 * @returns The headers; of one that repeats, the last.
 */
export function headersOf({ text }: PreparedAction): ActionData {
  return Object.fromEntries(
    text.split("\r\n").map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
}

/** Makes ActionIDs that are used only once. */
export class ActionIds {
  readonly #prefix = unguessablePrefix();
  #count = 0;

  /**
   * Makes the next one.
   *
   * @returns The ActionID.
   */
  next(): string {
    return this.#prefix + ++this.#count;
  }
}

/** Makes a prefix that other users of the PBX cannot guess: others see an ActionID only once it is in use. */
function unguessablePrefix(): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  const digits = Array.from(
    random,
    (part) => part.toString(16).padStart(8, "0"),
  );
  return `dami-${digits.join("")}-`;
}

/**
 * Prepares an action to be written, now or later.
 *
 * @param action The action's name.
 * @param data Its headers, which the caller may change afterwards.
 * @param encoding The encoding of the connection.
 * @param ids Makes the ActionID, where the data has none.
 * @returns The action.
 * @throws {TypeError | RangeError} If it cannot be sent as it is.
 */
export function prepareAction(
  action: string,
  data: ActionData,
  encoding: Encoding,
  ids: ActionIds,
): PreparedAction {
  const actionId = givenActionId(action, data) ?? ids.next();
  return {
    action,
    actionId,
    text: encodeAction(action, actionId, data, encoding),
    mayBlock: mayBlock(action, data),
  };
}
