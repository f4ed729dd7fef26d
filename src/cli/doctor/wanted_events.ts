/**
 * The events that Asterisk sends by itself, by the class that a user has to
 * read to get them: those of the documentation of 16 and 22
 * (`managerEventInstance`), with the classes that the source has where the
 * documentation has another (`CEL`), and without the items of lists, which
 * need no class.
 */
export const EVENTS_BY_CLASS: Readonly<Record<string, string>> = {
  call:
    "Newchannel Newstate Hangup DialBegin DialEnd DialState BridgeEnter BridgeLeave BridgeCreate BridgeDestroy BridgeMerge " +
    "AttendedTransfer BlindTransfer NewCallerid NewConnectedLine NewAccountCode Rename Hold Unhold " +
    "OriginateResponse DeviceStateChange ExtensionStatus PresenceStateChange PresenceStatus MessageWaiting " +
    "ParkedCall ParkedCallGiveUp ParkedCallSwap ParkedCallTimeOut UnParkedCall Pickup " +
    "HangupRequest SoftHangupRequest SessionTimeout LocalBridge LocalOptimizationBegin LocalOptimizationEnd " +
    "ConfbridgeStart ConfbridgeEnd ConfbridgeJoin ConfbridgeLeave ConfbridgeMute ConfbridgeUnmute ConfbridgeTalking " +
    "ConfbridgeRecord ConfbridgeStopRecord " +
    "MeetmeJoin MeetmeLeave MeetmeEnd MeetmeMute MeetmeTalking MeetmeTalkRequest " +
    "MusicOnHoldStart MusicOnHoldStop MixMonitorStart MixMonitorStop MixMonitorMute MonitorStart MonitorStop " +
    "ChanSpyStart ChanSpyStop BridgeVideoSourceUpdate FAXStatus ReceiveFAX SendFAX MiniVoiceMail " +
    "DAHDIChannel Flash Wink MCID SIPQualifyPeerDone CEL",
  agent:
    "QueueCallerJoin QueueCallerLeave QueueCallerAbandon QueueMemberStatus QueueMemberAdded QueueMemberRemoved " +
    "QueueMemberPause QueueMemberPenalty QueueMemberRinginuse " +
    "AgentCalled AgentConnect AgentComplete AgentRingNoAnswer AgentDump AgentLogin AgentLogoff",
  system:
    "FullyBooted Shutdown Reload Load Unload PeerStatus ContactStatus Registry LogChannel DNDState " +
    "Alarm AlarmClear SpanAlarm SpanAlarmClear DeadlockStart",
  user: "UserEvent VoicemailPasswordChange",
  dtmf: "DTMFBegin DTMFEnd",
  reporting: "RTCPSent RTCPReceived",
  cdr: "Cdr",
  dialplan:
    "Newexten VarSet HangupHandlerPush HangupHandlerPop HangupHandlerRun",
  agi: "AGIExecStart AGIExecEnd AsyncAGIStart AsyncAGIExec AsyncAGIEnd",
  cc:
    "CCAvailable CCOfferTimerStart CCRequested CCRequestAcknowledged CCCallerStopMonitoring CCCallerStartMonitoring " +
    "CCCallerRecalling CCRecallComplete CCFailure CCMonitorFailed",
  aoc: "AOC-D AOC-E AOC-S",
  security:
    "SuccessfulAuth InvalidPassword InvalidAccountID ChallengeSent ChallengeResponseFailed FailedACL " +
    "AuthMethodNotAllowed InvalidTransport LoadAverageLimit MemoryLimit RequestBadFormat RequestNotAllowed " +
    "RequestNotSupported SessionLimit UnexpectedAddress",
};

/** The events of a class, the most wanted first. */
export function eventsOf(name: string): string[] {
  return EVENTS_BY_CLASS[name]?.split(" ") ?? [];
}

const CLASS_BY_EVENT: ReadonlyMap<string, { event: string; class: string }> =
  new Map(
    Object.keys(EVENTS_BY_CLASS).flatMap((name) =>
      eventsOf(name).map((event) =>
        [event.toLowerCase(), { event, class: name }] as const
      )
    ),
  );

/** Every event that the doctor knows. */
export const KNOWN_EVENTS: readonly string[] = [...CLASS_BY_EVENT.values()]
  .map(({ event }) => event);

/**
 * The class of an event.
 *
 * @param event Its name, in any letter case.
 * @returns Its name as Asterisk writes it, and the class; `undefined` if it is not known here.
 */
export function classOfEvent(
  event: string,
): { event: string; class: string } | undefined {
  return CLASS_BY_EVENT.get(event.toLowerCase());
}

/**
 * The requirements of some events besides the class: other files of
 * configuration, as their samples in Asterisk have it (`configs/samples/`), all
 * off by default.
 */
const NEEDS: ReadonlyMap<string, string> = new Map([
  [
    "Cdr",
    "It also needs cdr_manager.conf, [general]: enabled = yes",
  ],
  [
    "CEL",
    "It also needs cel.conf, [general]: enable = yes, with apps and events; and [manager]: enabled = yes",
  ],
  [
    "ExtensionStatus",
    "It also needs a hint for the extension, as in extensions.conf: exten => 6001,hint,PJSIP/6001",
  ],
]);

/**
 * Returns the requirements of an event besides the class.
 *
 * @param event Its name as Asterisk writes it.
 * @returns The advice, sentence by sentence.
 */
export function needsOf(event: string): string[] {
  const needs = NEEDS.get(event);
  return needs === undefined ? [] : [needs];
}
