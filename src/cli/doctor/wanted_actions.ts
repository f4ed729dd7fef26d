/** A commonly used action. */
export interface WantedAction {
  /** Its name. */
  readonly action: string;
  /** The classes of which `write` has to have one; none where everybody may send it. */
  readonly classes: readonly string[];
  /** The module that has to be loaded; none for what is part of Asterisk itself. */
  readonly module: string | undefined;
}

/** Names of actions, with the classes and the module of all of them. */
type Row = readonly [
  classes: readonly string[],
  module: string | undefined,
  actions: string,
];

/**
 * The most commonly used actions. The classes are those that `ListCommands` of
 * Asterisk 16 and 22 reports; those of Asterisk itself are the ones that exist
 * with no module loaded (both measured).
 */
const ROWS: readonly Row[] = [
  [["originate"], undefined, "Originate"],
  [["command"], undefined, "Command"],
  [
    ["call"],
    undefined,
    "Redirect Atxfer BlindTransfer Bridge Setvar SendText",
  ],
  [["system", "call"], undefined, "Hangup AbsoluteTimeout"],
  [["system", "call", "reporting"], undefined, "Status"],
  [
    ["call", "reporting"],
    undefined,
    "Getvar ExtensionState ExtensionStateList PresenceState MailboxCount MailboxStatus",
  ],
  [
    ["system", "reporting"],
    undefined,
    "CoreShowChannels CoreStatus CoreSettings DBGet",
  ],
  [
    ["system"],
    undefined,
    "DBPut DBDel DBDelTree Filter ModuleCheck ModuleLoad",
  ],
  [["system", "config"], undefined, "Reload GetConfig"],
  [["config"], undefined, "UpdateConfig CreateConfig ListCategories"],
  [["config", "reporting"], undefined, "ShowDialPlan"],
  [["user"], undefined, "UserEvent"],
  [["message"], undefined, "MessageSend"],
  [["aoc"], undefined, "AOCMessage"],
  [
    [],
    undefined,
    "Ping Events Logoff ListCommands WaitEvent BridgeList BridgeInfo BridgeKick BridgeDestroy",
  ],
  [
    ["agent"],
    "app_queue",
    "QueueAdd QueueRemove QueuePause QueuePenalty QueueLog",
  ],
  [
    [],
    "app_queue",
    "QueueStatus QueueSummary QueueReload QueueReset QueueRule",
  ],
  [["agent"], "app_agent_pool", "AgentLogoff Agents"],
  [["agi"], "res_agi", "AGI"],
  [["call"], "app_senddtmf", "PlayDTMF"],
  [["call"], "res_parking", "Park ParkedCalls Parkinglots"],
  [
    ["call"],
    "app_confbridge",
    "ConfbridgeKick ConfbridgeMute ConfbridgeUnmute ConfbridgeLock ConfbridgeUnlock",
  ],
  [["reporting"], "app_confbridge", "ConfbridgeList ConfbridgeListRooms"],
  [["system"], "app_mixmonitor", "MixMonitor"],
  [["system", "call"], "app_mixmonitor", "StopMixMonitor MixMonitorMute"],
  [["call", "reporting"], "res_manager_devicestate", "DeviceStateList"],
  [["call", "reporting"], "res_manager_presencestate", "PresenceStateList"],
  [
    ["system"],
    "res_pjsip",
    "PJSIPShowEndpoints PJSIPShowEndpoint PJSIPShowAors PJSIPShowContacts",
  ],
  [["system", "reporting"], "res_pjsip", "PJSIPQualify"],
  [["system"], "res_pjsip_registrar", "PJSIPShowRegistrationsInbound"],
  [
    ["system", "reporting"],
    "res_pjsip_outbound_registration",
    "PJSIPShowRegistrationsOutbound",
  ],
  [["system"], "res_pjsip_notify", "PJSIPNotify"],
  [["system", "reporting"], "chan_sip", "SIPpeers SIPshowpeer"],
];

/** Every action that the doctor knows. */
export const WANTED_ACTIONS: readonly WantedAction[] = ROWS.flatMap(
  ([classes, module, actions]) =>
    actions.split(" ").map((action) => ({ action, classes, module })),
);

const BY_NAME: ReadonlyMap<string, WantedAction> = new Map(
  WANTED_ACTIONS.map((wanted) => [wanted.action.toLowerCase(), wanted]),
);

/**
 * Returns the facts about an action.
 *
 * @param action Its name, in any letter case.
 * @returns The action, or `undefined` if the doctor does not know it.
 */
export function wantedAction(action: string): WantedAction | undefined {
  return BY_NAME.get(action.toLowerCase());
}

/**
 * Actions that need this very class, to show what it is good for.
 *
 * @param name The class.
 * @returns Their names, the most wanted first.
 */
export function actionsOf(name: string): string[] {
  const all = WANTED_ACTIONS.filter(({ classes }) => classes.includes(name));
  // Actions that no other class allows come first.
  return all.sort((one, other) => one.classes.length - other.classes.length)
    .map(({ action }) => action);
}
