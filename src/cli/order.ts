import type { ActionData } from "../../mod.ts";
import { UsageError } from "./failures/command_error.ts";

/** An action that the command line asks for. */
export interface Order {
  /** The name of the action. */
  action: string;
  /** Its headers. */
  data: ActionData;
}

/**
 * Reads an action and its headers.
 *
 * @param words The words after the command, without options.
 * @returns The action.
 * @throws {UsageError} If a word is not a header.
 */
export function readOrder(words: readonly string[]): Order {
  const [action, ...rest] = words;
  if (action === undefined) {
    throw new UsageError(
      "No action was given: name one, such as dami do CoreStatus",
    );
  }
  const isCommand = action.toLowerCase() === "command";
  if (isCommand && rest.length > 0 && !rest.some(isCommandHeader)) {
    return { action, data: { Command: rest.join(" ") } };
  }
  const headers = new Map<string, string[]>();
  for (const word of rest) {
    const at = word.indexOf("=");
    if (at < 1) {
      throw new UsageError(
        `'${word}' is not a header: write Header=value, such as Queue=support`,
      );
    }
    const name = word.slice(0, at);
    headers.set(name, [...headers.get(name) ?? [], word.slice(at + 1)]);
  }
  const data: ActionData = {};
  for (const [name, values] of headers) {
    const [first = ""] = values;
    data[name] = values.length === 1 ? first : values;
  }
  return { action, data };
}

/** Reports whether the command of the console is written as a header, like those of other actions. */
function isCommandHeader(word: string): boolean {
  return /^(command|actionid)=/i.test(word);
}
