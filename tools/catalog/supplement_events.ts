/**
 * Headers of events that Asterisk sends and does not document, of documented
 * events and of such as are documented nowhere. Kept by hand, with the source.
 *
 * @module
 */

/** The headers that any completion of a list has (`main/manager.c`, `astman_send_list_complete_start`). */
export const COMPLETION_FIELDS: readonly string[] = ["EventList", "ListItems"];

/** Undocumented headers of events, by event. An event without any is only known by its name. */
export const EVENT_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  // main/bridge.c
  ["BridgeListItem", []],
  [
    "BridgeTechnologyListItem",
    ["BridgeTechnology", "BridgeType", "BridgePriority", "BridgeSuspended"],
  ],
  // main/ccss.c
  ["CCAvailable", ["CoreID", "Callee", "Service"]],
  ["CCCallerRecalling", ["CoreID", "Caller"]],
  ["CCCallerStartMonitoring", ["CoreID", "Caller"]],
  ["CCCallerStopMonitoring", ["CoreID", "Caller"]],
  ["CCFailure", ["CoreID", "Caller", "Reason"]],
  ["CCMonitorFailed", ["CoreID", "Callee"]],
  ["CCOfferTimerStart", ["CoreID", "Caller", "Expires"]],
  ["CCRecallComplete", ["CoreID", "Caller"]],
  ["CCRequestAcknowledged", ["CoreID", "Caller"]],
  ["CCRequested", ["CoreID", "Caller", "Callee"]],
  // main/manager.c
  ["ChannelHungup", ["Channel"]],
  ["ChannelsHungupListComplete", []],
  ["CoreShowChannelMap", ["Channel", "ConnectedChannel"]],
  [
    "ListDialplan",
    [
      "Context",
      "Extension",
      "ExtensionLabel",
      "Priority",
      "Application",
      "AppData",
      "Registrar",
      "IncludeContext",
      "Switch",
      "IgnorePattern",
    ],
  ],
  [
    "ShowDialPlanComplete",
    ["ListExtensions", "ListPriorities", "ListContexts"],
  ],
  ["StatusComplete", ["Items"]],
  ["WaitEventComplete", []],
  // main/db.c
  ["DBGetResponse", ["Family", "Key", "Val"]],
  ["DBGetTreeResponse", ["Key", "Val"]],
  // channels/chan_dahdi.c
  [
    "DAHDIShowChannels",
    [
      "DAHDIChannel",
      "Channel",
      "Uniqueid",
      "AccountCode",
      "Signalling",
      "SignallingCode",
      "Context",
      "DND",
      "Alarm",
      "Description",
    ],
  ],
  ["DAHDIShowChannelsComplete", ["Items"]],
  ["DAHDIShowStatus", []],
  ["DAHDIShowStatusComplete", ["Items"]],
  ["PRIShowSpans", ["Span", "DChannel", "Order", "Active", "Alarm", "Up"]],
  ["PRIShowSpansComplete", ["Items"]],
  // channels/chan_iax2.c and channels/chan_sip.c
  [
    "PeerEntry",
    [
      "Channeltype",
      "ObjectName",
      "ChanObjectType",
      "IPaddress",
      "IPport",
      "Port",
      "Mask",
      "Dynamic",
      "Trunk",
      "Encryption",
      "AutoForcerport",
      "Forcerport",
      "AutoComedia",
      "Comedia",
      "VideoSupport",
      "TextSupport",
      "ACL",
      "Status",
      "RealtimeDevice",
      "Description",
      "Accountcode",
    ],
  ],
  [
    "RegistryEntry",
    [
      "Host",
      "Port",
      "DNSmgr",
      "Username",
      "Domain",
      "DomainPort",
      "Perceived",
      "Refresh",
      "State",
      "RegistrationTime",
    ],
  ],
  // channels/chan_skinny.c
  ["DeviceEntry", []],
  ["LineEntry", []],
  // channels/chan_mobile.c, res/res_xmpp.c, main/test.c
  ["JabberStatus", []],
  ["MobileStatus", ["Status", "Device"]],
  ["TestEvent", ["Type", "State", "AppFile", "AppFunction", "AppLine"]],
  // main/manager_channels.c
  ["Rename", ["Channel", "Newname", "Uniqueid", "ChanVariable(*)"]],
  // main/manager.c, fast_originate; with `channelvars` in manager.conf
  ["OriginateResponse", ["ChanVariable(*)"]],
  // res/res_pjsip/pjsip_configuration.c, seen of Asterisk 22.10
  ["EndpointDetail", ["FollowRedirectMethods"]],
  // apps/confbridge/confbridge_manager.c; tests/captures/calls-22.txt
  ["ConfbridgeList", ["EndMarkedAny"]],
  // main/manager.c, generate_status; tests/captures/calls-22.txt
  ["Status", ["Variable"]],
  // apps/app_queue.c
  [
    "QueueParams",
    [
      "Queue",
      "ServiceLevel",
      "ServicelevelPerf",
      "ServicelevelPerf2",
      "Weight",
    ],
  ],
  [
    "QueueMember",
    [
      "Queue",
      "Name",
      "Location",
      "StateInterface",
      "Membership",
      "Penalty",
      "CallsTaken",
      "LastCall",
      "LastPause",
      "LoginTime",
      "InCall",
      "Status",
      "Paused",
      "PausedReason",
      "Wrapuptime",
    ],
  ],
  [
    "QueueSummary",
    [
      "Queue",
      "LoggedIn",
      "Available",
      "Callers",
      "HoldTime",
      "TalkTime",
      "LongestHoldTime",
    ],
  ],
  // res/parking/parking_manager.c
  ["Parkinglot", ["Name", "StartSpace", "StopSpace", "Timeout"]],
  ["ParkedCallsComplete", ["Total"]],
  // res/res_fax.c
  ["FAXSessionsComplete", ["Total"]],
  // res/res_pjsip_outbound_registration.c
  ["OutboundRegistrationDetailComplete", ["Registered", "NotRegistered"]],
  // apps/app_voicemail.c
  ["VoicemailBoxDetail", []],
  ["VoicemailUserDetail", []],
  [
    "VoicemailUserEntry",
    [
      "VMContext",
      "VoiceMailbox",
      "Fullname",
      "Email",
      "Pager",
      "ServerEmail",
      "MailCommand",
      "Language",
      "TimeZone",
      "Callback",
      "Dialout",
      "UniqueID",
      "ExitContext",
      "SayDurationMinimum",
      "SayEnvelope",
      "SayCID",
      "AttachMessage",
      "AttachmentFormat",
      "DeleteMessage",
      "VolumeGain",
      "CanReview",
      "CallOperator",
      "MaxMessageCount",
      "MaxMessageLength",
      "NewMessageCount",
      "OldMessageCount",
    ],
  ],
]);

/** Events that hold whatever their sender likes (`main/manager.c`, `main/test.c`). */
export const OPEN_EVENTS: ReadonlySet<string> = new Set([
  "TestEvent",
  "UserEvent",
]);

/** Prefixes of bridges in events that do not document them (`main/bridge.c`). */
export const EVENT_BRIDGES: ReadonlyMap<string, readonly string[]> = new Map([
  ["BridgeListItem", [""]],
]);
