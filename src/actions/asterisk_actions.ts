/** The actions that Asterisk 16 and 22 document, as in the catalog, which has no code at run time. */
const NAMES =
  "AbsoluteTimeout AgentLogoff Agents AGI AOCMessage Atxfer BlindTransfer " +
  "Bridge BridgeDestroy BridgeInfo BridgeKick BridgeList " +
  "BridgeTechnologyList BridgeTechnologySuspend BridgeTechnologyUnsuspend " +
  "CancelAtxfer Challenge ChangeMonitor Command ConfbridgeKick " +
  "ConfbridgeList ConfbridgeListRooms ConfbridgeLock ConfbridgeMute " +
  "ConfbridgeSetSingleVideoSrc ConfbridgeStartRecord ConfbridgeStopRecord " +
  "ConfbridgeUnlock ConfbridgeUnmute ControlPlayback CoreSettings " +
  "CoreShowChannelMap CoreShowChannels CoreStatus CreateConfig " +
  "DAHDIDialOffhook DAHDIDNDoff DAHDIDNDon DAHDIHangup DAHDIRestart " +
  "DAHDIShowChannels DAHDIShowStatus DAHDITransfer DBDel DBDelTree DBGet " +
  "DBGetTree DBPut DeviceStateList DialplanExtensionAdd " +
  "DialplanExtensionRemove Events ExtensionState ExtensionStateList " +
  "FAXSession FAXSessions FAXStats Filter FilterList GetConfig " +
  "GetConfigJSON Getvar Hangup IAXnetstats IAXpeerlist IAXpeers " +
  "IAXregistry JabberSend ListCategories ListCommands LocalOptimizeAway " +
  "LoggerRotate Login Logoff MailboxCount MailboxStatus MeetmeList " +
  "MeetmeListRooms MeetmeMute MeetmeUnmute MessageSend MixMonitor " +
  "MixMonitorMute ModuleCheck ModuleLoad Monitor MuteAudio MWIDelete " +
  "MWIGet MWIUpdate Originate Park ParkedCalls Parkinglots PauseMonitor " +
  "Ping PJSIPHangup PJSIPNotify PJSIPQualify PJSIPRegister " +
  "PJSIPSetMaintenance PJSIPShowAors PJSIPShowAuths PJSIPShowContacts " +
  "PJSIPShowEndpoint PJSIPShowEndpoints PJSIPShowMaintenance " +
  "PJSIPShowRegistrationInboundContactStatuses " +
  "PJSIPShowRegistrationsInbound PJSIPShowRegistrationsOutbound " +
  "PJSIPShowResourceLists PJSIPShowSubscriptionsInbound " +
  "PJSIPShowSubscriptionsOutbound PJSIPUnregister PlayDTMF PlayMF " +
  "PresenceState PresenceStateList PRIDebugFileSet PRIDebugFileUnset " +
  "PRIDebugSet PRIShowSpans QueueAdd QueueChangePriorityCaller QueueLog " +
  "QueueMemberRingInUse QueuePause QueuePenalty QueueReload QueueRemove " +
  "QueueReset QueueRule QueueStatus QueueSummary QueueWithdrawCaller " +
  "Redirect Reload SendFlash SendText Setvar ShowDialPlan SIPnotify " +
  "SIPpeers SIPpeerstatus SIPqualifypeer SIPshowpeer SIPshowregistry " +
  "SKINNYdevices SKINNYlines SKINNYshowdevice SKINNYshowline " +
  "SorceryMemoryCacheExpire SorceryMemoryCacheExpireObject " +
  "SorceryMemoryCachePopulate SorceryMemoryCacheStale " +
  "SorceryMemoryCacheStaleObject Status StopMixMonitor StopMonitor " +
  "UnpauseMonitor UpdateConfig UserEvent VoicemailBoxSummary " +
  "VoicemailForward VoicemailMove VoicemailRefresh VoicemailRemove " +
  "VoicemailUsersList VoicemailUserStatus WaitEvent";

/** The names by themselves in lower case, once they were asked for. */
let names: ReadonlyMap<string, string> | undefined;

function namesByLowerCase(): ReadonlyMap<string, string> {
  return names ??= new Map(
    NAMES.split(" ").map((name) => [name.toLowerCase(), name]),
  );
}

/**
 * Reports whether an action is one of Asterisk's own. Their responses always
 * carry the ActionID; those of actions that other modules bring may not.
 *
 * @param action The action's name, in any case.
 * @returns `true` for those that Asterisk 16 or 22 documents.
 */
export function isAsteriskAction(action: string): boolean {
  return namesByLowerCase().has(action.toLowerCase());
}

/**
 * Returns the name of an action as Asterisk documents it.
 *
 * @param action The action's name, in any case.
 * @returns The name; `undefined` for actions that neither Asterisk 16 nor 22 documents.
 */
export function asteriskActionName(action: string): string | undefined {
  return namesByLowerCase().get(action.toLowerCase());
}
