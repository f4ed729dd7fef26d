import { errorFrame } from "../server/frame_writer.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import { bridgeSnapshot } from "../calls/call_events.ts";
import type { Pbx } from "../calls/pbx.ts";
import type { AmiAnswer } from "../server/server_client.ts";

/** Returns the answer to a list action. */
export function list(
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

/** The bridges, each with the number of its channels. */
export function bridgeList({ calls }: Pbx): AmiAnswer {
  const members = new Map<string, number>();
  for (const { bridgeId } of calls.channels) {
    if (bridgeId === "") continue;
    members.set(bridgeId, (members.get(bridgeId) ?? 0) + 1);
  }
  const items = [...members].map(([id, count]) => ({
    Event: "BridgeListItem",
    ...bridgeSnapshot({ id, members: count }),
  }));
  return list("Bridge listing will follow", items, "BridgeListComplete");
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

/** The states of the PJSIP endpoints, and of the devices of queue calls. */
export function deviceStateList({ options, calls, queues }: Pbx): AmiAnswer {
  const items = options.endpoints.map((endpoint) => ({
    Event: "DeviceStateChange",
    Device: `PJSIP/${endpoint.name}`,
    // As `devstatestring` of main/devicestate.c has it beside the words.
    State: calls.stateOf(endpoint).toUpperCase()
      .replace("NOT IN USE", "NOT_INUSE").replace("IN USE", "INUSE"),
  }));
  const names = new Set(items.map((item) => item.Device));
  const others = [...queues.devices].flatMap(([device, state]) =>
    names.has(device)
      ? []
      : [{ Event: "DeviceStateChange", Device: device, State: state }]
  );
  return list(
    "Device State Changes will follow",
    [...items, ...others],
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

/** The calls that are parked: none, as parking is not played. */
export function parkedCalls(): AmiAnswer {
  const frames = list("Parked calls will follow", [], "ParkedCallsComplete");
  return frames.map((frame) =>
    frame["Event"] === undefined ? frame : { ...frame, Total: 0 }
  );
}

/** The states of hints: none, as the dialplan has no hints. */
export function extensionStateList(): AmiAnswer {
  const message = "Extension Statuses will follow";
  return list(message, [], "ExtensionStateListComplete");
}
