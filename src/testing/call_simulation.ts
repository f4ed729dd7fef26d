import {
  Channel,
  type ChannelOptions,
  ChannelState,
  UNKNOWN,
} from "./channel.ts";
import type { AmiFrame } from "./frame_writer.ts";
import type { OriginateOrder } from "./originate_order.ts";
import type { AmiEndpoint, ResolvedServerOptions } from "./server_options.ts";
import { wait } from "./wait.ts";

/** How an originated call ended up (`Reason` of `OriginateResponse`). */
export const Reason: Readonly<
  Record<"failed" | "ringing" | "answered" | "busy", number>
> = { failed: 0, ringing: 3, answered: 4, busy: 5 };

/** What `ast_cause2str()` says (main/channel.c). */
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

const NORMAL_CLEARING = 16;
const USER_BUSY = 17;

/** One application of the dialplan. */
interface Step {
  application: string;
  data: string;
}

function readStep(text: string): Step {
  const match = /^([^(]*)\(([^]*)\)$/.exec(text);
  return match === null
    ? { application: text, data: "" }
    : { application: match[1] ?? "", data: match[2] ?? "" };
}

/** A call that is going on: its channels, and what ends it. */
class Call {
  readonly channels: Channel[] = [];
  readonly order: OriginateOrder;
  readonly report: (reason: number, channel?: Channel) => void;
  readonly #controller = new AbortController();
  /** The cause with which it was hung up from outside. */
  cause = 0;
  /** Called when the far leg answers. */
  onAnswer: () => void = () => {};

  constructor(order: OriginateOrder, report: Call["report"]) {
    this.order = order;
    this.report = report;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(cause: number): void {
    if (!this.signal.aborted) this.cause = cause;
    this.#controller.abort();
  }
}

/** What {@linkcode CallSimulation} needs of its server. */
export interface CallSimulationOptions {
  options: ResolvedServerOptions;
  /** Takes the events of the calls. */
  emit: (event: AmiFrame) => void;
}

/**
 * Plays the calls that clients originate: channels that ring, answer, run the
 * dialplan, talk and hang up, with the events that Asterisk sends for it, in
 * its order.
 */
export class CallSimulation {
  readonly #options: ResolvedServerOptions;
  readonly #emitEvent: (event: AmiFrame) => void;
  readonly #calls = new Set<Call>();
  readonly #running = new Set<Promise<void>>();
  #channelCount = 0;
  #localCount = 0;
  #endpointCount = 0;
  #isStopped = false;
  /** How many calls there have been. */
  processed = 0;

  constructor({ options, emit }: CallSimulationOptions) {
    this.#options = options;
    this.#emitEvent = emit;
  }

  /** The live channels, the newest first as Asterisk lists them. */
  get channels(): Channel[] {
    return [...this.#calls].flatMap((call) => call.channels).reverse();
  }

  /** How many calls are going on. */
  get active(): number {
    return this.#calls.size;
  }

  /** The state of an endpoint as `PJSIPShowEndpoints` calls it. */
  stateOf(endpoint: AmiEndpoint): string {
    const channels = this.channelsOf(endpoint);
    if (channels.some(({ state }) => state === ChannelState.up)) {
      return "In use";
    }
    if (channels.length > 0) return "Ringing";
    return (endpoint.contact ?? "") === "" ? "Unavailable" : "Not in use";
  }

  /** The live channels of an endpoint. */
  channelsOf(endpoint: AmiEndpoint): Channel[] {
    const device = `PJSIP/${endpoint.name}`;
    return this.channels.filter((channel) => channel.device === device);
  }

  /**
   * Starts a call.
   *
   * @returns How it ended up, as soon as that is known: the call goes on.
   */
  originate(order: OriginateOrder): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    let isReported = false;
    const call = new Call(order, (reason, channel) => {
      if (isReported) return;
      isReported = true;
      if (order.isAsync) this.#emitOriginateResponse(order, reason, channel);
      resolve(reason);
    });
    this.#calls.add(call);
    this.processed++;
    const running = this.#run(call);
    this.#running.add(running);
    // One that failed stays, so that stop() tells of it.
    running.then(() => this.#running.delete(running), () => {});
    return promise;
  }

  /** Hangs up the call of a channel; false if there is no such channel. */
  hangUp(name: string, cause: number): boolean {
    for (const call of this.#calls) {
      if (!call.channels.some((channel) => channel.name === name)) continue;
      call.end(cause);
      return true;
    }
    return false;
  }

  /** Ends every call without a further event. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const call of this.#calls) call.end(0);
    await Promise.all(this.#running);
  }

  async #run(call: Call): Promise<void> {
    const { technology } = call.order;
    try {
      if (technology.toLowerCase() === "local") await this.#playLocal(call);
      else await this.#playEndpoint(call);
    } catch (error) {
      if (!call.signal.aborted) throw error;
    } finally {
      call.report(Reason.failed);
      for (const channel of [...call.channels]) {
        this.#hangUp(call, channel, call.cause);
      }
      this.#calls.delete(call);
    }
  }

  // The two legs of a Local channel: the first runs what the action asked for,
  // the second the extension that it names.
  async #playLocal(call: Call): Promise<void> {
    const { order } = call;
    const [exten = "", rest = "default"] = order.resource.split("@", 2);
    const context = rest.replace(/\/.*$/, "");
    const device = `Local/${exten}@${context}`;
    const name = `${device}-${hex(this.#localCount++)}`;
    const common = { context, exten, device };
    const linkedid = this.#uniqueid(order.channelId);
    const one = this.#open(call, {
      ...common,
      name: `${name};1`,
      uniqueid: linkedid,
      linkedid,
      state: ChannelState.down,
    });
    const two = this.#open(call, {
      ...common,
      name: `${name};2`,
      uniqueid: this.#uniqueid(order.channelId && `${order.channelId};2`),
      linkedid,
      state: ChannelState.ring,
    });
    this.#emitNewexten(one, {
      application: "AppDial2",
      data: "(Outgoing Line)",
    });
    const steps = this.#stepsOf(exten);
    if (steps === undefined) {
      this.#hangUp(call, two, 0);
      call.report(Reason.failed);
      this.#hangUp(call, one, 0);
      this.#emitDeviceState(device, "INVALID");
      this.#emitDeviceState(device, "INVALID");
      return;
    }
    this.#dress(order, one, true);
    this.#dress(order, two, false);
    this.#emitClass("LocalBridge", "call", one.snapshot("LocalOne"), {
      ...two.snapshot("LocalTwo"),
      Context: context,
      Exten: exten,
      LocalOptimization: "Yes",
    });
    this.#emitDialBegin(undefined, one, `${exten}@${context}`);
    const answered = Promise.withResolvers<undefined>();
    call.onAnswer = () => {
      this.#setState(one, ChannelState.up);
      this.#emitDialEnd(undefined, one, "ANSWER");
      answered.resolve(undefined);
    };
    const far = this.#runSteps(call, two, steps, 1);
    const cause = await this.#ringUntil(call, answered.promise, far);
    if (cause !== undefined) {
      if (one.state === ChannelState.down) {
        const dialStatus = cause.isTimeout ? "NOANSWER" : "CANCEL";
        this.#emitDialEnd(undefined, one, dialStatus);
      }
      call.report(cause.isTimeout ? Reason.ringing : Reason.failed);
      call.end(cause.cause);
      await settled(far);
      return;
    }
    const near = this.#runOwn(call, one);
    call.report(Reason.answered, one);
    this.#emitDeviceState(device, "INUSE");
    this.#emitDeviceState(device, "INUSE");
    const first = await Promise.race([
      near.then((cause) => ({ first: one, second: two, cause })),
      far.then((cause) => ({ first: two, second: one, cause })),
    ]);
    this.#emitHangupRequest("HangupRequest", first.second, first.cause);
    this.#hangUp(call, first.first, first.cause);
    this.#emitHangupRequest("SoftHangupRequest", first.second, NORMAL_CLEARING);
    this.#emitDeviceState(device, "NOT_INUSE");
    call.end(first.cause);
    await Promise.all([settled(near), settled(far)]);
    this.#hangUp(call, first.second, first.cause);
    this.#emitDeviceState(device, "NOT_INUSE");
  }

  /** Waits for the answer; gives the cause if it does not come. */
  async #ringUntil(
    call: Call,
    answered: Promise<undefined>,
    far: Promise<number>,
  ): Promise<{ cause: number; isTimeout: boolean } | undefined> {
    const ringing = new AbortController();
    const signal = AbortSignal.any([call.signal, ringing.signal]);
    const timeout = wait(Math.max(call.order.timeout, 0), signal);
    try {
      return await Promise.race([
        answered,
        far.then((cause) => ({ cause, isTimeout: false })),
        timeout.then(() => ({ cause: 0, isTimeout: true })),
      ]);
    } finally {
      ringing.abort();
      await settled(timeout);
    }
  }

  async #playEndpoint(call: Call): Promise<void> {
    const { order } = call;
    const endpoint = this.#reachable(order.technology, order.resource);
    if (endpoint === undefined) return call.report(Reason.failed);
    const channel = this.#openEndpoint(call, endpoint, order);
    this.#emitNewexten(channel, {
      application: "AppDial2",
      data: "(Outgoing Line)",
    });
    this.#dress(order, channel, true);
    this.#emitDialBegin(undefined, channel, endpoint.name);
    const { reason, cause } = await this.#ring(call, endpoint, channel);
    if (reason !== Reason.answered) {
      const dialStatus = reason === Reason.busy ? "BUSY" : "NOANSWER";
      this.#emitDialEnd(undefined, channel, dialStatus);
      call.report(reason);
      this.#hangUp(call, channel, cause);
      this.#emitDeviceState(channel.device, "NOT_INUSE");
      return;
    }
    this.#emitDialEnd(undefined, channel, "ANSWER");
    const own = this.#runOwn(call, channel);
    call.report(Reason.answered, channel);
    const end = await own;
    this.#hangUp(call, channel, end);
    this.#emitDeviceState(channel.device, "NOT_INUSE");
  }

  /** Rings an endpoint until it answers or does not. */
  async #ring(
    call: Call,
    endpoint: AmiEndpoint,
    channel: Channel,
  ): Promise<{ reason: number; cause: number }> {
    const { onCall = "answer" } = endpoint;
    const timeout = Math.max(call.order.timeout, 0);
    const { ringTime } = this.#options;
    this.#setState(channel, ChannelState.ringing);
    this.#emitDeviceState(channel.device, "RINGING");
    const isTooLate = onCall === "no-answer" || ringTime > timeout;
    await wait(isTooLate ? timeout : ringTime, call.signal);
    if (isTooLate) return { reason: Reason.ringing, cause: 0 };
    if (onCall === "busy") return { reason: Reason.busy, cause: USER_BUSY };
    this.#setState(channel, ChannelState.up);
    this.#emitDeviceState(channel.device, "INUSE");
    return { reason: Reason.answered, cause: 0 };
  }

  /** Runs what the action asked for: an application, or an extension. */
  async #runOwn(call: Call, channel: Channel): Promise<number> {
    const { application, data, exten, context, priority } = call.order;
    if (application === "") {
      channel.context = context;
      channel.exten = exten;
      const steps = this.#stepsOf(exten) ?? [];
      return await this.#runSteps(call, channel, steps, priority);
    }
    channel.application = application;
    channel.applicationData = data;
    return await this.#execute(call, channel, { application, data }) ??
      NORMAL_CLEARING;
  }

  /** Runs an extension from a priority on; gives the cause of its end. */
  async #runSteps(
    call: Call,
    channel: Channel,
    steps: readonly Step[],
    priority: number,
  ): Promise<number> {
    for (const step of steps.slice(priority - 1)) {
      channel.priority = priority++;
      this.#emitNewexten(channel, step);
      const cause = await this.#execute(call, channel, step);
      if (cause !== undefined) return cause;
    }
    return NORMAL_CLEARING;
  }

  /** Runs one application; gives the cause if it ends the channel. */
  async #execute(
    call: Call,
    channel: Channel,
    { application, data }: Step,
  ): Promise<number | undefined> {
    switch (application.toLowerCase()) {
      case "answer":
        this.#answer(call, channel);
        // The next application comes when the answer has settled.
        await wait(0, call.signal);
        return undefined;
      case "wait":
        await wait(Number(data) * 1_000, call.signal);
        return undefined;
      case "noop":
        return undefined;
      case "set": {
        const [name = "", ...value] = data.split("=");
        this.#emitVarSet(channel, name, value.join("="));
        return undefined;
      }
      case "userevent": {
        const [name = "", ...headers] = data.split(",");
        this.#emitUserEvent(channel, name, headers);
        return undefined;
      }
      case "hangup": {
        const cause = data === "" ? NORMAL_CLEARING : Number(data);
        this.#emitHangupRequest("SoftHangupRequest", channel, cause);
        return cause;
      }
      case "dial":
        return await this.#dial(call, channel, data);
      default:
        await wait(this.#options.talkTime, call.signal);
        return undefined;
    }
  }

  /** Dials an endpoint and bridges it with the channel. */
  async #dial(
    call: Call,
    channel: Channel,
    dialString: string,
  ): Promise<number | undefined> {
    const [target = ""] = dialString.split(",");
    const [technology = "", resource = ""] = target.split("/", 2);
    const endpoint = this.#reachable(technology, resource);
    if (endpoint === undefined) return undefined;
    // The result of the Originate is told before.
    await wait(0, call.signal);
    const other = this.#openEndpoint(call, endpoint, channel);
    other.connectedLineNum = channel.callerIdNum;
    other.connectedLineName = channel.callerIdName;
    this.#emitDialBegin(channel, other, resource);
    const { reason, cause } = await this.#ring(call, endpoint, other);
    if (reason !== Reason.answered) {
      const dialStatus = reason === Reason.busy ? "BUSY" : "NOANSWER";
      this.#emitDialEnd(channel, other, dialStatus);
      this.#hangUp(call, other, cause);
      this.#emitDeviceState(other.device, "NOT_INUSE");
      return undefined;
    }
    this.#emitDialEnd(channel, other, "ANSWER");
    this.#answer(call, channel);
    await this.#bridge(call, channel, other);
    this.#hangUp(call, other, NORMAL_CLEARING);
    this.#emitDeviceState(other.device, "NOT_INUSE");
    return NORMAL_CLEARING;
  }

  async #bridge(call: Call, one: Channel, two: Channel): Promise<void> {
    const bridgeId = crypto.randomUUID();
    this.#emitClass("BridgeCreate", "call", bridgeSnapshot(bridgeId, 0), {});
    let members = 0;
    for (const channel of [two, one]) {
      channel.bridgeId = bridgeId;
      const bridge = bridgeSnapshot(bridgeId, ++members);
      this.#emitClass("BridgeEnter", "call", bridge, channel.snapshot());
    }
    try {
      await wait(this.#options.talkTime, call.signal);
    } finally {
      for (const channel of [two, one]) {
        channel.bridgeId = "";
        const bridge = bridgeSnapshot(bridgeId, --members);
        this.#emitClass("BridgeLeave", "call", bridge, channel.snapshot());
      }
      this.#emitClass("BridgeDestroy", "call", bridgeSnapshot(bridgeId, 0), {});
    }
  }

  #answer(call: Call, channel: Channel): void {
    if (channel.state === ChannelState.up) return;
    this.#setState(channel, ChannelState.up);
    call.onAnswer();
  }

  #stepsOf(exten: string): Step[] | undefined {
    const steps = this.#options.extensions[exten];
    if (steps !== undefined) return steps.map(readStep);
    const { endpoints } = this.#options;
    if (!endpoints.some(({ name }) => name === exten)) return undefined;
    return [
      { application: "Dial", data: `PJSIP/${exten}` },
      { application: "Hangup", data: "" },
    ];
  }

  #reachable(technology: string, resource: string): AmiEndpoint | undefined {
    if (technology.toLowerCase() !== "pjsip") return undefined;
    return this.#options.endpoints.find(({ name, contact = "" }) =>
      name === resource && contact !== ""
    );
  }

  #openEndpoint(
    call: Call,
    { name }: AmiEndpoint,
    from: {
      context: string;
      exten: string;
      linkedid?: string;
      channelId?: string;
    },
  ): Channel {
    const uniqueid = this.#uniqueid(from.channelId ?? "");
    return this.#open(call, {
      name: `PJSIP/${name}-${hex(this.#endpointCount++)}`,
      uniqueid,
      linkedid: from.linkedid ?? uniqueid,
      state: ChannelState.down,
      context: from.context === "" ? "default" : from.context,
      exten: from.linkedid === undefined ? from.exten : "",
      device: `PJSIP/${name}`,
    }, name);
  }

  #open(call: Call, options: ChannelOptions, number = UNKNOWN): Channel {
    const channel = new Channel(options);
    channel.callerIdNum = number;
    call.channels.push(channel);
    this.#emitClass("Newchannel", "call", channel.snapshot(), {});
    return channel;
  }

  #hangUp(call: Call, channel: Channel, cause: number): void {
    const index = call.channels.indexOf(channel);
    if (index === -1) return;
    call.channels.splice(index, 1);
    this.#emitClass("Hangup", "call", channel.snapshot(), {
      Cause: cause,
      "Cause-txt": CAUSES.get(cause) ?? "Unknown",
    });
  }

  #uniqueid(wished: string): string {
    const count = this.#channelCount++;
    return wished === ""
      ? `${Math.floor(Date.now() / 1_000)}.${count}`
      : wished;
  }

  /** Sets the variables and the caller that the action gave. */
  #dress(order: OriginateOrder, channel: Channel, isFirst: boolean): void {
    channel.accountCode = order.accountCode;
    const { variables } = order;
    for (const [name, value] of isFirst ? variables.toReversed() : variables) {
      this.#emitVarSet(channel, name, value);
    }
    const { callerIdNum, callerIdName } = order;
    if (callerIdNum === "" && callerIdName === "") return;
    channel.callerIdNum = callerIdNum === "" ? UNKNOWN : callerIdNum;
    channel.callerIdName = callerIdName === "" ? UNKNOWN : callerIdName;
    this.#emitClass("NewCallerid", "call", channel.snapshot(), {
      "CID-CallingPres": "0 (Presentation Allowed, Not Screened)",
    });
    channel.connectedLineNum = channel.callerIdNum;
    channel.connectedLineName = channel.callerIdName;
    this.#emitClass("NewConnectedLine", "call", channel.snapshot(), {});
  }

  #setState(channel: Channel, state: number): void {
    channel.state = state;
    this.#emitClass("Newstate", "call", channel.snapshot(), {});
  }

  #emitNewexten(channel: Channel, { application, data }: Step): void {
    channel.application = application;
    channel.applicationData = data;
    this.#emitClass("Newexten", "dialplan", channel.snapshot(), {
      Extension: channel.exten,
      Application: application,
      AppData: data,
    });
  }

  #emitVarSet(channel: Channel, name: string, value: string): void {
    this.#emitClass("VarSet", "dialplan", channel.snapshot(), {
      Variable: name,
      Value: value,
    });
  }

  #emitUserEvent(
    channel: Channel,
    name: string,
    headers: readonly string[],
  ): void {
    const body: Record<string, string> = { UserEvent: name };
    for (const header of headers) {
      const [key = "", ...value] = header.split(":");
      body[key] = value.join(":").trimStart();
    }
    this.#emitClass("UserEvent", "user", channel.snapshot(), body);
  }

  #emitHangupRequest(name: string, channel: Channel, cause: number): void {
    this.#emitClass(name, "call", channel.snapshot(), { Cause: cause });
  }

  #emitDialBegin(
    channel: Channel | undefined,
    dest: Channel,
    dialString: string,
  ): void {
    this.#emitClass("DialBegin", "call", channel?.snapshot() ?? {}, {
      ...dest.snapshot("Dest"),
      DialString: dialString,
    });
  }

  #emitDialEnd(
    channel: Channel | undefined,
    dest: Channel,
    dialStatus: string,
  ): void {
    this.#emitClass("DialEnd", "call", channel?.snapshot() ?? {}, {
      ...dest.snapshot("Dest"),
      DialStatus: dialStatus,
    });
  }

  #emitDeviceState(device: string, state: string): void {
    this.#emitClass("DeviceStateChange", "call", { Device: device }, {
      State: state,
    });
  }

  #emitOriginateResponse(
    order: OriginateOrder,
    reason: number,
    channel: Channel | undefined,
  ): void {
    const { actionId, application, data, context, exten } = order;
    const num = order.callerIdNum === "" ? UNKNOWN : order.callerIdNum;
    const name = order.callerIdName === "" ? UNKNOWN : order.callerIdName;
    this.#emitClass("OriginateResponse", "call", {
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

  #emitClass(
    name: string,
    eventClass: string,
    first: AmiFrame,
    second: AmiFrame,
  ): void {
    if (this.#isStopped) return;
    this.#emitEvent({
      Event: name,
      Privilege: `${eventClass},all`,
      Timestamp: this.#options.timestamps ? timestamp() : [],
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
function bridgeSnapshot(bridgeId: string, members: number): AmiFrame {
  return {
    BridgeUniqueid: bridgeId,
    BridgeType: "basic",
    BridgeTechnology: "simple_bridge",
    BridgeCreator: UNKNOWN,
    BridgeName: UNKNOWN,
    BridgeNumChannels: members,
    BridgeVideoSourceMode: "none",
  };
}

/** The number of a channel's name. */
function hex(count: number): string {
  return count.toString(16).padStart(8, "0");
}

/** Waits for the end of something whose outcome no longer matters. */
async function settled(promise: Promise<unknown>): Promise<void> {
  await Promise.allSettled([promise]);
}
