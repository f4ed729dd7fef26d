/**
 * The kinds of the values of headers: texts that name something, and quantities.
 * Kept by hand, as Asterisk's documentation does not say what a value is.
 *
 * Every header is a text unless it is listed here, as a telephone number, an
 * extension or a queue that is called `0800` must not depend on its digits.
 *
 * @module
 */

/**
 * The kind of a header's value: a text, whatever it looks like; an integer; or
 * either, if Asterisk sends integers and other values.
 */
export type FieldKind = "text" | "number" | "either";

/** The name that stands for responses, which no event has. */
export const RESPONSE = "Response";

/** Headers that are integers, whatever event has them. */
const NUMBERS: ReadonlySet<string> = new Set([
  // main/manager_channels.c and main/manager_bridges.c
  "ChannelState",
  "Priority",
  "BridgeNumChannels",
  // How long something took, or takes (seconds, unless its name says otherwise)
  "AnsweredTime",
  "BillableSeconds",
  "Duration",
  "DurationMs",
  "Expires",
  "HoldTime",
  "Holdtime",
  "LastReload",
  "Logintime",
  "LongestHoldTime",
  "ParkingDuration",
  "ParkingTimeout",
  "Refresh",
  "RingTime",
  "Seconds",
  "TalkTime",
  "Time",
  "Timeout",
  "TimeToHangup",
  "Uptime",
  "Wait",
  "Wrapuptime",
  // When something was (seconds since 1970)
  "CallStarted",
  "ExpirationTime",
  "LastCall",
  "LastPause",
  "LoggedInTime",
  "LoginTime",
  "RegExpire",
  "RegistrationTime",
  // How many there are
  "Abandoned",
  "Available",
  "Callers",
  "Calls",
  "CallsTaken",
  "Completed",
  "CompletedFAXes",
  "ContactsRegistered",
  "CoreCurrentCalls",
  "CoreMaxCalls",
  "CoreMaxFilehandles",
  "CoreProcessedCalls",
  "Count",
  "CurrentSessions",
  "FailedFAXes",
  "Items",
  "ListContexts",
  "ListExtensions",
  "ListItems",
  "ListPriorities",
  "LoggedIn",
  "Marked",
  "Max",
  "MaxMessageCount",
  "New",
  "NewMessageCount",
  "NewMessages",
  "NotRegistered",
  "NumberOf",
  "Old",
  "OldMessageCount",
  "OldMessages",
  "PagesReceived",
  "PagesTransmitted",
  "Parties",
  "ReceiveAttempts",
  "Registered",
  "ReservedSessions",
  "Total",
  "TotalBadLines",
  "TotalContacts",
  "TransmitAttempts",
  "UrgMessages",
  // Where something is among others, and how it is weighed
  "BridgePriority",
  "OriginalPosition",
  "PageNumber",
  "Penalty",
  "Position",
  "Weight",
  // Codes, and switches that are 0 or 1
  "Cause",
  "InCall",
  "Paused",
  "ResultCode",
  "Ringinuse",
  "SignallingCode",
  "SpecialCode",
  "TechCause",
  "UsingPassword",
  "Waiting",
  // Ports
  "DomainPort",
  "ExternalSignalingPort",
  "IPport",
  "Port",
  "RtpPortEnd",
  "RtpPortStart",
  "ViaPort",
  // main/rtp_engine.c, rtcp_report_to_ami
  "ReportCount",
  "ReportXCumulativeLost",
  "ReportXFractionLost",
  "ReportXHighestSequence",
  "ReportXIAJitter",
  "ReportXLSR",
  "ReportXSequenceNumberCycles",
  "SentOctets",
  "SentPackets",
  "SentRTP",
  // main/aoc.c
  "Cost",
  "Length",
  // Numbers of a configuration (res/res_pjsip, apps/app_queue.c, apps/app_voicemail.c, res/res_fax.c)
  "AsycOperations",
  "Cos",
  "CosAudio",
  "CosVideo",
  "DataRate",
  "DefaultExpiration",
  "DeviceStateBusyAt",
  "DtlsRekey",
  "Expiration",
  "FatalRetryInterval",
  "FaxDetectTimeout",
  "ForbiddenRetryInterval",
  "MaxAudioStreams",
  "MaxContacts",
  "MaxMessageLength",
  "MaxRandomInitialDelay",
  "MaxRetries",
  "MaxVideoStreams",
  "MaximumExpiration",
  "MinimumExpiration",
  "NextReg",
  "NonceLifetime",
  "NotificationBatchInterval",
  "QualifyFrequency",
  "RetryInterval",
  "RtpKeepalive",
  "RtpTimeout",
  "RtpTimeoutHold",
  "SayDurationMinimum",
  "ServiceLevel",
  "SubMinExpiry",
  "T38UdptlMaxdatagram",
  "TcpKeepaliveIdleTime",
  "TcpKeepaliveIntervalTime",
  "TcpKeepaliveProbeCount",
  "TimersMinSe",
  "TimersSessExpires",
  "Tos",
  "TosAudio",
  "TosVideo",
  "WebsocketWriteTimeout",
  // main/test.c
  "AppLine",
]);

/** Headers that are integers or something else, each with the reason. */
const EITHER: ReadonlyMap<string, string> = new Map([
  // apps/app_minivm.c: the variable MVM_COUNTER of the channel
  ["Counter", "An empty text where the variable is not set."],
  // res/res_pjsip/pjsip_options.c
  ["RoundtripUsec", 'The text "N/A" where nothing was measured.'],
  // res/res_fax.c: the variable FAXPAGES and FAXBITRATE of the channel
  ["PagesTransferred", "An empty text where the fax failed."],
  ["TransferRate", "An empty text where the fax failed."],
]);

/** Headers that have another kind in one event than in others. */
const EXCEPTIONS: ReadonlyMap<string, ReadonlyMap<string, FieldKind>> = new Map(
  Object.entries<Record<string, FieldKind>>({
    // res/res_pjsip/pjsip_options.c, where others send a word
    ContactStatusDetail: {
      AuthenticateQualify: "number",
      Qualify2xxOnly: "number",
    },
    // main/manager.c: hours, minutes and seconds
    CoreShowChannel: { Duration: "text" },
    // apps/confbridge/confbridge_manager.c: a word, where MessageWaiting has 0 or 1
    ConfbridgeList: { Waiting: "text" },
    // main/manager.c, manager_extension_state
    ExtensionStatus: { Status: "number" },
    // main/pbx.c, manager_show_dialplan_helper
    ListDialplan: { Priority: "either" },
    // apps/app_meetme.c: four digits, or a word
    MeetmeListRooms: { Marked: "text" },
    // main/manager.c, fast_originate
    OriginateResponse: { Reason: "number" },
    // channels/chan_iax2.c, _iax2_show_peers_one
    PeerEntry: { IPport: "either", Port: "either" },
    // channels/chan_sip.c and chan_iax2.c: a word
    PeerStatus: { Cause: "text" },
    // apps/app_queue.c: a state code
    QueueMember: { Status: "number" },
    QueueMemberAdded: { Status: "number" },
    QueueMemberPause: { Status: "number" },
    QueueMemberPenalty: { Status: "number" },
    QueueMemberRemoved: { Status: "number" },
    QueueMemberRinginuse: { Status: "number" },
    QueueMemberStatus: { Status: "number" },
    // channels/chan_sip.c and chan_iax2.c: a word
    Registry: { Cause: "text" },
    // main/loader.c, manager_reload
    Reload: { Status: "number" },
    // main/manager.c, of ExtensionState
    [RESPONSE]: { Status: "number" },
  }).map(([event, kinds]) => [event, new Map(Object.entries(kinds))]),
);

/** The reasons for headers that are either in one event alone. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["PeerEntry/IPport", 'The text "(null)" where an IAX2 peer has no address.'],
  ["PeerEntry/Port", 'The text "(null)" where an IAX2 peer has no address.'],
  ["ListDialplan/Priority", 'The text "hint" where it is a hint.'],
]);

/**
 * Returns the kind of a header's value.
 *
 * @param frame The event that has it, or {@linkcode RESPONSE}.
 * @param header The header, without the prefix of its channel or bridge.
 */
export function kindOf(frame: string, header: string): FieldKind {
  const exception = EXCEPTIONS.get(frame)?.get(header);
  if (exception !== undefined) return exception;
  if (EITHER.has(header)) return "either";
  return NUMBERS.has(header) ? "number" : "text";
}

/**
 * Returns the sentence that says when a header of the kind `"either"` is no
 * integer.
 *
 * @param event The event that has it.
 * @param header The header.
 */
export function reasonOf(event: string, header: string): string | undefined {
  if (kindOf(event, header) !== "either") return undefined;
  return REASONS.get(`${event}/${header}`) ?? EITHER.get(header);
}

/** Returns every sentence that {@linkcode reasonOf} can return. */
export function allReasons(): string[] {
  return [...EITHER.values(), ...REASONS.values()];
}

/** Returns every header of which this file says something, by its name or by `event/header`. */
export function listedFields(): string[] {
  return [
    ...NUMBERS,
    ...EITHER.keys(),
    ...[...EXCEPTIONS].flatMap(([event, kinds]) =>
      [...kinds.keys()].map((header) => `${event}/${header}`)
    ),
  ];
}
