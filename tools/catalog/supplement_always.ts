/**
 * Headers that an event always has, from Asterisk 13 on, which Asterisk's
 * documentation does not say. Kept by hand, from the function that raises
 * the event; tests compare it with captures and with a live Asterisk.
 *
 * @module
 */

/** The headers of a member of a queue (`apps/app_queue.c`, `queue_member_blob_create`). */
const MEMBER: readonly string[] = [
  "Queue",
  "MemberName",
  "Interface",
  "StateInterface",
  "Membership",
  "Penalty",
  "CallsTaken",
  "LastCall",
  "Status",
  "Paused",
];

/** The headers of a call to a member of a queue (`apps/app_queue.c`, `queue_agent_cb`). */
const AGENT: readonly string[] = ["Queue", "MemberName", "Interface"];

/** The headers of a parked call (`res/parking/parking_manager.c`, `manager_build_parked_call_string`). */
const PARKED: readonly string[] = [
  "ParkingSpace",
  "Parkinglot",
  "ParkingTimeout",
  "ParkingDuration",
];

/** The headers that always come, by event. */
export const ALWAYS: ReadonlyMap<string, readonly string[]> = new Map([
  ["AgentCalled", AGENT],
  ["AgentComplete", [...AGENT, "HoldTime", "TalkTime", "Reason"]],
  ["AgentConnect", [...AGENT, "RingTime", "HoldTime"]],
  ["AgentDump", AGENT],
  ["AgentRingNoAnswer", [...AGENT, "RingTime"]],
  ["QueueCallerAbandon", [
    "Queue",
    "Position",
    "OriginalPosition",
    "HoldTime",
  ]],
  ["QueueCallerJoin", ["Queue", "Position", "Count"]],
  ["QueueCallerLeave", ["Queue", "Position", "Count"]],
  ["QueueMemberAdded", MEMBER],
  ["QueueMemberPause", MEMBER],
  ["QueueMemberPenalty", MEMBER],
  ["QueueMemberRemoved", MEMBER],
  ["QueueMemberRinginuse", MEMBER],
  ["QueueMemberStatus", MEMBER],
  // apps/app_queue.c, manager_queues_status
  ["QueueParams", [
    "Queue",
    "Max",
    "Strategy",
    "Calls",
    "Holdtime",
    "TalkTime",
    "Completed",
    "Abandoned",
    "ServiceLevel",
    "ServicelevelPerf",
    "Weight",
  ]],
  ["QueueMember", [
    "Queue",
    "Name",
    "Location",
    "StateInterface",
    "Membership",
    "Penalty",
    "CallsTaken",
    "LastCall",
    "Status",
    "Paused",
  ]],
  ["QueueEntry", [
    "Queue",
    "Position",
    "Channel",
    "Uniqueid",
    "CallerIDNum",
    "CallerIDName",
    "ConnectedLineNum",
    "ConnectedLineName",
    "Wait",
    "Priority",
  ]],
  // apps/app_queue.c, manager_queues_summary
  ["QueueSummary", [
    "Queue",
    "LoggedIn",
    "Available",
    "Callers",
    "HoldTime",
    "TalkTime",
    "LongestHoldTime",
  ]],
  // main/manager_channels.c
  ["DialEnd", ["DialStatus"]],
  ["DTMFBegin", ["Digit", "Direction"]],
  ["DTMFEnd", ["Digit", "Direction", "DurationMs"]],
  ["Hangup", ["Cause", "Cause-txt"]],
  ["Newexten", ["Extension", "Application", "AppData"]],
  // main/pbx_variables.c
  ["VarSet", ["Variable", "Value"]],
  // main/manager.c
  ["CoreShowChannel", ["Application", "ApplicationData", "Duration"]],
  ["ExtensionStatus", ["Exten", "Context", "Status"]],
  ["OriginateResponse", ["Response", "Channel", "Reason", "Uniqueid"]],
  ["UserEvent", ["UserEvent"]],
  // main/devicestate.c
  ["DeviceStateChange", ["Device", "State"]],
  // main/db.c
  ["DBGetResponse", ["Family", "Key", "Val"]],
  ["DBGetTreeResponse", ["Key", "Val"]],
  // main/loader.c and main/asterisk.c
  ["FullyBooted", ["Status"]],
  ["Reload", ["Module", "Status"]],
  ["Shutdown", ["Shutdown", "Restart"]],
  ["ParkedCall", PARKED],
  ["ParkedCallGiveUp", PARKED],
  ["ParkedCallTimeOut", PARKED],
  ["UnParkedCall", PARKED],
  // apps/confbridge/confbridge_manager.c
  ["ConfbridgeEnd", ["Conference"]],
  ["ConfbridgeJoin", ["Conference"]],
  ["ConfbridgeLeave", ["Conference"]],
  ["ConfbridgeList", ["Conference"]],
  ["ConfbridgeListRooms", ["Conference", "Parties", "Marked"]],
  ["ConfbridgeMute", ["Conference"]],
  ["ConfbridgeStart", ["Conference"]],
  ["ConfbridgeTalking", ["Conference", "TalkingStatus"]],
  ["ConfbridgeUnmute", ["Conference"]],
  // main/stasis_endpoints.c
  ["ContactStatus", ["URI", "ContactStatus", "AOR", "EndpointName"]],
  ["PeerStatus", ["ChannelType", "Peer", "PeerStatus"]],
  // channels/chan_iax2.c and channels/chan_sip.c
  ["PeerEntry", ["Channeltype", "ObjectName"]],
  // res/res_pjsip/pjsip_configuration.c, format_ami_endpoint
  ["EndpointList", [
    "ObjectType",
    "ObjectName",
    "DeviceState",
    "ActiveChannels",
  ]],
]);

/**
 * Events that always have the headers of their channel, though they have those
 * of another besides (`apps/app_queue.c`, `queue_publish_multi_channel_snapshot_blob`).
 */
export const CHANNEL_ALWAYS: ReadonlySet<string> = new Set([
  "AgentCalled",
  "AgentConnect",
  "AgentRingNoAnswer",
]);

/** Events that always have the headers of their bridge (`main/manager_bridges.c`, `main/bridge.c`). */
export const BRIDGE_ALWAYS: ReadonlySet<string> = new Set([
  "BridgeCreate",
  "BridgeDestroy",
  "BridgeEnter",
  "BridgeLeave",
  "BridgeListItem",
]);
