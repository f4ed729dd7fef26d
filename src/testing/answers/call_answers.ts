import { Reason } from "../calls/call_events.ts";
import type { Channel } from "../calls/channel.ts";
import { findExtension } from "../calls/dialplan.ts";
import { readOriginate } from "../calls/originate_order.ts";
import type { Pbx } from "../calls/pbx.ts";
import { errorFrame } from "../server/frame_writer.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";
import { list } from "./list_answers.ts";

/** Hangs up a channel, or all whose names a regular expression matches. */
export function hangup({ calls }: Pbx, action: ReceivedAction): AmiAnswer {
  const name = action.get("Channel") ?? "";
  if (name === "") return errorFrame("No channel specified");
  const cause = Number.parseInt(action.get("Cause") ?? "", 10);
  // Without a cause Asterisk takes 16 (action_hangup(), main/manager.c).
  const isCause = cause >= 0 && cause <= 127;
  const hangUp = (name: string) => calls.hangUp(name, isCause ? cause : 16);
  const [, pattern] = /^\/(.*)\/$/.exec(name) ?? [];
  if (pattern !== undefined) return hangUpAll(calls.channels, pattern, hangUp);
  if (!hangUp(name)) return errorFrame("No such channel");
  return { Response: "Success", Message: "Channel Hungup" };
}

/** Hangs up every channel whose name a regular expression matches. */
function hangUpAll(
  channels: readonly Channel[],
  pattern: string,
  hangUp: (name: string) => void,
): AmiAnswer {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern);
  } catch {
    return errorFrame("Regex format invalid, Channel param is invalid");
  }
  const items = channels.filter(({ name }) => expression.test(name)).map(
    ({ name }) => {
      hangUp(name);
      return { Event: "ChannelHungup", Channel: name };
    },
  );
  const message = "Channels hung up will follow";
  return list(message, items, "ChannelsHungupListComplete");
}

/** Calls a channel, and reports the outcome by an event or as the answer. */
export function originate(
  { calls, options }: Pbx,
  action: ReceivedAction,
): AmiAnswer | Promise<AmiAnswer> {
  const order = readOriginate(action);
  if (typeof order === "string") return errorFrame(order);
  const { context, exten, priority } = order;
  const hasPriority = (action.get("Priority") ?? "") !== "";
  if (context !== "" && exten !== "" && hasPriority) {
    const steps = findExtension(options, exten) ?? [];
    if (steps.length < priority && !options.isAnyExtension) {
      return errorFrame("Extension does not exist.");
    }
  }
  const queued = {
    Response: "Success",
    Message: "Originate successfully queued",
  };
  const outcome = calls.originate(order);
  if (order.isAsync) return queued;
  return outcome.then((reason) =>
    reason === Reason.answered ? queued : errorFrame("Originate failed")
  );
}

/** Sends one channel or two to another place of the dialplan (`action_redirect()`, main/manager.c). */
export function redirect({ calls }: Pbx, action: ReceivedAction): AmiAnswer {
  const get = (header: string) => action.get(header) ?? "";
  const [name, extra] = [get("Channel"), get("ExtraChannel")];
  if (name === "") return errorFrame("Channel not specified");
  const [context, exten] = [get("Context"), get("Exten")];
  if (context === "") return errorFrame("Context not specified");
  if (exten === "") return errorFrame("Exten not specified");
  const priority = priorityOf(get("Priority"));
  if (typeof priority === "string") return errorFrame(priority);
  const channel = calls.find(name);
  if (channel === undefined) {
    return errorFrame(`Channel does not exist: ${name}`);
  }
  const place = { context, exten, priority };
  if (extra === "") {
    return calls.redirect(channel, place)
      ? { Response: "Success", Message: "Redirect successful" }
      : errorFrame("Redirect failed");
  }
  const extraPriority = priorityOf(get("ExtraPriority") || get("Priority"));
  if (typeof extraPriority === "string") return errorFrame(extraPriority);
  const other = calls.find(extra);
  if (other === undefined) {
    return errorFrame(`ExtraChannel does not exist: ${extra}`);
  }
  const otherPlace = {
    context: get("ExtraContext") || context,
    exten: get("ExtraExten") || exten,
    priority: extraPriority,
  };
  return calls.redirect(channel, place) && calls.redirect(other, otherPlace)
    ? { Response: "Success", Message: "Dual Redirect successful" }
    : errorFrame("Redirect failed");
}

/** Reads a priority; returns the refusal if it is not one. */
function priorityOf(text: string): number | string {
  if (text === "") return "Priority not specified";
  const priority = Number(text);
  return Number.isInteger(priority) && priority > 0
    ? priority
    : "Priority is invalid";
}

/** Sends the channel that one talks to elsewhere (`action_blind_transfer()`, main/manager.c). */
export function blindTransfer(
  { calls }: Pbx,
  action: ReceivedAction,
): AmiAnswer {
  const name = action.get("Channel") ?? "";
  const exten = action.get("Exten") ?? "";
  if (name === "") return errorFrame("No channel specified");
  if (exten === "") return errorFrame("No extension specified");
  const channel = calls.find(name);
  if (channel === undefined) {
    return errorFrame("Channel specified does not exist");
  }
  // Without a context, that of the channel counts.
  const context = action.get("Context") || channel.context;
  return calls.blindTransfer(channel, context, exten)
    ? { Response: "Success", Message: "Transfer succeeded" }
    : errorFrame("Transfer invalid");
}

/** Lets two channels talk to each other (`action_bridge()`, main/features.c). */
export function bridge({ calls }: Pbx, action: ReceivedAction): AmiAnswer {
  const names = [action.get("Channel1") ?? "", action.get("Channel2") ?? ""];
  if (names.includes("")) {
    return errorFrame("Missing channel parameter in request");
  }
  const [one, two] = names.map((name) => calls.find(name));
  if (one === undefined) {
    return errorFrame(`Channel1 does not exist: ${names[0]}`);
  }
  if (two === undefined) {
    return errorFrame(`Channel2 does not exist: ${names[1]}`);
  }
  return one !== two && calls.bridge(one, two)
    ? { Response: "Success", Message: "Channels have been bridged" }
    : errorFrame("Unable to add Channel2 to bridge");
}
