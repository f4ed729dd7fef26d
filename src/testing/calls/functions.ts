import type { CallEvents } from "./call_events.ts";
import { type Channel, UNKNOWN } from "./channel.ts";
import { readCallerId } from "./originate_order.ts";

/** A text of a channel that may be unknown. */
function known(text: string): string {
  return text === UNKNOWN ? "" : text;
}

/** The functions of the dialplan and the built-in variables, by their names. */
const READERS: ReadonlyMap<string, (channel: Channel) => string> = new Map<
  string,
  (channel: Channel) => string
>([
  [
    "CALLERID(all)",
    ({ callerIdName: name, callerIdNum: number }) =>
      `"${known(name)}" <${known(number)}>`,
  ],
  ["CALLERID(name)", ({ callerIdName }) => known(callerIdName)],
  ["CALLERID(num)", ({ callerIdNum }) => known(callerIdNum)],
  ["CALLERID(number)", ({ callerIdNum }) => known(callerIdNum)],
  ["CHANNEL", ({ name }) => name],
  ["CHANNEL(accountcode)", ({ accountCode }) => accountCode],
  ["CHANNEL(context)", ({ context }) => context],
  ["CHANNEL(exten)", ({ exten }) => exten],
  ["CHANNEL(language)", ({ language }) => language],
  ["CHANNEL(linkedid)", ({ linkedid }) => linkedid],
  ["CHANNEL(name)", ({ name }) => name],
  ["CHANNEL(state)", ({ stateText }) => stateText],
  ["CHANNEL(uniqueid)", ({ uniqueid }) => uniqueid],
  ["CONNECTEDLINE(name)", ({ connectedLineName }) => known(connectedLineName)],
  ["CONNECTEDLINE(num)", ({ connectedLineNum }) => known(connectedLineNum)],
  ["CONTEXT", ({ context }) => context],
  ["EXTEN", ({ exten }) => exten],
  ["PRIORITY", ({ priority }) => `${priority}`],
  ["UNIQUEID", ({ uniqueid }) => uniqueid],
]);

/** Returns the value of a function; `undefined` if it is not played. */
export function readFunction(
  channel: Channel,
  name: string,
): string | undefined {
  return READERS.get(name)?.(channel);
}

/**
 * Sets what a function stands for.
 *
 * @returns `false` if it cannot be set.
 */
export function writeFunction(
  events: CallEvents,
  channel: Channel,
  name: string,
  value: string,
): boolean {
  const { callerIdNum, callerIdName } = channel;
  switch (name) {
    case "CALLERID(all)": {
      const caller = readCallerId(value);
      channel.callerIdNum = caller.num || UNKNOWN;
      channel.callerIdName = caller.name || UNKNOWN;
      break;
    }
    case "CALLERID(name)":
      channel.callerIdName = value || UNKNOWN;
      break;
    case "CALLERID(num)":
    case "CALLERID(number)":
      channel.callerIdNum = value || UNKNOWN;
      break;
    case "CHANNEL(accountcode)":
      channel.accountCode = value;
      return true;
    case "CHANNEL(language)":
      channel.language = value;
      return true;
    default:
      return false;
  }
  const isNew = callerIdNum !== channel.callerIdNum ||
    callerIdName !== channel.callerIdName;
  if (isNew) events.newCallerid(channel);
  return true;
}
