import type { DAMIData, DAMIValue } from "../../../mod.ts";
import { printable } from "./printable.ts";
import type { Style, Terminal } from "./terminal.ts";
import { padToWidth } from "./text_width.ts";

/** The essence of an event: its subject, and the headers that say what happened. */
type Essence = readonly [subject: string, ...headers: string[]];

const MEMBER: Essence = ["Interface", "Queue", "MemberName", "Status"];
const BRIDGED: Essence = ["Channel", "BridgeNumChannels", "BridgeTechnology"];
const CONFERENCE: Essence = ["Channel", "Conference", "CallerIDNum", "Admin"];
const ACCESS: Essence = ["AccountID", "Service", "RemoteAddress"];

/** The essence of the events that come most. */
const ESSENCES: ReadonlyMap<string, Essence> = new Map<string, Essence>([
  ["AgentCalled", ["DestChannel", "Queue", "MemberName", "CallerIDNum"]],
  ["AgentComplete", ["DestChannel", "Queue", "MemberName", "TalkTime"]],
  ["AgentConnect", ["DestChannel", "Queue", "MemberName", "RingTime"]],
  ["AgentDump", ["DestChannel", "Queue", "MemberName"]],
  ["AgentLogin", ["Channel", "Agent"]],
  ["AgentLogoff", ["Agent", "Logintime"]],
  ["AgentRingNoAnswer", ["DestChannel", "Queue", "MemberName", "RingTime"]],
  ["AttendedTransfer", [
    "OrigTransfererChannel",
    "Result",
    "DestType",
    "TransfereeChannel",
  ]],
  ["BlindTransfer", [
    "TransfererChannel",
    "Result",
    "Extension",
    "TransfereeChannel",
  ]],
  ["BridgeCreate", ["BridgeUniqueid", "BridgeType", "BridgeTechnology"]],
  ["BridgeDestroy", ["BridgeUniqueid", "BridgeType", "BridgeTechnology"]],
  ["BridgeEnter", BRIDGED],
  ["BridgeLeave", BRIDGED],
  ["Cdr", ["Channel", "Source", "Destination", "Disposition"]],
  ["CEL", ["Channel", "EventName", "CallerIDnum", "Exten"]],
  ["ChallengeResponseFailed", ACCESS],
  ["ChallengeSent", ACCESS],
  ["ConfbridgeJoin", CONFERENCE],
  ["ConfbridgeLeave", CONFERENCE],
  ["ContactStatus", ["AOR", "ContactStatus", "URI", "RoundtripUsec"]],
  ["DeviceStateChange", ["Device", "State"]],
  ["DialBegin", ["DestChannel", "Channel", "DialString"]],
  ["DialEnd", ["DestChannel", "Channel", "DialStatus"]],
  ["DialState", ["DestChannel", "Channel", "DialStatus"]],
  ["DTMFBegin", ["Channel", "Digit", "Direction"]],
  ["DTMFEnd", ["Channel", "Digit", "Direction", "DurationMs"]],
  ["ExtensionStatus", ["Hint", "Exten", "Context", "StatusText"]],
  ["FailedACL", ACCESS],
  ["FullyBooted", ["", "Status", "Uptime", "LastReload"]],
  ["Hangup", ["Channel", "Cause", "Cause-txt"]],
  ["HangupRequest", ["Channel", "Cause"]],
  ["Hold", ["Channel", "MusicClass"]],
  ["InvalidAccountID", ACCESS],
  ["InvalidPassword", ACCESS],
  ["LocalBridge", ["LocalOneChannel", "LocalTwoChannel", "Exten", "Context"]],
  ["MusicOnHoldStart", ["Channel", "Class"]],
  ["NewAccountCode", ["Channel", "AccountCode", "OldAccountCode"]],
  ["NewCallerid", ["Channel", "CallerIDNum", "CallerIDName"]],
  ["Newchannel", ["Channel", "CallerIDNum", "Exten", "ChannelStateDesc"]],
  ["NewConnectedLine", ["Channel", "ConnectedLineNum", "ConnectedLineName"]],
  ["Newexten", ["Channel", "Extension", "Application", "AppData"]],
  ["Newstate", ["Channel", "ChannelStateDesc", "CallerIDNum"]],
  ["OriginateResponse", ["Channel", "Response", "Reason", "Exten"]],
  ["ParkedCall", ["ParkeeChannel", "Parkinglot", "ParkingSpace"]],
  ["ParkedCallGiveUp", ["ParkeeChannel", "Parkinglot", "ParkingSpace"]],
  ["ParkedCallTimeOut", ["ParkeeChannel", "Parkinglot", "ParkingSpace"]],
  ["PeerStatus", ["Peer", "PeerStatus", "Cause", "Address"]],
  ["PresenceStateChange", ["Presentity", "Status", "Subtype", "Message"]],
  ["QueueCallerAbandon", ["Channel", "Queue", "Position", "HoldTime"]],
  ["QueueCallerJoin", ["Channel", "Queue", "Position", "CallerIDNum"]],
  ["QueueCallerLeave", ["Channel", "Queue", "Position", "Count"]],
  ["QueueMemberAdded", MEMBER],
  ["QueueMemberPause", ["Interface", "Queue", "Paused", "PausedReason"]],
  ["QueueMemberPenalty", ["Interface", "Queue", "Penalty"]],
  ["QueueMemberRemoved", MEMBER],
  ["QueueMemberRinginuse", ["Interface", "Queue", "Ringinuse"]],
  ["QueueMemberStatus", MEMBER],
  ["Registry", ["Username", "Domain", "Status", "Cause"]],
  ["Reload", ["Module", "Status"]],
  ["Rename", ["Channel", "Newname"]],
  ["RTCPReceived", ["Channel", "From", "RTT", "Report0FractionLost"]],
  ["RTCPSent", ["Channel", "To", "Report0FractionLost"]],
  ["Shutdown", ["", "Shutdown", "Restart"]],
  ["SoftHangupRequest", ["Channel", "Cause"]],
  ["SuccessfulAuth", ACCESS],
  ["Unhold", ["Channel"]],
  ["VarSet", ["Channel", "Variable", "Value"]],
]);

/** The headers that can be the subject of another event; the first one that it has is. */
const SUBJECTS: readonly string[] = [
  "Channel",
  "DestChannel",
  "SpyerChannel",
  "SourceChannel",
  "Interface",
  "Device",
  "Peer",
  "Endpoint",
  "Mailbox",
  "BridgeUniqueid",
  "AccountID",
];

/** Headers that most events have, and that say nothing about what happened. */
const DULL =
  /^(Event|Privilege|ActionID|Timestamp|SequenceNumber|File|Line|Func|SystemName|.*Channel(State|StateDesc)?|.*(CallerID|ConnectedLine)(Num|Name)|.*(Language|AccountCode|Context|Exten|Priority|(Unique|Linked)id)|Event(TV|Version)|Severity|Session(ID|TV))$/i;

/** The colors of events by what they are about. */
const STYLES: readonly (readonly [RegExp, Style])[] = [
  [
    /Hangup|HungUp|Abandon|GiveUp|TimeOut|RingNoAnswer|^(Invalid|Failed)|Failed$|Alarm$|^Shutdown/i,
    "red",
  ],
  [/^(Dial|Originate|Transfer|AttendedTransfer|BlindTransfer)/, "yellow"],
  [/^(New|Rename|Local)(?!exten)/, "cyan"],
  [/^(Bridge|Confbridge|Meetme|Parked|Unparked|Hold|Unhold)/, "magenta"],
  [/^(Queue|Agent)/, "green"],
  [/^(VarSet|Newexten|RTCP|DTMF|MusicOnHold|Test)/, "dim"],
];

/** Widths of the columns, such that most values have room. */
const NAME_WIDTH = 18;
const SUBJECT_WIDTH = 24;
const MOST_HEADERS = 3;

/**
 * A value as it is shown.
 *
 * @param value The value of a header.
 * @returns Its printable text, on one line.
 */
export function show(value: DAMIValue | undefined): string {
  if (value === undefined) return "";
  return printable(Array.isArray(value) ? value.join(", ") : String(value));
}

/** Reports whether a value says something. */
function says(value: DAMIValue | undefined): boolean {
  return value !== undefined && value !== "" && value !== "<unknown>";
}

/** Returns the essence of an unknown event: the headers that only it has. */
function essenceOf(event: DAMIData): Essence {
  const subject = SUBJECTS.find((header) => says(event[header])) ?? "";
  const headers = Object.keys(event).filter((header) =>
    header !== subject && !DULL.test(header) && says(event[header])
  );
  return [subject, ...headers.slice(0, MOST_HEADERS)];
}

/** The time of day as the line has it; the same for all events of a millisecond. */
let shownTime = { at: NaN, text: "" };

/**
 * The time of day, to the millisecond.
 *
 * @param at Milliseconds since 1970.
 * @returns Such as `09:05:01.042`.
 */
export function timeOfDay(at: number): string {
  if (shownTime.at === at) return shownTime.text;
  const date = new Date(at);
  const two = (part: number): string => `${part}`.padStart(2, "0");
  const text = `${two(date.getHours())}:${two(date.getMinutes())}:${
    two(date.getSeconds())
  }.${`${date.getMilliseconds()}`.padStart(3, "0")}`;
  shownTime = { at, text };
  return text;
}

/**
 * The color of an event.
 *
 * @param name Its name.
 * @returns The color.
 */
export function styleOf(name: string): Style {
  return STYLES.find(([pattern]) => pattern.test(name))?.[1] ?? "blue";
}

/**
 * An event on one line: time, name, what it is about, and the two or three
 * headers that matter.
 *
 * @param event The event.
 * @param at The time at which it came (milliseconds since 1970).
 * @param terminal The terminal: its colors.
 * @param pbx The name of the PBX, as wide as its column, if there are several.
 * @returns The line without its end.
 */
export function eventLine(
  event: DAMIData,
  at: number,
  terminal: Terminal,
  pbx?: string,
): string {
  const name = show(event["Event"]);
  const [subject, ...headers] = ESSENCES.get(name) ?? essenceOf(event);
  const shown = headers.filter((header) => says(event[header])).map((header) =>
    terminal.paint("dim", `${printable(header)}=`) + show(event[header])
  );
  const about = show(event[subject]);
  return [
    terminal.paint("dim", timeOfDay(at)),
    ...(pbx === undefined ? [] : [pbx]),
    terminal.paint(styleOf(name), padToWidth(name, NAME_WIDTH)),
    padToWidth(about, shown.length === 0 ? 0 : SUBJECT_WIDTH),
    ...shown,
  ].join("  ").trimEnd();
}

/**
 * An event with all its headers: its line, and each header on one of its own.
 *
 * @param event The event.
 * @param at The time at which it came (milliseconds since 1970).
 * @param terminal The terminal: its colors.
 * @param pbx The name of the PBX, if there are several.
 * @returns The lines with ends between them.
 */
export function fullEvent(
  event: DAMIData,
  at: number,
  terminal: Terminal,
  pbx?: string,
): string {
  const name = show(event["Event"]);
  const lines = [
    [
      terminal.paint("dim", timeOfDay(at)),
      ...(pbx === undefined ? [] : [pbx]),
      terminal.paint(styleOf(name), name),
    ].join("  "),
  ];
  for (const [header, value] of Object.entries(event)) {
    if (header === "Event") continue;
    const label = terminal.paint("dim", `${printable(header)}:`);
    for (const each of Array.isArray(value) ? value : [value]) {
      lines.push(`  ${label} ${show(each)}`.trimEnd());
    }
  }
  return lines.join("\n");
}
