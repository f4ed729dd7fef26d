import type { DAMIData } from "../../../mod.ts";
import type { Channel } from "../../live/live_pbx.ts";
import { longClock } from "../values/duration.ts";
import { party, person, text } from "./list_items.ts";

/** What a call is made of, wherever it is known from. */
export interface CallChannel {
  /** Its name, such as `PJSIP/6001-00000002`. */
  readonly name: string;
  /** What identifies it. */
  readonly uniqueid: string;
  /** What identifies its call. */
  readonly linkedid: string;
  /** Who is at the other end; empty if unknown. */
  readonly caller: string;
  /** The extension it is in; empty if in none. */
  readonly exten: string;
  /** Its state, such as `Ringing`. */
  readonly state: string;
  /** Whether it is in a bridge. */
  readonly isBridged: boolean;
  /** How long it has lasted, as Asterisk has it: `00:01:07`. */
  readonly duration: string;
  /** What it runs. */
  readonly application: string;
  /** The arguments of that. */
  readonly applicationData: string;
}

/**
 * A channel as the PBX lists it.
 *
 * @param item An item of `CoreShowChannels`.
 * @returns The channel.
 */
export function listedChannel(item: DAMIData): CallChannel {
  const uniqueid = text(item, "Uniqueid");
  return {
    name: text(item, "Channel"),
    uniqueid,
    linkedid: text(item, "Linkedid") || uniqueid,
    caller: party(item, "CallerID"),
    exten: text(item, "Exten"),
    state: text(item, "ChannelStateDesc"),
    isBridged: text(item, "BridgeId") !== "",
    duration: text(item, "Duration"),
    application: text(item, "Application"),
    applicationData: text(item, "ApplicationData"),
  };
}

/**
 * A channel as the live PBX has it.
 *
 * @param channel The channel.
 * @param now When it is (milliseconds since 1970).
 * @returns The same as the PBX would list.
 */
export function liveChannel(channel: Channel, now: number): CallChannel {
  return {
    name: channel.name,
    uniqueid: channel.uniqueid,
    linkedid: channel.linkedid || channel.uniqueid,
    caller: person(channel.callerIdName, channel.callerIdNum),
    exten: channel.exten,
    state: channel.state,
    isBridged: channel.bridgeId !== "",
    duration: longClock((now - channel.createdAt) / 1_000),
    application: channel.application,
    applicationData: channel.applicationData,
  };
}
