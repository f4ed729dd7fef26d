import type { ReceivedAction } from "../server/received_action.ts";

/** The time a call may ring without `Timeout` (milliseconds). */
const DEFAULT_TIMEOUT = 30_000;

/** An `Originate` action, read. */
export interface OriginateOrder {
  actionId: string;
  /** The part of `Channel` before the slash. */
  technology: string;
  /** The part of `Channel` after the slash. */
  resource: string;
  context: string;
  exten: string;
  priority: number;
  application: string;
  data: string;
  /** The time it may ring (milliseconds). */
  timeout: number;
  callerIdNum: string;
  callerIdName: string;
  accountCode: string;
  /** The wished-for `Uniqueid`. */
  channelId: string;
  variables: readonly (readonly [name: string, value: string])[];
  /** Reports the result as an event. */
  isAsync: boolean;
}

/**
 * Reads an `Originate` action with the checks of `action_originate()`
 * (main/manager.c).
 *
 * @returns The order, or the text of the error that Asterisk answers.
 */
export function readOriginate(action: ReceivedAction): OriginateOrder | string {
  const channel = action.get("Channel") ?? "";
  const priority = action.get("Priority") ?? "";
  const timeout = action.get("Timeout") ?? "";
  const application = action.get("Application") ?? "";
  const exten = action.get("Exten") ?? "";
  const context = action.get("Context") ?? "";
  const isAsync = /^(yes|true|y|t|1|on)$/i.test(action.get("Async") ?? "");
  if (channel === "") return "Channel not specified";
  if (priority !== "" && !/^\s*\d/.test(priority)) return "Invalid priority";
  if (timeout !== "" && !/^\s*-?\d/.test(timeout)) return "Invalid timeout";
  const slash = channel.indexOf("/");
  if (slash === -1) return "Invalid channel";
  const isComplete = exten !== "" && context !== "" && priority !== "";
  if (!isAsync && application === "" && !isComplete) {
    return "Originate with 'Exten' requires 'Context' and 'Priority'";
  }
  const { num, name } = readCallerId(action.get("CallerID") ?? "");
  return {
    actionId: action.actionId,
    technology: channel.slice(0, slash),
    resource: channel.slice(slash + 1),
    context,
    exten,
    priority: priority === "" ? 1 : Number.parseInt(priority, 10),
    application,
    data: action.get("Data") ?? "",
    timeout: timeout === "" ? DEFAULT_TIMEOUT : Number.parseInt(timeout, 10),
    callerIdNum: num,
    callerIdName: name,
    accountCode: action.get("Account") ?? "",
    channelId: action.get("ChannelId") ?? "",
    variables: action.getAll("Variable").flatMap(readVariables),
    isAsync,
  };
}

/** Reads `Name <number>`, `"Name" <number>` or a number alone. */
export function readCallerId(text: string): { num: string; name: string } {
  const match = /^\s*"?(.*?)"?\s*<([^>]*)>\s*$/.exec(text);
  if (match !== null) return { num: match[2] ?? "", name: match[1] ?? "" };
  const isNumber = /^[0-9*#+]+$/.test(text);
  return isNumber ? { num: text, name: "" } : { num: "", name: text };
}

/**
 * Splits `a=1,b=2` at its commas, where parentheses, brackets, quotes and
 * backslashes shield a comma (`astman_get_variables_full()`, main/manager.c).
 */
function readVariables(text: string): (readonly [string, string])[] {
  const items: string[] = [];
  let item = "";
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === "\\") {
      item += text.charAt(++index);
    } else if (character === '"') {
      isQuoted = !isQuoted;
    } else if (character === "," && depth === 0 && !isQuoted) {
      items.push(item);
      item = "";
    } else {
      if (character === "(" || character === "[") depth++;
      if (character === ")" || character === "]") depth--;
      item += character;
    }
  }
  items.push(item);
  return items.flatMap((pair) => {
    const equals = pair.indexOf("=");
    if (pair === "") return [];
    if (equals === -1) return [[pair, ""]];
    return [[pair.slice(0, equals), pair.slice(equals + 1)]];
  });
}
