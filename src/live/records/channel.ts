import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import {
  kept,
  known,
  number,
  recent,
  shared,
  text,
  unescaped,
} from "./fields.ts";

/** Where a channel waits while it is parked. */
export interface Parking {
  /** The parking lot. */
  readonly lot: string;
  /** The space in it. */
  readonly space: string;
  /** Since when (milliseconds since 1970). */
  readonly since: number;
}

/** The state of a channel, as Asterisk calls it (`ast_state2str()`, main/channel.c). */
export type ChannelState =
  | "Down"
  | "Rsrvd"
  | "OffHook"
  | "Dialing"
  | "Ring"
  | "Ringing"
  | "Up"
  | "Busy"
  | "Dialing Offhook"
  | "Pre-ring"
  | "Unknown";

/**
 * A channel: one leg of a call. A record is never changed, it is replaced.
 *
 * Times are milliseconds since 1970, by the clock of the PBX if it has
 * `timestampevents` set, else by that of this machine.
 */
export interface Channel {
  /** What identifies it for as long as it lives. */
  readonly uniqueid: string;
  /** The call it belongs to. It changes when calls become one. */
  readonly linkedid: string;
  /** Its name, such as `PJSIP/6001-00000002`. It can change. */
  readonly name: string;
  /** Its state. */
  readonly state: ChannelState;
  /** The caller's number; empty if unknown. */
  readonly callerIdNum: string;
  /** The caller's name; empty if unknown. */
  readonly callerIdName: string;
  /** The number at the other end; empty if unknown. */
  readonly connectedLineNum: string;
  /** The name at the other end; empty if unknown. */
  readonly connectedLineName: string;
  /** Its account code; often empty. */
  readonly accountCode: string;
  /** Its language, such as `en`. */
  readonly language: string;
  /** Where it was in the dialplan when it was last told of: the context. */
  readonly context: string;
  /** The same: the extension. */
  readonly exten: string;
  /** The same: the priority. */
  readonly priority: number;
  /** What it runs, or ran last: that an application is over is not told. Followed if the option `dialplan` is set; else as of the last snapshot. */
  readonly application: string;
  /** The arguments of the application. */
  readonly applicationData: string;
  /** The bridge it is in; empty if in none. */
  readonly bridgeId: string;
  /** When it was made. From a snapshot, exact to a second. */
  readonly createdAt: number;
  /** When it was answered; `undefined` if it is not, or was before the first snapshot. */
  readonly answeredAt: number | undefined;
  /** Since when its phone has the other end on hold, if it has. No snapshot tells it. */
  readonly heldSince: number | undefined;
  /** Where it is parked, if it is. */
  readonly parking: Parking | undefined;
}

/** The changes of a channel. */
export interface ChannelChanges {
  /** A channel has begun. */
  "channel-started": { readonly channel: Channel };
  /** Something about a channel is new. */
  "channel-changed": { readonly channel: Channel; readonly before: Channel };
  /** A channel is gone. */
  "channel-ended": { readonly channel: Channel };
}

/** The events of one channel that tell what has become of it. */
export const CHANNEL_EVENTS = [
  "Newchannel",
  "Newstate",
  "NewCallerid",
  "NewConnectedLine",
  "NewAccountCode",
  "Rename",
  "Hold",
  "Unhold",
  "BridgeEnter",
  "BridgeLeave",
  "Hangup",
] as const;

/** The event that tells what a channel runs, which is of the class `dialplan`. */
export const DIALPLAN_EVENT = "Newexten";

/** The events of parking. Their channel is called the parkee. */
export const PARKING_EVENTS = [
  "ParkedCall",
  "ParkedCallSwap",
  "ParkedCallTimeOut",
  "ParkedCallGiveUp",
  "UnParkedCall",
] as const;

const STATES: ReadonlySet<string> = new Set<ChannelState>([
  "Down",
  "Rsrvd",
  "OffHook",
  "Dialing",
  "Ring",
  "Ringing",
  "Up",
  "Busy",
  "Dialing Offhook",
  "Pre-ring",
  "Unknown",
]);

function isState(state: string): state is ChannelState {
  return STATES.has(state);
}

function stateOf(event: DAMIData): ChannelState {
  const state = shared(text(event.ChannelStateDesc));
  return isState(state) ? state : "Unknown";
}

/**
 * Whether a channel is one of the two halves of a Local channel, which is no
 * party of a call, but a wire between two channels.
 *
 * @param channel The channel.
 * @returns Whether it is.
 */
export function isLocal({ name }: Channel): boolean {
  return name.startsWith("Local/");
}

/**
 * The name of the other half of a Local channel (main/core_local.c).
 *
 * @param name Its name, which ends in `;1` or `;2`.
 * @returns The other's.
 */
export function otherHalf(name: string): string {
  return `${name.slice(0, -1)}${name.endsWith(";1") ? "2" : "1"}`;
}

/** A channel as a frame with its 14 headers tells of it. */
function newChannel(frame: DAMIData, createdAt: number): Channel {
  const uniqueid = recent(text(frame.Uniqueid));
  const linkedid = text(frame.Linkedid);
  return {
    uniqueid,
    linkedid: linkedid === uniqueid ? uniqueid : recent(linkedid),
    name: kept(text(frame.Channel)),
    state: stateOf(frame),
    callerIdNum: recent(known(frame.CallerIDNum)),
    callerIdName: recent(unescaped(frame.CallerIDName)),
    connectedLineNum: recent(known(frame.ConnectedLineNum)),
    connectedLineName: recent(unescaped(frame.ConnectedLineName)),
    accountCode: shared(text(frame.AccountCode)),
    language: shared(text(frame.Language)),
    context: shared(text(frame.Context)),
    exten: recent(text(frame.Exten)),
    priority: number(frame.Priority),
    application: "",
    applicationData: "",
    bridgeId: "",
    createdAt,
    answeredAt: undefined,
    heldSince: undefined,
    parking: undefined,
  };
}

/** A channel after one more frame with its 14 headers; the same record if it says nothing new. */
function updated(channel: Channel, frame: DAMIData, at: number): Channel {
  // An event can come behind a snapshot that is newer than it. The state Up is
  // the one that no channel leaves, so nothing is answered twice.
  const state = channel.state === "Up" ? "Up" : stateOf(frame);
  const linkedid = text(frame.Linkedid);
  const callerIdNum = known(frame.CallerIDNum);
  const callerIdName = unescaped(frame.CallerIDName);
  const connectedLineNum = known(frame.ConnectedLineNum);
  const connectedLineName = unescaped(frame.ConnectedLineName);
  const accountCode = text(frame.AccountCode);
  const language = text(frame.Language);
  const context = text(frame.Context);
  const exten = text(frame.Exten);
  const priority = number(frame.Priority);
  const isSame = state === channel.state && linkedid === channel.linkedid &&
    callerIdNum === channel.callerIdNum &&
    callerIdName === channel.callerIdName &&
    connectedLineNum === channel.connectedLineNum &&
    connectedLineName === channel.connectedLineName &&
    accountCode === channel.accountCode && language === channel.language &&
    context === channel.context && exten === channel.exten &&
    priority === channel.priority;
  if (isSame) return channel;
  return {
    uniqueid: channel.uniqueid,
    linkedid: stillOr(channel.linkedid, linkedid),
    name: channel.name,
    state,
    callerIdNum: stillOr(channel.callerIdNum, callerIdNum),
    callerIdName: stillOr(channel.callerIdName, callerIdName),
    connectedLineNum: stillOr(channel.connectedLineNum, connectedLineNum),
    connectedLineName: stillOr(channel.connectedLineName, connectedLineName),
    accountCode: stillOr(channel.accountCode, accountCode),
    language: stillOr(channel.language, language),
    context: stillOr(channel.context, context),
    exten: stillOr(channel.exten, exten),
    priority,
    application: channel.application,
    applicationData: channel.applicationData,
    bridgeId: channel.bridgeId,
    createdAt: channel.createdAt,
    answeredAt: channel.answeredAt ??
      (state === "Up" && channel.state !== "Up" ? at : undefined),
    heldSince: channel.heldSince,
    parking: channel.parking,
  };
}

/** What is kept of a text: the one that is there, if it is the same. */
function stillOr(before: string, now: string): string {
  return before === now ? before : recent(now);
}

/**
 * A channel after an event of it.
 *
 * Only `Newchannel` makes a channel: others can come behind its `Hangup`.
 *
 * @param channel The channel before; `undefined` if there was none.
 * @param event One of {@linkcode CHANNEL_EVENTS} or {@linkcode DIALPLAN_EVENT}.
 * @param at When it was raised.
 * @returns The channel after it; `undefined` if there is none any more.
 */
export function reduceChannel(
  channel: Channel | undefined,
  event: DAMIData,
  at: number,
): Channel | undefined {
  if (channel === undefined) {
    return event.Event === "Newchannel" ? newChannel(event, at) : undefined;
  }
  switch (event.Event) {
    case "Hangup":
      return undefined;
    case "Rename":
      // It has no other headers (main/manager_channels.c).
      return { ...channel, name: kept(text(event.Newname)) };
    case "Hold":
      return {
        ...updated(channel, event, at),
        heldSince: channel.heldSince ?? at,
      };
    case "Unhold":
      return { ...updated(channel, event, at), heldSince: undefined };
    case "BridgeEnter":
      return {
        ...updated(channel, event, at),
        bridgeId: recent(text(event.BridgeUniqueid)),
      };
    case "BridgeLeave": {
      const left = updated(channel, event, at);
      // It can have entered another already, when bridges become one.
      return left.bridgeId === text(event.BridgeUniqueid)
        ? { ...left, bridgeId: "" }
        : left;
    }
    case "Newexten":
      return {
        ...updated(channel, event, at),
        application: shared(text(event.Application)),
        applicationData: recent(text(event.AppData)),
      };
    default:
      return updated(channel, event, at);
  }
}

/**
 * A channel after an event of parking.
 *
 * @param channel The parkee before.
 * @param event One of {@linkcode PARKING_EVENTS}, or an item of `ParkedCalls`.
 * @param at When it was raised.
 * @returns The parkee after it.
 */
export function reduceParking(
  channel: Channel,
  event: DAMIData,
  at: number,
): Channel {
  if (event.Event !== "ParkedCall") {
    return channel.parking === undefined
      ? channel
      : { ...channel, parking: undefined };
  }
  const lot = text(event.Parkinglot);
  const space = text(event.ParkingSpace);
  const { parking } = channel;
  if (parking?.lot === lot && parking.space === space) return channel;
  // How long it has been there, which is 0 in the event (res_parking).
  const since = at - number(event.ParkingDuration) * 1_000;
  return {
    ...channel,
    parking: { lot: shared(lot), space: shared(space), since },
  };
}

/**
 * A channel as a snapshot tells of it.
 *
 * @param item An item of `CoreShowChannels` or `Status`.
 * @param previous What was known of it, which holds what no snapshot tells.
 * @param at When it was taken.
 * @returns The channel.
 */
export function channelOf(
  item: DAMIData,
  previous: Channel | undefined,
  at: number,
): Channel {
  const age = item.Seconds === undefined
    ? secondsOf(text(item.Duration))
    : number(item.Seconds);
  const channel = previous === undefined
    ? newChannel(item, at - age * 1_000)
    : updated(previous, item, at);
  const name = text(item.Channel);
  return {
    ...channel,
    name: channel.name === name ? channel.name : kept(name),
    application: shared(text(item.Application)),
    applicationData: recent(text(item.ApplicationData ?? item.Data)),
    bridgeId: recent(text(item.BridgeId ?? item.BridgeID)),
    // The list of parked calls tells.
    parking: undefined,
  };
}

/** The seconds of a `Duration` such as `00:01:30`. */
function secondsOf(duration: string): number {
  return duration.split(":").reduce((sum, part) => sum * 60 + number(part), 0);
}

/**
 * What the difference between two records of a channel means.
 *
 * @param before The channel before; `undefined` if there was none.
 * @param after The channel after; `undefined` if there is none any more.
 * @param at When it came to be so.
 * @returns The change.
 */
export function channelChange(
  before: Channel | undefined,
  after: Channel | undefined,
  at: number,
): ChangeOf<ChannelChanges> | undefined {
  if (before === after) return undefined;
  if (after === undefined) {
    return before && { type: "channel-ended", at, channel: before };
  }
  if (before === undefined) {
    return { type: "channel-started", at, channel: after };
  }
  return { type: "channel-changed", at, channel: after, before };
}
