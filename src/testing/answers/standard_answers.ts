import { timestamp } from "../calls/call_events.ts";
import {
  blindTransfer,
  bridge,
  hangup,
  originate,
  redirect,
} from "./call_answers.ts";
import { runCommand } from "./cli_commands.ts";
import type { ClientConnection } from "../server/client_connection.ts";
import {
  createConfig,
  getConfig,
  listCategories,
  reload,
  updateConfig,
} from "./configuration_answers.ts";
import {
  dbDel,
  dbDelTree,
  dbGet,
  dbGetTree,
  dbPut,
} from "./database_answers.ts";
import { errorFrame } from "../server/frame_writer.ts";
import {
  bridgeList,
  coreShowChannels,
  deviceStateList,
  extensionStateList,
  parkedCalls,
  pjsipShowEndpoints,
  sipPeers,
} from "./list_answers.ts";
import {
  queueAdd,
  queueMemberRingInUse,
  queuePause,
  queuePenalty,
  queueRemove,
  queueReset,
  queueStatus,
  queueSummary,
} from "./queue_answers.ts";
import { challenge, login, logoff } from "./login_answers.ts";
import type { Pbx } from "../calls/pbx.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";
import { getvar, setvar } from "./variable_answers.ts";
import { waitEvent } from "./wait_event.ts";

/** The built-in answer to an action. */
export type StandardAnswer = (
  pbx: Pbx,
  action: ReceivedAction,
  client: ClientConnection,
) => AmiAnswer | Promise<AmiAnswer>;

/** The built-in answers: the name of the action as Asterisk lists it → answer. */
export const STANDARD_ANSWERS: ReadonlyMap<string, StandardAnswer> = new Map<
  string,
  StandardAnswer
>([
  ["AGI", agi],
  ["BlindTransfer", blindTransfer],
  ["Bridge", bridge],
  ["BridgeList", bridgeList],
  ["Challenge", challenge],
  ["Command", command],
  ["CoreSettings", coreSettings],
  ["CoreShowChannels", coreShowChannels],
  ["CoreStatus", coreStatus],
  ["CreateConfig", createConfig],
  ["DBDel", dbDel],
  ["DBDelTree", dbDelTree],
  ["DBGet", dbGet],
  ["DBGetTree", dbGetTree],
  ["DBPut", dbPut],
  ["DeviceStateList", deviceStateList],
  ["Events", events],
  ["ExtensionStateList", extensionStateList],
  ["GetConfig", getConfig],
  ["Getvar", getvar],
  ["Hangup", hangup],
  ["ListCategories", listCategories],
  ["ListCommands", listCommands],
  ["Login", login],
  ["Logoff", logoff],
  ["Originate", originate],
  ["ParkedCalls", parkedCalls],
  ["Ping", ping],
  ["PJSIPShowEndpoints", pjsipShowEndpoints],
  ["QueueAdd", queueAdd],
  ["QueueMemberRingInUse", queueMemberRingInUse],
  ["QueuePause", queuePause],
  ["QueuePenalty", queuePenalty],
  ["QueueRemove", queueRemove],
  ["QueueReset", queueReset],
  ["QueueStatus", queueStatus],
  ["QueueSummary", queueSummary],
  ["Redirect", redirect],
  ["Reload", reload],
  ["Setvar", setvar],
  ["SIPpeers", sipPeers],
  ["UpdateConfig", updateConfig],
  ["UserEvent", userEvent],
  ["WaitEvent", waitEvent],
]);

function agi({ calls }: Pbx, action: ReceivedAction): AmiAnswer {
  const channel = action.get("Channel") ?? "";
  const command = action.get("Command") ?? "";
  if (channel === "" || command === "") {
    return errorFrame("Both, Channel and Command are *required*");
  }
  const commandId = action.get("CommandID") ?? "";
  const refusal = calls.addAgiCommand(channel, command, commandId);
  if (refusal !== undefined) return errorFrame(refusal);
  return { Response: "Success", Message: "Added AGI command to queue" };
}

function ping(): AmiAnswer {
  return { Response: "Success", Ping: "Pong", Timestamp: timestamp() };
}

function events(
  _pbx: Pbx,
  action: ReceivedAction,
  client: ClientConnection,
): AmiAnswer {
  const mask = client.setEventMask(action.get("EventMask") ?? "");
  if (mask === -1) return errorFrame("Invalid event mask");
  return { Response: "Success", Events: mask === 0 ? "Off" : "On" };
}

function listCommands(pbx: Pbx): AmiAnswer {
  const commands: Record<string, string> = { Response: "Success" };
  for (const name of pbx.actionNames()) {
    commands[name] = "Answered by the embedded PBX.  (Priv: <none>)";
  }
  return commands;
}

function coreSettings({ options }: Pbx): AmiAnswer {
  const { amiVersion, asteriskVersion } = options;
  // The last header came with Asterisk 18.21, whose AMI is 7.
  const hasSounds = Number.parseInt(amiVersion, 10) >= 7;
  return {
    Response: "Success",
    AMIversion: amiVersion,
    AsteriskVersion: asteriskVersion,
    SystemName: "",
    CoreMaxCalls: 0,
    CoreMaxLoadAvg: "0.000000",
    CoreRunUser: "",
    CoreRunGroup: "",
    CoreMaxFilehandles: 0,
    CoreRealTimeEnabled: "No",
    CoreCDRenabled: "Yes",
    CoreHTTPenabled: "No",
    SoundsSearchCustomDir: hasSounds ? "No" : [],
  };
}

function coreStatus({ startedAt, calls }: Pbx): AmiAnswer {
  const [date = "", rest = ""] = new Date(startedAt).toISOString().split("T");
  const time = rest.slice(0, 8);
  return {
    Response: "Success",
    CoreStartupDate: date,
    CoreStartupTime: time,
    CoreReloadDate: date,
    CoreReloadTime: time,
    CoreCurrentCalls: calls.channels.length,
    CoreProcessedCalls: calls.processed,
  };
}

function command(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const text = action.get("Command") ?? "";
  if (text === "") return errorFrame("No command provided");
  const { isSuccess, output } = runCommand(pbx, text);
  return {
    Response: isSuccess ? "Success" : "Error",
    Message: "Command output follows",
    Output: output,
  };
}

function userEvent(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const body: Record<string, string | string[]> = {};
  for (const [name] of action.headers) {
    const key = name.toLowerCase();
    if (key === "action" || key === "userevent") continue;
    body[name] = action.headers.flatMap(([other, value]) =>
      other === name ? [value] : []
    );
  }
  pbx.emit({
    Event: "UserEvent",
    Privilege: "user,all",
    Timestamp: pbx.options.timestamps ? timestamp() : [],
    UserEvent: action.get("UserEvent") ?? "",
    ...body,
  });
  return { Response: "Success", Message: "Event Sent" };
}
