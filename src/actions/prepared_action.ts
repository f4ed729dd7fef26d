import type { Encoding } from "../wire/encoding.ts";
import { type ActionData, encodeAction, givenActionId } from "./action.ts";
import type { ActionIds, ActionKey } from "./action_ids.ts";
import { mayBlock } from "./blocking_actions.ts";

/** An action as it will be written: nothing is read from the caller's data after this. */
export interface PreparedAction {
  /** The action's name. */
  readonly action: string;
  /** The key of its ActionID. */
  readonly key: ActionKey;
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

/**
 * Prepares an action to be written, now or later.
 *
 * @param action The action's name.
 * @param data Its headers, which the caller may change afterwards.
 * @param encoding The encoding of the connection.
 * @param ids The ActionIDs of the client; the next is taken where the data has none.
 * @returns The action.
 * @throws {TypeError | RangeError} If it cannot be sent as it is.
 */
export function prepareAction(
  action: string,
  data: ActionData,
  encoding: Encoding,
  ids: ActionIds,
): PreparedAction {
  const given = givenActionId(action, data);
  const key = given === undefined ? ids.next() : ids.keyOf(given);
  return {
    action,
    key,
    text: encodeAction(action, ids.textOf(key), data, encoding),
    mayBlock: mayBlock(action, data),
  };
}
