import { type Channel, escaped, UNKNOWN } from "./channel.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { OriginateOrder } from "./originate_order.ts";

/** The outcome of an originated call (`Reason` of `OriginateResponse`). */
export const Reason: Readonly<
  Record<"failed" | "ringing" | "answered" | "busy" | "congested", number>
> = { failed: 0, ringing: 3, answered: 4, busy: 5, congested: 8 };

/** The texts of `ast_cause2str()` (main/channel.c). */
const CAUSES: ReadonlyMap<number, string> = new Map([
  [0, "Unknown"],
  [1, "Unallocated (unassigned) number"],
  [3, "No route to destination"],
  [16, "Normal Clearing"],
  [17, "User busy"],
  [18, "No user responding"],
  [19, "User alerting, no answer"],
  [20, "Subscriber absent"],
  [21, "Call Rejected"],
  [34, "Circuit/channel congestion"],
  [38, "Network out of order"],
]);

/** A bridge in which channels talk. */
export interface Bridge {
  readonly id: string;
  /** The number of channels in it. */
  members: number;
}

/** Options of {@linkcode CallEvents}. */
export interface CallEventsOptions {
  /** Puts `Timestamp` into the events. */
  timestamps: boolean;
  /** Takes the events. */
  emit: (event: AmiFrame) => void;
}

/**
 * The events of calls: the class, the headers and their order of each, as
 * Asterisk sends them. The time of each is decided elsewhere.
 */
export class CallEvents {
  readonly #options: CallEventsOptions;

  constructor(options: CallEventsOptions) {
    this.#options = options;
  }

  newchannel(channel: Channel): void {
    this.emit("Newchannel", "call", channel.snapshot());
  }

  newstate(channel: Channel): void {
    this.emit("Newstate", "call", channel.snapshot());
  }

  /** The channel comes to the application that it has now. */
  newexten(channel: Channel): void {
    this.emit("Newexten", "dialplan", channel.snapshot(), {
      Extension: channel.exten,
      Application: channel.application,
      AppData: channel.applicationData,
    });
  }

  newCallerid(channel: Channel): void {
    this.emit("NewCallerid", "call", channel.snapshot(), {
      "CID-CallingPres": "0 (Presentation Allowed, Not Screened)",
    });
  }

  newConnectedLine(channel: Channel): void {
    this.emit("NewConnectedLine", "call", channel.snapshot());
  }

  varSet(channel: Channel, name: string, value: string): void {
    this.emit("VarSet", "dialplan", channel.snapshot(), {
      Variable: name,
      Value: escaped(value),
    });
  }

  /**
   * Sends the event of the application `UserEvent`.
   *
   * @param headers Each as `Key: value`.
   */
  userEvent(channel: Channel, name: string, headers: readonly string[]): void {
    const body: Record<string, string> = { UserEvent: name };
    for (const header of headers) {
      const [key = "", ...value] = header.split(":");
      body[key] = value.join(":").trimStart();
    }
    this.emit("UserEvent", "user", channel.snapshot(), body);
  }

  /** The two legs of a Local channel belong together. */
  localBridge(one: Channel, two: Channel): void {
    this.emit("LocalBridge", "call", one.snapshot("LocalOne"), {
      ...two.snapshot("LocalTwo"),
      Context: two.context,
      Exten: two.exten,
      LocalOptimization: "Yes",
    });
  }

  /**
   * A channel is being dialled.
   *
   * @param channel The one that dials; none if an action does.
   */
  dialBegin(
    channel: Channel | undefined,
    dest: Channel,
    dialString: string,
  ): void {
    this.emit("DialBegin", "call", channel?.snapshot() ?? {}, {
      ...dest.snapshot("Dest"),
      DialString: dialString,
    });
  }

  /**
   * A channel is no longer being dialled.
   *
   * @param channel The one that dialled; none if an action did.
   */
  dialEnd(
    channel: Channel | undefined,
    dest: Channel,
    dialStatus: string,
  ): void {
    this.emit("DialEnd", "call", channel?.snapshot() ?? {}, {
      ...dest.snapshot("Dest"),
      DialStatus: dialStatus,
    });
  }

  /** A channel that an action dials makes progress. */
  dialState(dest: Channel, dialStatus: string): void {
    this.emit("DialState", "call", dest.snapshot("Dest"), {
      DialStatus: dialStatus,
    });
  }

  /**
   * A channel sends the one that it talks to elsewhere.
   *
   * @param transferee The other channel and its bridge; without it the transfer is not possible.
   */
  blindTransfer(
    transferer: Channel,
    { context, exten }: { context: string; exten: string },
    transferee?: { channel: Channel; bridge: Bridge },
  ): void {
    this.emit("BlindTransfer", "call", {
      Result: transferee === undefined ? "Invalid" : "Success",
      ...transferer.snapshot("Transferer"),
    }, {
      ...transferee?.channel.snapshot("Transferee"),
      ...(transferee === undefined ? {} : bridgeSnapshot(transferee.bridge)),
      IsExternal: "Yes",
      Context: context,
      Extension: exten,
    });
  }

  bridgeCreate(bridge: Bridge): void {
    this.emit("BridgeCreate", "call", bridgeSnapshot(bridge));
  }

  bridgeEnter(bridge: Bridge, channel: Channel): void {
    const snapshot = bridgeSnapshot(bridge);
    this.emit("BridgeEnter", "call", snapshot, channel.snapshot());
  }

  bridgeLeave(bridge: Bridge, channel: Channel): void {
    const snapshot = bridgeSnapshot(bridge);
    this.emit("BridgeLeave", "call", snapshot, channel.snapshot());
  }

  bridgeDestroy(bridge: Bridge): void {
    this.emit("BridgeDestroy", "call", bridgeSnapshot(bridge));
  }

  hangupRequest(channel: Channel, cause: number): void {
    this.emit("HangupRequest", "call", channel.snapshot(), { Cause: cause });
  }

  softHangupRequest(channel: Channel, cause: number): void {
    const body = { Cause: cause };
    this.emit("SoftHangupRequest", "call", channel.snapshot(), body);
  }

  hangup(channel: Channel, cause: number): void {
    this.emit("Hangup", "call", channel.snapshot(), {
      Cause: cause,
      "Cause-txt": CAUSES.get(cause) ?? "Unknown",
    });
  }

  deviceStateChange(device: string, state: string): void {
    const body = { Device: device, State: state };
    this.emit("DeviceStateChange", "call", body);
  }

  /**
   * The result of an asynchronous `Originate`.
   *
   * @param channel The one that was answered, if any.
   */
  originateResponse(
    order: OriginateOrder,
    reason: number,
    channel: Channel | undefined,
  ): void {
    const { actionId, application, data, context, exten } = order;
    const num = order.callerIdNum === "" ? UNKNOWN : order.callerIdNum;
    const name = order.callerIdName === "" ? UNKNOWN : order.callerIdName;
    this.emit("OriginateResponse", "call", {
      ActionID: actionId === "" ? [] : actionId,
      Response: reason === Reason.answered ? "Success" : "Failure",
      Channel: channel?.name ?? `${order.technology}/${order.resource}`,
    }, {
      ...(application === ""
        ? { Context: context, Exten: exten }
        : { Application: application, Data: data }),
      Reason: reason,
      Uniqueid: channel?.uniqueid ?? UNKNOWN,
      CallerIDNum: num,
      CallerIDName: name,
    });
  }

  /**
   * Sends an event.
   *
   * @param eventClass The class in `Privilege`.
   */
  emit(
    name: string,
    eventClass: string,
    first: AmiFrame,
    second: AmiFrame = {},
  ): void {
    const { timestamps, emit } = this.#options;
    emit({
      Event: name,
      Privilege: `${eventClass},all`,
      Timestamp: timestamps ? timestamp() : [],
      ...first,
      ...second,
    });
  }
}

/** The time as `Timestamp` has it: seconds and microseconds. */
export function timestamp(): string {
  return (Date.now() / 1_000).toFixed(6);
}

/** The headers of a bridge in an event (main/manager_bridges.c). */
export function bridgeSnapshot({ id, members }: Bridge): AmiFrame {
  return {
    BridgeUniqueid: id,
    BridgeType: "basic",
    BridgeTechnology: "simple_bridge",
    BridgeCreator: UNKNOWN,
    BridgeName: UNKNOWN,
    BridgeNumChannels: members,
    BridgeVideoSourceMode: "none",
  };
}
