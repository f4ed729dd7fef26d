import type { AmiFrame } from "@dami/dami/testing";

/** What Asterisk writes where it knows nothing. */
const UNKNOWN = "<unknown>";

/** The states that the channels of the call centre go through. */
const STATE_TEXTS: ReadonlyMap<number, string> = new Map([
  [0, "Down"],
  [4, "Ring"],
  [5, "Ringing"],
  [6, "Up"],
]);

/** The states of an agent's phone (`devstatestring`, main/devicestate.c). */
const DEVICE_STATES: ReadonlyMap<number, string> = new Map([
  [1, "NOT_INUSE"],
  [2, "INUSE"],
  [6, "RINGING"],
]);

/** A channel of the call centre. */
export interface PlayedChannel {
  readonly name: string;
  readonly uniqueid: string;
  readonly linkedid: string;
  /** When it began (milliseconds since 1970). */
  readonly createdAt: number;
  /** 0 down, 4 ring, 5 ringing, 6 up. */
  state: number;
  callerIdNum: string;
  callerIdName: string;
  connectedLineNum: string;
  connectedLineName: string;
  exten: string;
  application: string;
  applicationData: string;
  bridgeId: string;
}

/** An agent of the call centre: a member of one or several queues. */
export interface Agent {
  readonly name: string;
  /** The extension, such as `6101` for `PJSIP/6101`. */
  readonly extension: string;
  /** The names of the queues. */
  readonly queues: readonly string[];
  /** When the agent logged in (milliseconds since 1970). */
  readonly loginTime: number;
  /** The device state as a number: 1 not in use, 2 in use, 6 ringing. */
  status: number;
  /** Why the agent is paused; not paused without it. */
  pausedReason: string | undefined;
  /** When the last pause began (milliseconds since 1970), 0 if there was none. */
  lastPause: number;
  /** When the last call ended (milliseconds since 1970), 0 if there was none. */
  lastCall: number;
  callsTaken: number;
}

/** Somebody who waits in a queue. */
export interface WaitingCaller {
  readonly channel: PlayedChannel;
  /** When the wait began (milliseconds since 1970). */
  readonly joinedAt: number;
}

/** A queue of the call centre. */
export interface Queue<Caller extends WaitingCaller = WaitingCaller> {
  readonly name: string;
  readonly strategy: string;
  /** Those who wait, the first one first. */
  readonly callers: Caller[];
  completed: number;
  abandoned: number;
}

/** The interface that a queue rings. */
export function interfaceOf({ extension }: Agent): string {
  return `PJSIP/${extension}`;
}

/**
 * The headers of a channel, in the order of
 * `ast_manager_build_channel_state_string_prefix()` (main/manager_channels.c).
 */
export function channelFields(channel: PlayedChannel, prefix = ""): AmiFrame {
  return {
    [`${prefix}Channel`]: channel.name,
    [`${prefix}ChannelState`]: channel.state,
    [`${prefix}ChannelStateDesc`]: STATE_TEXTS.get(channel.state) ?? UNKNOWN,
    [`${prefix}CallerIDNum`]: channel.callerIdNum || UNKNOWN,
    [`${prefix}CallerIDName`]: escaped(channel.callerIdName) || UNKNOWN,
    [`${prefix}ConnectedLineNum`]: channel.connectedLineNum || UNKNOWN,
    [`${prefix}ConnectedLineName`]: escaped(channel.connectedLineName) ||
      UNKNOWN,
    [`${prefix}Language`]: "en",
    [`${prefix}AccountCode`]: "",
    [`${prefix}Context`]: "default",
    [`${prefix}Exten`]: channel.exten,
    [`${prefix}Priority`]: 1,
    [`${prefix}Uniqueid`]: channel.uniqueid,
    [`${prefix}Linkedid`]: channel.linkedid,
  };
}

/** What `ast_escape_c_alloc()` makes of a name (main/utils.c). */
function escaped(name: string): string {
  return name.replaceAll(/["'?\\]/g, "\\$&");
}

/** The headers of a bridge (main/manager_bridges.c). */
export function bridgeFields(id: string, members: number): AmiFrame {
  return {
    BridgeUniqueid: id,
    BridgeType: "basic",
    BridgeTechnology: "simple_bridge",
    BridgeCreator: UNKNOWN,
    BridgeName: UNKNOWN,
    BridgeNumChannels: members,
    BridgeVideoSourceMode: "none",
  };
}

/**
 * What both `QueueMember` and the events of a member tell, in their order
 * (`queue_member_blob_create()`, apps/app_queue.c).
 */
function memberFields(agent: Agent): AmiFrame {
  return {
    StateInterface: interfaceOf(agent),
    Membership: "static",
    Penalty: 0,
    CallsTaken: agent.callsTaken,
    LastCall: seconds(agent.lastCall),
    LastPause: seconds(agent.lastPause),
    LoginTime: seconds(agent.loginTime),
    InCall: agent.status === 2 ? 1 : 0,
    Status: agent.status,
    Paused: agent.pausedReason === undefined ? 0 : 1,
    PausedReason: agent.pausedReason ?? "",
  };
}

/** The headers of an event of a member, such as `QueueMemberStatus`. */
export function memberEventFields(agent: Agent, queue: string): AmiFrame {
  return {
    Queue: queue,
    MemberName: agent.name,
    Interface: interfaceOf(agent),
    ...memberFields(agent),
    Ringinuse: 0,
    Wrapuptime: 0,
  };
}

/** The items of `QueueStatus`: each queue, its members, its callers. */
export function queueStatusItems(
  queues: Iterable<Queue>,
  agents: readonly Agent[],
  now: number,
): AmiFrame[] {
  return [...queues].flatMap((queue): AmiFrame[] => [
    {
      Event: "QueueParams",
      Queue: queue.name,
      Max: 0,
      Strategy: queue.strategy,
      Calls: queue.callers.length,
      Holdtime: 0,
      TalkTime: 0,
      Completed: queue.completed,
      Abandoned: queue.abandoned,
      ServiceLevel: 0,
      ServicelevelPerf: "0.0",
      ServicelevelPerf2: "0.0",
      Weight: 0,
    },
    ...agents.filter(({ queues }) => queues.includes(queue.name)).map(
      (agent) => ({
        Event: "QueueMember",
        Queue: queue.name,
        Name: agent.name,
        Location: interfaceOf(agent),
        ...memberFields(agent),
        Wrapuptime: 0,
      }),
    ),
    ...queue.callers.map(({ channel, joinedAt }, index) => ({
      Event: "QueueEntry",
      Queue: queue.name,
      Position: index + 1,
      Channel: channel.name,
      Uniqueid: channel.uniqueid,
      CallerIDNum: channel.callerIdNum || UNKNOWN,
      CallerIDName: channel.callerIdName || UNKNOWN,
      ConnectedLineNum: channel.connectedLineNum || UNKNOWN,
      ConnectedLineName: channel.connectedLineName || UNKNOWN,
      Wait: seconds(now - joinedAt),
      Priority: 0,
    })),
  ]);
}

/** The items of `BridgeList`. */
export function bridgeItems(channels: Iterable<PlayedChannel>): AmiFrame[] {
  const members = new Map<string, number>();
  for (const { bridgeId } of channels) {
    if (bridgeId === "") continue;
    members.set(bridgeId, (members.get(bridgeId) ?? 0) + 1);
  }
  return [...members].map(([id, count]) => ({
    Event: "BridgeListItem",
    ...bridgeFields(id, count),
  }));
}

/** The items of `DeviceStateList`. */
export function deviceItems(agents: readonly Agent[]): AmiFrame[] {
  return agents.map((agent) => ({
    Event: "DeviceStateChange",
    ...deviceFields(agent),
  }));
}

/** The headers of a device. */
export function deviceFields(agent: Agent): AmiFrame {
  return {
    Device: interfaceOf(agent),
    State: DEVICE_STATES.get(agent.status) ?? "UNKNOWN",
  };
}

/** The items of `CoreShowChannels`. */
export function channelItems(
  channels: Iterable<PlayedChannel>,
  now: number,
): AmiFrame[] {
  return [...channels].map((channel) => ({
    Event: "CoreShowChannel",
    ...channelFields(channel),
    Application: channel.application,
    ApplicationData: channel.applicationData,
    Duration: clock(now - channel.createdAt),
    BridgeId: channel.bridgeId,
  }));
}

/** The answer to a list action. */
export function listAnswer(
  message: string,
  items: readonly AmiFrame[],
  complete: string,
): AmiFrame[] {
  return [
    { Response: "Success", EventList: "start", Message: message },
    ...items,
    { Event: complete, EventList: "Complete", ListItems: items.length },
  ];
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}

/** A time as hours, minutes and seconds. */
function clock(milliseconds: number): string {
  const total = seconds(milliseconds);
  return [total / 3_600, total / 60 % 60, total % 60]
    .map((part) => `${Math.floor(part)}`.padStart(2, "0"))
    .join(":");
}
