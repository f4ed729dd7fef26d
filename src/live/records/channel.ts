import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { knownText, number, text, unescaped } from "./fields.ts";
import type { FrameContext } from "./frame_context.ts";
import { copied } from "../../detached.ts";
import type { Texts } from "./texts.ts";

/** The place of a parked channel. */
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
 * `timestampevents` set, otherwise by that of this machine.
 */
export interface Channel {
  /** The identifier for as long as it lives. */
  readonly uniqueid: string;
  /** The call it belongs to. It changes when calls become one. */
  readonly linkedid: string;
  /** Its name, such as `PJSIP/6001-00000002`. It can change. */
  readonly name: string;
  /** The device it belongs to, such as `PJSIP/6001`: the name without the part that tells channels of one device apart. */
  readonly device: string;
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
  /** Its context in the dialplan, as of the last event about it. */
  readonly context: string;
  /** Its extension there. */
  readonly exten: string;
  /** Its priority there. */
  readonly priority: number;
  /** The application that it runs, or ran last: no event reports the end of one. Followed if the option `dialplan` is set; otherwise as of the last snapshot. */
  readonly application: string;
  /** The arguments of the application. */
  readonly applicationData: string;
  /** The bridge it is in; empty if in none. */
  readonly bridgeId: string;
  /** The time at which it began. From a snapshot, exact to a second. */
  readonly createdAt: number;
  /** The time at which it was answered; `undefined` if it is not, or was before the first snapshot. */
  readonly answeredAt: number | undefined;
  /** Since when its phone has had the other end on hold; `undefined` if it has not. No snapshot contains it. */
  readonly heldSince: number | undefined;
  /** Its parking space; `undefined` if it is not parked. */
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

/** The events of one channel. */
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

/** The event of a channel that runs an application. Its class is `dialplan`. */
export const DIALPLAN_EVENT = "Newexten";

/** The events of parking. Their channel is called the parkee. */
export const PARKING_EVENTS = [
  "ParkedCall",
  "ParkedCallSwap",
  "ParkedCallTimeOut",
  "ParkedCallGiveUp",
  "UnParkedCall",
] as const;

/** The states by their names: the texts of frames are not kept. */
const STATES: ReadonlyMap<string, ChannelState> = new Map(
  ([
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
  ] as const).map((state) => [state, state]),
);

function stateOf(event: DAMIData): ChannelState {
  return STATES.get(text(event.ChannelStateDesc)) ?? "Unknown";
}

/**
 * Reports whether a channel is one of the two halves of a Local channel, which
 * is not a party of a call, but a wire between two channels.
 *
 * @param channel The channel.
 * @returns Whether it is.
 */
export function isLocal({ name }: Channel): boolean {
  return name.startsWith("Local/");
}

/** The beginnings of the names of channels that Asterisk makes for itself: text messages, announcements and recordings of conferences and of Stasis, listening in, placeholders in transfers. */
const HELPER = /^(?:Message|CBAnn|CBRec|Announcer|Recorder|Snoop|Surrogate)\//;

/**
 * Reports whether a channel is one that Asterisk makes for itself. It is not a
 * party of a call, and makes none.
 *
 * @param channel The channel.
 * @returns Whether it is.
 */
export function isHelper({ name }: Channel): boolean {
  return HELPER.test(name);
}

/**
 * Returns the name of the other half of a Local channel (main/core_local.c).
 *
 * @param name Its name, which ends in `;1` or `;2`.
 * @returns The name of the other half.
 */
export function otherHalf(name: string): string {
  return `${name.slice(0, -1)}${name.endsWith(";1") ? "2" : "1"}`;
}

/**
 * Returns the device of a channel: its name without the part after the last
 * hyphen, which tells the channels of one device apart, and the half of a Local
 * channel with it.
 */
function deviceOf(name: string): string {
  const end = name.lastIndexOf("-");
  return end === -1 ? name : name.slice(0, end);
}

/** Makes a channel of a frame with its 14 headers. */
function newChannel(
  frame: DAMIData,
  createdAt: number,
  texts: Texts,
): Channel {
  const uniqueid = texts.recent(text(frame.Uniqueid));
  const linkedid = text(frame.Linkedid);
  return {
    uniqueid,
    linkedid: linkedid === uniqueid ? uniqueid : texts.recent(linkedid),
    name: copied(text(frame.Channel)),
    device: texts.common(deviceOf(text(frame.Channel))),
    state: stateOf(frame),
    callerIdNum: copied(knownText(frame.CallerIDNum)),
    callerIdName: copied(unescaped(frame.CallerIDName)),
    connectedLineNum: copied(knownText(frame.ConnectedLineNum)),
    connectedLineName: copied(unescaped(frame.ConnectedLineName)),
    accountCode: texts.common(text(frame.AccountCode)),
    language: texts.common(text(frame.Language)),
    context: texts.common(text(frame.Context)),
    exten: copied(text(frame.Exten)),
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

/** Applies one more frame with its 14 headers; the same record if nothing is new. */
function updated(
  channel: Channel,
  frame: DAMIData,
  { at, texts }: FrameContext,
): Channel {
  // An event can arrive after a snapshot that is newer than it. The state Up is
  // the one that no channel leaves, so nothing is answered twice.
  const isSameState = channel.state === "Up" ||
    channel.state === frame.ChannelStateDesc;
  const state = isSameState ? channel.state : stateOf(frame);
  const linkedid = text(frame.Linkedid);
  const callerIdNum = knownText(frame.CallerIDNum);
  const callerIdName = unescaped(frame.CallerIDName);
  const connectedLineNum = knownText(frame.ConnectedLineNum);
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
    linkedid: linkedid === channel.linkedid
      ? channel.linkedid
      : texts.recent(linkedid),
    name: channel.name,
    device: channel.device,
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

/** Returns the existing text, if the new one is the same. */
function stillOr(before: string, now: string): string {
  return before === now ? before : copied(now);
}

/**
 * Applies an event to a channel.
 *
 * Only `Newchannel` makes a channel: other events can follow its `Hangup`.
 *
 * @param channel The channel before; `undefined` if there was none.
 * @param event One of {@linkcode CHANNEL_EVENTS} or {@linkcode DIALPLAN_EVENT}.
 * @param context Its time, and the texts in common.
 * @returns The channel after it; `undefined` if it is gone.
 */
export function reduceChannel(
  channel: Channel | undefined,
  event: DAMIData,
  context: FrameContext,
): Channel | undefined {
  const { at, texts } = context;
  if (channel === undefined) {
    return event.Event === "Newchannel"
      ? newChannel(event, at, texts)
      : undefined;
  }
  switch (event.Event) {
    case "Hangup":
      return undefined;
    case "Rename":
      // It has no other headers (main/manager_channels.c).
      return renamed(channel, text(event.Newname), texts);
    case "Hold":
      return {
        ...updated(channel, event, context),
        heldSince: channel.heldSince ?? at,
      };
    case "Unhold":
      return { ...updated(channel, event, context), heldSince: undefined };
    case "BridgeEnter":
      return {
        ...updated(channel, event, context),
        bridgeId: texts.recent(text(event.BridgeUniqueid)),
      };
    case "BridgeLeave": {
      const left = updated(channel, event, context);
      // It can have entered another already, when bridges become one.
      return left.bridgeId === text(event.BridgeUniqueid)
        ? { ...left, bridgeId: "" }
        : left;
    }
    case "Newexten":
      return {
        ...updated(channel, event, context),
        application: texts.common(text(event.Application)),
        applicationData: texts.recent(text(event.AppData)),
      };
    default:
      return updated(channel, event, context);
  }
}

/**
 * Applies an event of parking to a channel.
 *
 * @param channel The parkee before.
 * @param event One of {@linkcode PARKING_EVENTS}, or an item of `ParkedCalls`.
 * @param context Its time, and the texts in common.
 * @returns The parkee after it.
 */
export function reduceParking(
  channel: Channel,
  event: DAMIData,
  { at, texts }: FrameContext,
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
    parking: { lot: texts.common(lot), space: texts.common(space), since },
  };
}

/**
 * Makes a channel of an item of a snapshot.
 *
 * @param item An item of `CoreShowChannels` or `Status`.
 * @param previous The record before, which holds what no snapshot does.
 * @param context The time of the snapshot, and the texts in common.
 * @returns The channel.
 */
export function channelOf(
  item: DAMIData,
  previous: Channel | undefined,
  context: FrameContext,
): Channel {
  const { at, texts } = context;
  const age = item.Seconds === undefined
    ? secondsOf(text(item.Duration))
    : number(item.Seconds);
  const channel = previous === undefined
    ? newChannel(item, at - age * 1_000, texts)
    : updated(previous, item, context);
  return {
    ...renamed(channel, text(item.Channel), texts),
    application: texts.common(text(item.Application)),
    applicationData: texts.recent(text(item.ApplicationData ?? item.Data)),
    bridgeId: texts.recent(text(item.BridgeId ?? item.BridgeID)),
    // The list of parked calls decides.
    parking: undefined,
  };
}

function renamed(channel: Channel, name: string, texts: Texts): Channel {
  if (channel.name === name) return channel;
  const device = texts.common(deviceOf(name));
  return { ...channel, name: copied(name), device };
}

/** Returns the seconds of a `Duration` such as `00:01:30`. */
function secondsOf(duration: string): number {
  return duration.split(":").reduce((sum, part) => sum * 60 + number(part), 0);
}

/**
 * Returns the change between two records of a channel.
 *
 * @param before The channel before; `undefined` if it is new.
 * @param after The channel after; `undefined` if it is gone.
 * @param at When it changed.
 * @returns The change; `undefined` if there is none.
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
