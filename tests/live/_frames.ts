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

/** When an event was raised, where a test does not say otherwise. */
export const AT = 1_795_364_878_000;

/** The circumstances of a frame. */
export function context(at = AT): FrameContext {
  return { at, texts: new Texts() };
}

/**
 * The 14 headers that tell of a channel.
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
