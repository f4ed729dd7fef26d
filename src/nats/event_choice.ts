/**
 * The events that are published unless an option says otherwise: those of
 * calls, queues, agents, devices and conferences, what programs on the bus need
 * to follow a PBX or to lead calls, and what the dialplan sends itself. Not
 * `Newexten`, `VarSet` and `RTCP*`, which are many times as frequent.
 */
export const DEFAULT_EVENTS: readonly string[] = [
  "AgentCalled",
  "AgentComplete",
  "AgentConnect",
  "AgentDump",
  "AgentLogin",
  "AgentLogoff",
  "AgentRingNoAnswer",
  "AsyncAGIEnd",
  "AsyncAGIExec",
  "AsyncAGIStart",
  "AttendedTransfer",
  "BlindTransfer",
  "BridgeCreate",
  "BridgeDestroy",
  "BridgeEnter",
  "BridgeLeave",
  "Cdr",
  "CEL",
  "ConfbridgeEnd",
  "ConfbridgeJoin",
  "ConfbridgeLeave",
  "ConfbridgeStart",
  "ContactStatus",
  "DeviceStateChange",
  "DialBegin",
  "DialEnd",
  "DialState",
  "DTMFEnd",
  "ExtensionStatus",
  "FullyBooted",
  "Hangup",
  "HangupRequest",
  "Hold",
  "LocalBridge",
  "MessageWaiting",
  "MixMonitorStart",
  "MixMonitorStop",
  "MusicOnHoldStart",
  "MusicOnHoldStop",
  "NewAccountCode",
  "NewCallerid",
  "Newchannel",
  "NewConnectedLine",
  "Newstate",
  "OriginateResponse",
  "ParkedCall",
  "ParkedCallGiveUp",
  "ParkedCallSwap",
  "ParkedCallTimeOut",
  "PeerStatus",
  "Pickup",
  "PresenceStateChange",
  "QueueCallerAbandon",
  "QueueCallerJoin",
  "QueueCallerLeave",
  "QueueMemberAdded",
  "QueueMemberPause",
  "QueueMemberPenalty",
  "QueueMemberRemoved",
  "QueueMemberRinginuse",
  "QueueMemberStatus",
  "Registry",
  "Reload",
  "Rename",
  "Shutdown",
  "SoftHangupRequest",
  "Unhold",
  "UnParkedCall",
  "UserEvent",
];

/** A name of an event, or the beginning of one with `*`. */
const PATTERN = /^(?:\*|[A-Za-z][A-Za-z0-9_]*\*?)$/;

/** The events that are published. */
export interface EventChoice {
  /** The names to listen to: those that are not named need not even be read. */
  readonly names: readonly string[];
  /** Reports whether an event is published. */
  includes(name: string): boolean;
}

/**
 * Reads the option `events`.
 *
 * @param events Names of events, as Asterisk spells them, or beginnings such as `"Queue*"`.
 * @returns The choice.
 * @throws {TypeError} If one of them is no name.
 */
export function chooseEvents(events: readonly string[]): EventChoice {
  const isList = Array.isArray(events);
  for (const each of isList ? events : [events]) {
    if (isList && typeof each === "string" && PATTERN.test(each)) continue;
    throw new TypeError(
      `Cannot use option 'events' as it must list names of events, or prefixes such as "Queue*": current value is ${
        JSON.stringify(each)
      }`,
    );
  }
  const patterns = events.map((each) => each.toLowerCase());
  const prefixes = patterns.filter((each) => each.endsWith("*"))
    .map((each) => each.slice(0, -1));
  // A beginning can only be compared with names that are read.
  if (prefixes.length === 0) return { names: events, includes: () => true };
  const known = new Map<string, boolean>();
  const exact = new Set(patterns);
  return {
    names: ["*"],
    includes(name) {
      let isIncluded = known.get(name);
      if (isIncluded === undefined) {
        const key = name.toLowerCase();
        isIncluded = exact.has(key) ||
          prefixes.some((prefix) => key.startsWith(prefix));
        known.set(name, isIncluded);
      }
      return isIncluded;
    },
  };
}
