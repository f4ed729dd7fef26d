/**
 * Headers that Asterisk sends and reads although its documentation does not say so, or
 * says otherwise. Kept by hand: each entry names where it was seen, a file of
 * Asterisk's source or a session in `tests/captures/`.
 *
 * @module
 */

/** Events whose name is another one on the wire (`main/manager_channels.c`). */
export const EVENT_NAMES: ReadonlyMap<string, string> = new Map([
  ["NewExten", "Newexten"],
]);

/** Headers that are spelt otherwise on the wire, by event. */
export const FIELD_NAMES: ReadonlyMap<string, ReadonlyMap<string, string>> =
  new Map([
    // cel/cel_manager.c
    ["CEL", new Map([["UserField", "Userfield"]])],
    // res/res_agi.c
    ["AsyncAGIExec", new Map([["CommandID", "CommandId"]])],
    ["AGIExecStart", new Map([["CommandID", "CommandId"]])],
    ["AGIExecEnd", new Map([["CommandID", "CommandId"]])],
  ]);

/** Parameters that are documented as required, and are not. */
export const NOT_REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  // main/manager.c, ast_manager_hangup_helper: taken over from the application, which needs it
  ["PJSIPHangup", ["Cause"]],
  // main/manager.c, action_waitevent: without it, there is no end to the waiting
  ["WaitEvent", ["Timeout"]],
]);

/** Parameters that are read and not documented. */
export const PARAMETERS: ReadonlyMap<string, readonly string[]> = new Map([
  // res/parking/parking_manager.c
  ["Park", ["Channel2"]],
  // main/manager.c, action_listcategories
  ["ListCategories", ["Match"]],
  // res/res_xmpp.c
  ["JabberSend", ["ScreenName"]],
  // apps/app_mixmonitor.c
  ["MixMonitorMute", ["MixMonitorID"]],
  // apps/app_queue.c, manager_add_queue_member
  ["QueueAdd", ["Wrapuptime"]],
  // res/res_mwi_external_ami.c
  ["MWIDelete", ["Mailbox"]],
  // main/manager.c, action_login: of the answer to a Challenge
  ["Login", ["AuthType", "Key", "Events"]],
]);

/** Parameters of which there may be several (main/manager.c, astman_get_variables). */
export const REPEATED_PARAMETERS: ReadonlyMap<string, readonly string[]> =
  new Map([
    ["MessageSend", ["Variable"]],
    ["Originate", ["Variable"]],
    ["PJSIPNotify", ["Variable"]],
    ["SIPnotify", ["Variable"]],
  ]);

/** Headers of events that can come several times, of any event that has them. */
export const REPEATED_FIELDS: ReadonlySet<string> = new Set([
  // res/res_pjsip/pjsip_configuration.c, one for each AOR
  "Contacts",
  // res/res_fax.c
  "FileName",
  // main/manager.c, action_status
  "Variable",
  // main/manager.c, for each of the variables of the channel in parentheses
  "ChanVariable(*)",
]);

/** Values in the documentation that only describe values. */
export const DESCRIBING_VALUE = /[<>"|]|\.\.\.|^Response code/;

/**
 * Events about one channel that can come without it: they are not about
 * a channel alone (apps/app_agent_pool.c, apps/app_meetme.c, main/manager.c, main/mwi.c, main/aoc.c, main/rtp_engine.c, main/pbx_variables.c).
 */
export const CHANNEL_MAY_LACK: ReadonlySet<string> = new Set([
  "AOC-D",
  "AOC-E",
  "AOC-S",
  "Agents",
  "FAXSession",
  "MCID",
  "MeetmeJoin",
  "MeetmeLeave",
  "MeetmeMute",
  "MeetmeTalkRequest",
  "MeetmeTalking",
  "MessageWaiting",
  "MiniVoiceMail",
  "RTCPReceived",
  "RTCPSent",
  "UserEvent",
  "VarSet",
]);

/** A list that an action is answered with. */
export interface ListFacts {
  items: readonly string[];
  completion: string;
  /** `true` if it can be answered with the response alone as well. */
  isOptional?: boolean;
}

/** The lists, of which most are documented nowhere (the functions of the actions, from 13.2 to 22). */
export const LISTS: ReadonlyMap<string, ListFacts> = new Map<string, ListFacts>(
  [
    list("Agents", ["Agents"], "AgentsComplete"),
    list("BridgeInfo", ["BridgeInfoChannel"], "BridgeInfoComplete"),
    list("BridgeList", ["BridgeListItem"], "BridgeListComplete"),
    list(
      "BridgeTechnologyList",
      ["BridgeTechnologyListItem"],
      "BridgeTechnologyListComplete",
    ),
    list("ConfbridgeList", ["ConfbridgeList"], "ConfbridgeListComplete"),
    list(
      "ConfbridgeListRooms",
      ["ConfbridgeListRooms"],
      "ConfbridgeListRoomsComplete",
    ),
    list(
      "CoreShowChannelMap",
      ["CoreShowChannelMap"],
      "CoreShowChannelMapComplete",
    ),
    list("CoreShowChannels", ["CoreShowChannel"], "CoreShowChannelsComplete"),
    list(
      "DAHDIShowChannels",
      ["DAHDIShowChannels"],
      "DAHDIShowChannelsComplete",
    ),
    list("DAHDIShowStatus", ["DAHDIShowStatus"], "DAHDIShowStatusComplete"),
    list("DBGet", ["DBGetResponse"], "DBGetComplete"),
    list("DBGetTree", ["DBGetTreeResponse"], "DBGetTreeComplete"),
    list("DeviceStateList", ["DeviceStateChange"], "DeviceStateListComplete"),
    list(
      "ExtensionStateList",
      ["ExtensionStatus"],
      "ExtensionStateListComplete",
    ),
    list("FAXSession", [], "FAXSession"),
    list("FAXSessions", ["FAXSessionsEntry"], "FAXSessionsComplete"),
    list("FAXStats", [], "FAXStats"),
    // With a regular expression in the place of a channel.
    optional("Hangup", ["ChannelHungup"], "ChannelsHungupListComplete"),
    optional("PJSIPHangup", ["ChannelHungup"], "ChannelsHungupListComplete"),
    list("IAXpeerlist", ["PeerEntry"], "PeerlistComplete"),
    list("IAXpeers", ["PeerEntry"], "PeerlistComplete"),
    list("IAXregistry", ["RegistryEntry"], "RegistrationsComplete"),
    list("MeetmeList", ["MeetmeList"], "MeetmeListComplete"),
    list("MeetmeListRooms", ["MeetmeListRooms"], "MeetmeListRoomsComplete"),
    list("MWIGet", ["MWIGet"], "MWIGetComplete"),
    list("ParkedCalls", ["ParkedCall"], "ParkedCallsComplete"),
    list("Parkinglots", ["Parkinglot"], "ParkinglotsComplete"),
    list("PJSIPShowAors", ["AorList"], "AorListComplete"),
    list("PJSIPShowAuths", ["AuthList"], "AuthListComplete"),
    list("PJSIPShowContacts", ["ContactList"], "ContactListComplete"),
    list(
      "PJSIPShowEndpoint",
      [
        "EndpointDetail",
        "AorDetail",
        "AuthDetail",
        "TransportDetail",
        "ContactStatusDetail",
        "IdentifyDetail",
      ],
      "EndpointDetailComplete",
    ),
    list("PJSIPShowEndpoints", ["EndpointList"], "EndpointListComplete"),
    list(
      "PJSIPShowMaintenance",
      ["PJSIPMaintenanceStatus"],
      "PJSIPMaintenanceStatusComplete",
    ),
    list(
      "PJSIPShowRegistrationInboundContactStatuses",
      ["ContactStatusDetail"],
      "ContactStatusDetailComplete",
    ),
    list(
      "PJSIPShowRegistrationsInbound",
      ["InboundRegistrationDetail"],
      "InboundRegistrationDetailComplete",
    ),
    list(
      "PJSIPShowRegistrationsOutbound",
      ["OutboundRegistrationDetail", "AuthDetail"],
      "OutboundRegistrationDetailComplete",
    ),
    list(
      "PJSIPShowResourceLists",
      ["ResourceListDetail"],
      "ResourceListDetailComplete",
    ),
    list(
      "PJSIPShowSubscriptionsInbound",
      ["InboundSubscriptionDetail"],
      "InboundSubscriptionDetailComplete",
    ),
    list(
      "PJSIPShowSubscriptionsOutbound",
      ["OutboundSubscriptionDetail"],
      "OutboundSubscriptionDetailComplete",
    ),
    list(
      "PresenceStateList",
      ["PresenceStateChange"],
      "PresenceStateListComplete",
    ),
    list("PRIShowSpans", ["PRIShowSpans"], "PRIShowSpansComplete"),
    list(
      "QueueStatus",
      ["QueueParams", "QueueMember", "QueueEntry"],
      "QueueStatusComplete",
    ),
    list("QueueSummary", ["QueueSummary"], "QueueSummaryComplete"),
    list("ShowDialPlan", ["ListDialplan"], "ShowDialPlanComplete"),
    list("SIPpeers", ["PeerEntry"], "PeerlistComplete"),
    list("SIPpeerstatus", ["PeerStatus"], "SIPpeerstatusComplete"),
    list("SIPshowregistry", ["RegistryEntry"], "RegistrationsComplete"),
    list("SKINNYdevices", ["DeviceEntry"], "DevicelistComplete"),
    list("SKINNYlines", ["LineEntry"], "LinelistComplete"),
    list("Status", ["Status"], "StatusComplete"),
    // Without a mailbox to list, these answer with the response alone (apps/app_voicemail.c).
    optional(
      "VoicemailBoxSummary",
      ["VoicemailBoxDetail"],
      "VoicemailBoxDetailComplete",
    ),
    optional(
      "VoicemailUserStatus",
      ["VoicemailUserDetail"],
      "VoicemailUserDetailComplete",
    ),
    optional(
      "VoicemailUsersList",
      ["VoicemailUserEntry"],
      "VoicemailUserEntryComplete",
    ),
  ],
);

/** Lists whose items can be any event (main/manager.c, action_waitevent). */
export const LISTS_OF_ANY_EVENT: ReadonlyMap<string, string> = new Map([
  ["WaitEvent", "WaitEventComplete"],
]);

/** The headers of a response beyond those that each can have, by action. */
export const RESPONSES: ReadonlyMap<string, readonly string[]> = new Map([
  // main/manager.c
  ["Challenge", ["Challenge"]],
  [
    "CoreSettings",
    [
      "AMIversion",
      "AsteriskVersion",
      "SystemName",
      "CoreMaxCalls",
      "CoreMaxLoadAvg",
      "CoreRunUser",
      "CoreRunGroup",
      "CoreMaxFilehandles",
      "CoreRealTimeEnabled",
      "CoreCDRenabled",
      "CoreHTTPenabled",
      "SoundsSearchCustomDir",
    ],
  ],
  [
    "CoreStatus",
    [
      "CoreStartupDate",
      "CoreStartupTime",
      "CoreReloadDate",
      "CoreReloadTime",
      "CoreCurrentCalls",
      "CoreProcessedCalls",
    ],
  ],
  ["Events", ["Events"]],
  ["ExtensionState", ["Exten", "Context", "Hint", "Status", "StatusText"]],
  ["Getvar", ["Variable", "Value"]],
  ["MailboxCount", ["Mailbox", "UrgMessages", "NewMessages", "OldMessages"]],
  ["MailboxStatus", ["Mailbox", "Waiting"]],
  ["ModuleCheck", ["Version"]],
  ["Ping", ["Ping", "Timestamp"]],
  ["PresenceState", ["State", "Subtype", "PresenceMessage"]],
  // main/manager.c: the categories of a file, which can be queues or users,
  // and the lines of each
  ["GetConfig", ["Category-000000", "Line-000000-000000"]],
  ["ListCategories", ["Category-000000"]],
  // channels/chan_sip.c: what names something
  [
    "SIPshowpeer",
    [
      "ObjectName",
      "Context",
      "Language",
      "Accountcode",
      "Fromuser",
      "Callgroup",
      "Pickupgroup",
      "VoiceMailbox",
      "Callerid",
      "Default-Username",
    ],
  ],
  // apps/app_mixmonitor.c
  ["MixMonitor", ["MixMonitorID"]],
]);

/** The headers of {@linkcode RESPONSES} that can be missing though the action succeeds. */
export const RESPONSE_MAY_LACK: ReadonlyMap<string, readonly string[]> =
  new Map([
    // main/manager.c, action_coresettings: since Asterisk 22
    ["CoreSettings", ["SoundsSearchCustomDir"]],
    // main/manager.c, action_corestatus: since Asterisk 20
    ["CoreStatus", ["CoreProcessedCalls"]],
    // main/manager.c, action_presencestate
    ["PresenceState", ["Subtype", "PresenceMessage"]],
    // channels/chan_sip.c, _sip_show_peer
    ["SIPshowpeer", ["Accountcode", "Fromuser", "Default-Username"]],
  ]);

function list(
  action: string,
  items: readonly string[],
  completion: string,
): [string, ListFacts] {
  return [action, { items, completion }];
}

function optional(
  action: string,
  items: readonly string[],
  completion: string,
): [string, ListFacts] {
  return [action, { items, completion, isOptional: true }];
}
