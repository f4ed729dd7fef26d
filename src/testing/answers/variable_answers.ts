import { timestamp } from "../calls/call_events.ts";
import { type Channel, escaped } from "../calls/channel.ts";
import { readFunction, writeFunction } from "../calls/functions.ts";
import type { Pbx } from "../calls/pbx.ts";
import { errorFrame } from "../server/frame_writer.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";

/** The variable of an action, and the channel that it belongs to, if it names one. */
interface Subject {
  readonly name: string;
  readonly channel: Channel | undefined;
}

/** Reads the channel and the name of a variable; returns the refusal if they are wrong (`action_setvar()`, main/manager.c). */
function subjectOf({ calls }: Pbx, action: ReceivedAction): Subject | string {
  const name = action.get("Variable") ?? "";
  if (name === "") return "No variable specified";
  const wanted = action.get("Channel") ?? "";
  if (wanted === "") return { name, channel: undefined };
  const channel = calls.find(wanted);
  return channel === undefined ? "No such channel" : { name, channel };
}

/** Sets a variable of a channel or what a function of it stands for, or a global variable. */
export function setvar(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const subject = subjectOf(pbx, action);
  if (typeof subject === "string") return errorFrame(subject);
  const { name, channel } = subject;
  const value = action.get("Value") ?? "";
  const isFunction = name.endsWith(")");
  if (channel !== undefined && isFunction) {
    // What a function sets is reported by an event of its own, if at all.
    if (!writeFunction(pbx.calls.events, channel, name, value)) {
      return errorFrame("Variable not set");
    }
  } else if (channel === undefined) {
    pbx.variables.set(name, value);
    pbx.emit({
      Event: "VarSet",
      Privilege: "dialplan,all",
      Timestamp: pbx.options.timestamps ? timestamp() : [],
      // The text that Asterisk uses in place of a channel (`varset_to_ami()`, main/stasis_channels.c).
      Channel: "none",
      Uniqueid: "none",
      Variable: name,
      Value: escaped(value),
    });
  } else {
    channel.variables.set(name, value);
    pbx.calls.events.varSet(channel, name, value);
  }
  return { Response: "Success", Message: "Variable Set" };
}

/** Returns a variable of a channel or a global one, or the value of a function; a missing one is empty. */
export function getvar(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const subject = subjectOf(pbx, action);
  if (typeof subject === "string") return errorFrame(subject);
  const { name, channel } = subject;
  // The variables of a channel come first, as in the dialplan.
  const Value = (channel && readFunction(channel, name)) ??
    channel?.variables.get(name) ?? pbx.variables.get(name) ?? "";
  return { Response: "Success", Variable: name, Value };
}
