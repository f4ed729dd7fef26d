import { errorFrame } from "../server/frame_writer.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { Pbx } from "../calls/pbx.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";

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

/** The live channels. */
export function coreShowChannels({ calls }: Pbx): AmiAnswer {
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

/** The PJSIP endpoints. */
export function pjsipShowEndpoints({ options, calls }: Pbx): AmiAnswer {
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

/** The states of the devices, which are those of the PJSIP endpoints. */
export function deviceStateList({ options, calls }: Pbx): AmiAnswer {
  const items = options.endpoints.map((endpoint) => ({
    Event: "DeviceStateChange",
    Device: `PJSIP/${endpoint.name}`,
    // As `devstatestring` of main/devicestate.c has it beside the words.
    State: calls.stateOf(endpoint).toUpperCase()
      .replace("NOT IN USE", "NOT_INUSE").replace("IN USE", "INUSE"),
  }));
  return list(
    "Device State Changes will follow",
    items,
    "DeviceStateListComplete",
  );
}

/** The SIP peers. */
export function sipPeers({ options }: Pbx): AmiAnswer {
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

/** The queues and their members, all or those that are asked for. */
export function queueStatus(pbx: Pbx, action: ReceivedAction): AmiAnswer {
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
