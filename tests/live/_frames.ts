/**
 * Events and list items as Asterisk sends them.
 *
 * @module
 */

import type { DAMIData } from "../../src/data.ts";
import type { FrameContext } from "../../src/live/records/frame_context.ts";
import { Texts } from "../../src/live/records/texts.ts";
import { DataParser } from "../../src/wire/data_parser.ts";

/** The headers of a frame, to be read by DAMI or to be sent by the embedded PBX. */
export type Headers = Record<string, string | number>;

/** The time of an event, where a test does not say otherwise. */
export const AT = 1_795_364_878_000;

/** The circumstances of a frame. */
export function context(at = AT): FrameContext {
  return { at, texts: new Texts() };
}

/**
 * The 14 headers of a channel.
 *
 * @param uniqueid What identifies it, such as `100.1`.
 * @param headers What is other than usual.
 */
export function leg(uniqueid: string, headers: Headers = {}): Headers {
  return {
    Channel: `PJSIP/${uniqueid}-0000000a`,
    ChannelState: 6,
    ChannelStateDesc: "Up",
    CallerIDNum: "<unknown>",
    CallerIDName: "<unknown>",
    ConnectedLineNum: "<unknown>",
    ConnectedLineName: "<unknown>",
    Language: "en",
    AccountCode: "",
    Context: "default",
    Exten: "100",
    Priority: 1,
    Uniqueid: uniqueid,
    Linkedid: uniqueid,
    ...headers,
  };
}

/** The headers of a bridge. */
export function room(id: string, headers: Headers = {}): Headers {
  return {
    BridgeUniqueid: id,
    BridgeType: "basic",
    BridgeTechnology: "simple_bridge",
    BridgeCreator: "<unknown>",
    BridgeName: "<unknown>",
    BridgeNumChannels: 0,
    BridgeVideoSourceMode: "none",
    ...headers,
  };
}

/** The same headers with another name: `Uniqueid` becomes `ParkeeUniqueid`. */
export function prefixed(prefix: string, headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`${prefix}${name}`, value]),
  );
}

/** An event, with its headers in the order of the parts. */
export function event(name: string, ...parts: Headers[]): Headers {
  const frame: Headers = { Event: name, Privilege: "call,all" };
  for (const part of parts) Object.assign(frame, part);
  return frame;
}

/** Headers of a channel that nobody has called yet. */
export const DOWN: Headers = { ChannelState: 0, ChannelStateDesc: "Down" };

/** Headers of a channel that rings. */
export const RINGING: Headers = {
  ChannelState: 5,
  ChannelStateDesc: "Ringing",
};

/** The one who calls. */
export const ALICE = leg("1.1", { Channel: "PJSIP/alice-00000001" });

/** The one who is called. */
export const BOB = leg("1.2", {
  Channel: "PJSIP/bob-00000002",
  Linkedid: "1.1",
});

/** A channel enters a basic bridge. */
export function enter(id: string, ...headers: Headers[]): Headers {
  return event("BridgeEnter", room(id), ...headers);
}

/** A channel leaves a basic bridge. */
export function leave(id: string, ...headers: Headers[]): Headers {
  return event("BridgeLeave", room(id), ...headers);
}

/** A channel is hung up. */
export function hangup(headers: Headers, Cause = 16): Headers {
  return event("Hangup", headers, { Cause, "Cause-txt": `Cause ${Cause}` });
}

/** A device changes its state. */
export function device(name: string, State: string): Headers {
  return event("DeviceStateChange", { Device: name, State });
}

/** A channel as it is listed. */
export function listed(
  headers: Headers,
  BridgeId = "",
  more: Headers = {},
): Headers {
  return item("CoreShowChannel", headers, {
    Application: "",
    ApplicationData: "",
    Duration: "00:00:01",
    BridgeId,
    ...more,
  });
}

/** Two begin a call and talk in a bridge. */
export function talk(one: Headers, two: Headers, bridge: string): Headers[] {
  return [
    event("Newchannel", one, DOWN),
    event("Newstate", one),
    event("Newchannel", two, DOWN),
    event("Newstate", two, RINGING),
    event("Newstate", two),
    event("BridgeCreate", room(bridge)),
    enter(bridge, two),
    enter(bridge, one),
  ];
}

/** An item of a list, which has no class. */
export function item(name: string, ...parts: Headers[]): Headers {
  const frame: Headers = { Event: name };
  for (const part of parts) Object.assign(frame, part);
  return frame;
}

/** The frames of a real session, in their order. */
export async function captured(name: string): Promise<DAMIData[]> {
  const url = new URL(`../captures/${name}.txt`, import.meta.url);
  const text = await Deno.readTextFile(url);
  const parser = new DataParser(true);
  return text.slice(text.indexOf("\r\n") + 2).split("\r\n\r\n")
    .filter((frame) => frame.trim() !== "")
    .map((frame) => parser.parse(frame.split("\r\n")));
}
