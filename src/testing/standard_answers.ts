import { createHash } from "node:crypto";
import { Reason, timestamp } from "./call_events.ts";
import { runCommand } from "./cli_commands.ts";
import type { ClientConnection } from "./client_connection.ts";
import { findConfiguration } from "./configuration.ts";
import type { AmiFrame } from "./frame_writer.ts";
import { readOriginate } from "./originate_order.ts";
import type { Pbx } from "./pbx.ts";
import type { ReceivedAction } from "./received_action.ts";
import type { AmiAnswer } from "./server_client.ts";
import { wait } from "./wait.ts";

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
  ["Challenge", challenge],
  ["Command", command],
  ["CoreSettings", coreSettings],
  ["CoreShowChannels", coreShowChannels],
  ["CoreStatus", coreStatus],
  ["Events", events],
  ["GetConfig", getConfig],
  ["Hangup", hangup],
  ["ListCommands", listCommands],
  ["Login", login],
  ["Logoff", logoff],
  ["Originate", originate],
  ["Ping", ping],
  ["PJSIPShowEndpoints", pjsipShowEndpoints],
  ["QueueStatus", queueStatus],
  ["SIPpeers", sipPeers],
  ["UserEvent", userEvent],
]);

/** The response that refuses an action. */
export function errorFrame(message: string): AmiFrame {
  return { Response: "Error", Message: message };
}

function list(
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

/** `ActionID` as the last header, or none if the action had none. */
function lastActionId({ actionId }: ReceivedAction): AmiFrame {
  return { ActionID: actionId === "" ? [] : actionId };
}

function challenge(
  _pbx: Pbx,
  action: ReceivedAction,
  client: ClientConnection,
): AmiAnswer {
  if (action.get("AuthType")?.toUpperCase() !== "MD5") {
    return errorFrame("Must specify AuthType");
  }
  if (client.challenge === "") {
    const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
    client.challenge = `${number >>> 1}`;
  }
  return { Response: "Success", Challenge: client.challenge };
}

function isRightSecret(
  secret: string,
  action: ReceivedAction,
  client: ClientConnection,
): boolean {
  if (action.get("AuthType")?.toUpperCase() !== "MD5") {
    return action.get("Secret") === secret;
  }
  if (client.challenge === "") return false;
  const text = client.challenge + secret;
  return action.get("Key") === createHash("md5").update(text).digest("hex");
}

async function login(
  pbx: Pbx,
  action: ReceivedAction,
  client: ClientConnection,
): Promise<AmiAnswer> {
  if (client.loggedIn) {
    return { Response: "Success", Message: "Already authenticated" };
  }
  const { username, secret, refusalDelay } = pbx.options;
  const given = action.get("Username") ?? "";
  const isUser = given.toLowerCase() === username.toLowerCase();
  if (!isUser || !isRightSecret(secret, action, client)) {
    if (refusalDelay > 0) await wait(refusalDelay, pbx.signal);
    client.answer(action, errorFrame("Authentication failed"));
    client.close();
    return;
  }
  client.logIn(username, action.get("Events"));
  const accepted = {
    Response: "Success",
    Message: "Authentication accepted",
  };
  const SYSTEM = 1;
  if ((client.eventMask & SYSTEM) === 0) return accepted;
  const seconds = Math.floor((Date.now() - pbx.startedAt) / 1_000);
  const fullyBooted = {
    Event: "FullyBooted",
    ActionID: [],
    Privilege: "system,all",
    Uptime: seconds,
    LastReload: seconds,
    Status: "Fully Booted",
  };
  return [accepted, fullyBooted];
}

function logoff(
  _pbx: Pbx,
  action: ReceivedAction,
  client: ClientConnection,
): void {
  client.answer(action, {
    Response: "Goodbye",
    Message: "Thanks for all the fish.",
  });
  client.close();
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

function coreShowChannels({ calls }: Pbx): AmiAnswer {
  const now = Date.now();
  const items = calls.channels.map((channel) => ({
    Event: "CoreShowChannel",
    ...channel.snapshot(),
    Application: channel.application,
    ApplicationData: channel.applicationData,
    Duration: duration(now - channel.createdAt),
    BridgeId: channel.bridgeId,
  }));
  return list("Channels will follow", items, "CoreShowChannelsComplete");
}

/** A time as hours, minutes and seconds. */
function duration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  return [seconds / 3_600, seconds / 60 % 60, seconds % 60]
    .map((part) => `${Math.floor(part)}`.padStart(2, "0"))
    .join(":");
}

function pjsipShowEndpoints({ options, calls }: Pbx): AmiAnswer {
  if (options.endpoints.length === 0) return errorFrame("No endpoints found");
  const items = options.endpoints.map((endpoint) => {
    const { name, contact = "" } = endpoint;
    return {
      Event: "EndpointList",
      ObjectType: "endpoint",
      ObjectName: name,
      Transport: "",
      Aor: name,
      Auths: name,
      OutboundAuths: "",
      Contacts: contact === "" ? "" : `${name}/${contact},`,
      DeviceState: calls.stateOf(endpoint),
      ActiveChannels: calls.channelsOf(endpoint).map((each) => each.name)
        .join(","),
    };
  });
  return list(
    "A listing of Endpoints follows, presented as EndpointList events",
    items,
    "EndpointListComplete",
  );
}

function sipPeers({ options }: Pbx): AmiAnswer {
  const items = options.peers.map((peer) => {
    const { name, address = "-none-", port = 0 } = peer;
    const { status = "Unmonitored" } = peer;
    return {
      Event: "PeerEntry",
      Channeltype: "SIP",
      ObjectName: name,
      ChanObjectType: "peer",
      IPaddress: address,
      IPport: port,
      Dynamic: "yes",
      AutoForcerport: "yes",
      Forcerport: "no",
      AutoComedia: "no",
      Comedia: "no",
      VideoSupport: "no",
      TextSupport: "no",
      ACL: "no",
      Status: status,
      RealtimeDevice: "no",
      Description: "",
      Accountcode: "",
    };
  });
  return list("Peer status list will follow", items, "PeerlistComplete");
}

function queueStatus(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const wantedQueue = action.get("Queue") ?? "";
  const wantedMember = action.get("Member") ?? "";
  const id = lastActionId(action);
  const items: AmiFrame[] = [];
  for (const queue of pbx.options.queues) {
    if (wantedQueue !== "" && queue.name !== wantedQueue) continue;
    items.push({
      Event: "QueueParams",
      Queue: queue.name,
      Max: 0,
      Strategy: queue.strategy ?? "ringall",
      Calls: 0,
      Holdtime: 0,
      TalkTime: 0,
      Completed: 0,
      Abandoned: 0,
      ServiceLevel: 0,
      ServicelevelPerf: "0.0",
      ServicelevelPerf2: "0.0",
      Weight: 0,
      ...id,
    });
    for (const member of queue.members ?? []) {
      const { name = member.interface } = member;
      const isWanted = wantedMember === "" || wantedMember === name ||
        wantedMember === member.interface;
      if (!isWanted) continue;
      items.push({
        Event: "QueueMember",
        Queue: queue.name,
        Name: name,
        Location: member.interface,
        StateInterface: member.stateInterface ?? member.interface,
        Membership: "static",
        Penalty: member.penalty ?? 0,
        CallsTaken: 0,
        LastCall: 0,
        LastPause: 0,
        LoginTime: Math.floor(pbx.startedAt / 1_000),
        InCall: 0,
        Status: member.status ?? 1,
        Paused: member.pausedReason === undefined ? 0 : 1,
        PausedReason: member.pausedReason ?? "",
        Wrapuptime: 0,
        ...id,
      });
    }
  }
  return list("Queue status will follow", items, "QueueStatusComplete");
}

function getConfig({ options }: Pbx, action: ReceivedAction): AmiAnswer {
  const filename = action.get("Filename") ?? "";
  if (filename === "") return errorFrame("Filename not specified");
  const configuration = findConfiguration(options, filename);
  if (configuration === undefined) return errorFrame("Config file not found");
  const wanted = action.get("Category") ?? "";
  const frame: Record<string, string> = { Response: "Success" };
  let categoryCount = 0;
  for (const [category, lines] of Object.entries(configuration)) {
    if (wanted !== "" && category !== wanted) continue;
    const number = `${categoryCount++}`.padStart(6, "0");
    frame[`Category-${number}`] = category;
    for (const [index, line] of lines.entries()) {
      frame[`Line-${number}-${`${index}`.padStart(6, "0")}`] = line;
    }
  }
  if (wanted === "" || categoryCount > 0) return frame;
  // A line that is no header (action_getconfig(), main/manager.c).
  const { actionId } = action;
  const id = actionId === "" ? "" : `ActionID: ${actionId}\r\n`;
  return `Response: Success\r\n${id}No categories found\r\n\r\n`;
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

function hangup({ calls }: Pbx, action: ReceivedAction): AmiAnswer {
  const channel = action.get("Channel") ?? "";
  if (channel === "") return errorFrame("No channel specified");
  const cause = Number.parseInt(action.get("Cause") ?? "", 10);
  // Without a cause Asterisk takes 16 (action_hangup(), main/manager.c).
  const isCause = cause >= 0 && cause <= 127;
  const isHungUp = calls.hangUp(channel, isCause ? cause : 16);
  if (!isHungUp) return errorFrame("No such channel");
  return { Response: "Success", Message: "Channel Hungup" };
}

function originate(
  { calls }: Pbx,
  action: ReceivedAction,
): AmiAnswer | Promise<AmiAnswer> {
  const order = readOriginate(action);
  if (typeof order === "string") return errorFrame(order);
  const queued = {
    Response: "Success",
    Message: "Originate successfully queued",
  };
  const outcome = calls.originate(order);
  if (order.isAsync) return queued;
  return outcome.then((reason) =>
    reason === Reason.answered ? queued : errorFrame("Originate failed")
  );
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
