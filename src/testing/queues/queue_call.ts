import type { Bridge, CallEvents } from "../calls/call_events.ts";
import { CallChannels } from "../calls/call_channels.ts";
import { type Channel, ChannelState } from "../calls/channel.ts";
import type { ChannelNumbers } from "../calls/channel_numbers.ts";
import type { PlayedCall } from "../calls/call_simulation.ts";
import type { Queue } from "./queue.ts";
import type { QueueCaller } from "./queue_caller.ts";
import type {
  AmiMemberReaction,
  AmiQueueCall,
  AmiQueueOutcome,
  AmiRingingMember,
} from "./queue_call_options.ts";
import type { QueueEvents, RungMember } from "./queue_events.ts";
import { deviceOf, type QueueMember, seconds } from "./queue_member.ts";
import { Timers } from "./timers.ts";

const NORMAL_CLEARING = 16;
const USER_BUSY = 17;
const CALL_REJECTED = 21;
const ANSWERED_ELSEWHERE = 26;

/** Options of {@linkcode QueueCall}. */
export interface QueueCallOptions {
  queue: Queue;
  device: string;
  callerIdNum: string;
  callerIdName: string;
  patience: number;
  timeout: number;
  talkTime: number;
  endedBy: "caller" | "agent";
  onRing: (member: AmiRingingMember) => AmiMemberReaction;
}

/** The parts of the PBX that a {@linkcode QueueCall} needs. */
export interface QueueCallContext {
  numbers: ChannelNumbers;
  events: CallEvents;
  queueEvents: QueueEvents;
  random: () => number;
  /** Reports a new state of the device of a channel, if it is one. */
  updateDevice: (device: string) => void;
  /** Rings members for waiting callers, as some may be free. */
  dispatch: () => void;
}

/** A member that rings: with its far leg, if its channel is a Local one. */
interface Ringing extends RungMember {
  readonly far: Channel | undefined;
}

/** The members that ring at the same time, or one after the other. */
interface Attempt {
  readonly ringing: Set<Ringing>;
  readonly tried: QueueMember[];
  readonly timers: Timers;
}

/** A talk of the caller with a member. */
interface Talk {
  readonly rung: Ringing;
  readonly bridge: Bridge;
  readonly since: number;
  readonly holdTime: number;
}

/** A call to a queue, from its first channel to its last. */
export class QueueCall implements QueueCaller, PlayedCall {
  readonly #options: QueueCallOptions;
  readonly #context: QueueCallContext;
  readonly #queue: Queue;
  readonly #channels: CallChannels;
  readonly #timers = new Timers();
  readonly #caller: Channel;
  readonly #outcome = Promise.withResolvers<AmiQueueOutcome>();
  readonly #ended = Promise.withResolvers<void>();
  readonly joinedAt = Date.now();
  linearPosition = 0;
  #originalPosition = 0;
  #isWaiting = false;
  #isRetrying = false;
  #isOver = false;
  #attempt: Attempt | undefined;
  #talk: Talk | undefined;

  constructor(options: QueueCallOptions, context: QueueCallContext) {
    this.#options = options;
    this.#context = context;
    this.#queue = options.queue;
    this.#channels = new CallChannels(context.numbers, context.events);
    const { device, callerIdNum, callerIdName, queue } = options;
    this.#caller = this.#channels.openDevice(device, {
      context: "default",
      exten: queue.name,
      state: ChannelState.ring,
      callerIdNum,
      callerIdName,
    });
  }

  /** The live channels, the oldest first. */
  get channels(): readonly Channel[] {
    return this.#channels.live;
  }

  /** The channel of the caller. */
  get channel(): Channel {
    return this.#caller;
  }

  /** Reports whether members can be rung for it now. */
  get isIdle(): boolean {
    return this.#isWaiting && !this.#isRetrying && this.#attempt === undefined;
  }

  /** The call as its caller sees it. */
  get handle(): AmiQueueCall {
    return {
      channel: this.#caller.name,
      uniqueid: this.#caller.uniqueid,
      outcome: this.#outcome.promise,
      ended: this.#ended.promise,
      hangUp: () => this.end(NORMAL_CLEARING),
      press: () => this.#leave({ result: "key" }),
    };
  }

  /** Plays it to its end. */
  run(): Promise<void> {
    this.#channels.enter(this.#caller, { application: "Answer", data: "" });
    this.#channels.setState(this.#caller, ChannelState.up);
    this.#context.updateDevice(this.#caller.device);
    const { name } = this.#queue;
    this.#channels.enter(this.#caller, { application: "Queue", data: name });
    if (this.#queue.isFull) this.#refuse("full", "FULL");
    else if (this.#queue.isClosed) this.#refuse("empty", "JOINEMPTY");
    else this.#wait();
    return this.#ended.promise;
  }

  /**
   * Hangs up one of its channels, which ends the call unless it belongs to a
   * member that rings.
   *
   * @param cause The cause.
   * @param name The name of the channel.
   * @default name The channel of the caller
   */
  end(cause: number, name: string = this.#caller.name): void {
    if (this.#isOver) return;
    const isNamed = (rung: Ringing) =>
      rung.channel.name === name || rung.far?.name === name;
    for (const rung of this.#attempt?.ringing ?? []) {
      if (isNamed(rung)) return this.#decline(rung, cause);
    }
    if (this.#talk !== undefined) {
      const isAgent = isNamed(this.#talk.rung);
      return this.#complete(this.#talk, isAgent ? "agent" : "caller", cause);
    }
    this.#leave({ result: "abandoned" }, cause);
  }

  /** Leaves the queue if it has no members any more. */
  leaveIfDeserted(): void {
    if (this.#isWaiting && this.#queue.isDeserted) {
      this.#leave({ result: "empty" });
    }
  }

  /** Rings members at the same time. */
  ring(members: readonly QueueMember[]): void {
    const timers = new Timers();
    const attempt = { ringing: new Set<Ringing>(), tried: [], timers };
    this.#attempt = attempt;
    timers.after(this.#queue.timeout, () => this.#giveUp(attempt));
    this.#ringAll(attempt, members);
  }

  #refuse(result: "full" | "empty", status: string): void {
    this.#outcome.resolve({ result });
    this.#context.events.varSet(this.#caller, "QUEUESTATUS", status);
    this.#finish(NORMAL_CLEARING);
  }

  #wait(): void {
    this.#queue.join(this);
    this.#isWaiting = true;
    this.#originalPosition = this.#queue.positionOf(this);
    const { patience, timeout } = this.#options;
    this.#timers.after(patience, () => this.end(NORMAL_CLEARING));
    this.#timers.after(timeout, () => this.#leave({ result: "timeout" }));
    this.#context.dispatch();
  }

  #ringAll(attempt: Attempt, members: readonly QueueMember[]): void {
    for (const member of members) this.#ringOne(attempt, member);
  }

  #ringOne(attempt: Attempt, member: QueueMember): void {
    attempt.tried.push(member);
    const { name, interface: location } = member;
    let reaction: AmiMemberReaction;
    try {
      reaction = this.#options.onRing({ name, interface: location });
    } catch (error) {
      return this.#fail(error);
    }
    const rung = this.#open(member);
    attempt.ringing.add(rung);
    this.#context.queueEvents.agentCalled(this.#caller, rung);
    this.#context.events.dialBegin(this.#caller, rung.channel, location);
    if (rung.far === undefined) {
      this.#channels.setState(rung.channel, ChannelState.ringing);
    }
    this.#context.updateDevice(rung.channel.device);
    if (reaction === "no-answer") return;
    if (reaction === "busy" || reaction === "rejected") {
      const cause = reaction === "busy" ? USER_BUSY : CALL_REJECTED;
      attempt.timers.after(0, () => this.#decline(rung, cause));
    } else {
      attempt.timers.after(reaction, () => this.#answer(attempt, rung));
    }
  }

  /** Opens the channel by which a member is rung. */
  #open(member: QueueMember): Ringing {
    const { callerIdNum, callerIdName, linkedid } = this.#caller;
    const device = deviceOf(member.interface);
    const resource = device.slice(device.indexOf("/") + 1);
    const since = Date.now();
    const isLocal = device.toLowerCase().startsWith("local/");
    if (!isLocal) {
      const channel = this.#channels.openDevice(device, {
        context: "default",
        exten: this.#queue.name,
        linkedid,
        callerIdNum: resource,
      });
      this.#dress(channel);
      channel.connectedLineNum = callerIdNum;
      channel.connectedLineName = callerIdName;
      this.#context.events.newConnectedLine(channel);
      return { member, channel, since, far: undefined };
    }
    const [exten = "", context = "default"] = resource.split("@", 2);
    const [channel, far] = this.#channels.openLocal(
      exten,
      context,
      "",
      linkedid,
    );
    this.#dress(channel);
    for (const each of [channel, far]) {
      each.callerIdNum = callerIdNum;
      each.callerIdName = callerIdName;
      this.#context.events.newCallerid(each);
      each.connectedLineNum = callerIdNum;
      each.connectedLineName = callerIdName;
      this.#context.events.newConnectedLine(each);
    }
    this.#context.events.localBridge(channel, far);
    return { member, channel, since, far };
  }

  #dress(channel: Channel): void {
    const data = "(Outgoing Line)";
    this.#channels.enter(channel, { application: "AppQueue", data });
    // app_queue.c gives the channel the extension that the caller has dialled.
    channel.exten = this.#caller.exten;
  }

  /** A member answers: the others stop ringing, caller and member talk. */
  #answer(attempt: Attempt, rung: Ringing): void {
    const { events, queueEvents } = this.#context;
    const { far, channel, member } = rung;
    if (far !== undefined) this.#channels.setState(far, ChannelState.up);
    this.#channels.setState(channel, ChannelState.up);
    this.#context.updateDevice(channel.device);
    events.dialEnd(this.#caller, channel, "ANSWER");
    attempt.ringing.delete(rung);
    const losers = [...attempt.ringing];
    for (const loser of losers) {
      events.dialEnd(this.#caller, loser.channel, "CANCEL");
    }
    attempt.ringing.clear();
    this.#endAttempt(attempt);
    this.#isWaiting = false;
    this.#timers.clear();
    const holdTime = seconds(Date.now() - this.joinedAt);
    this.#queue.leave(this);
    this.#queue.countAnswer(holdTime);
    for (const loser of losers) this.#hangUp(loser, ANSWERED_ELSEWHERE);
    member.isInCall = true;
    queueEvents.agentConnect(this.#caller, rung, holdTime);
    const bridge = { id: crypto.randomUUID(), members: 0 };
    events.bridgeCreate(bridge);
    for (const each of [channel, this.#caller]) {
      each.bridgeId = bridge.id;
      bridge.members++;
      events.bridgeEnter(bridge, each);
    }
    const talk = { rung, bridge, since: Date.now(), holdTime };
    this.#talk = talk;
    this.#outcome.resolve({ result: "answered", member: member.interface });
    const { talkTime, endedBy } = this.#options;
    this.#timers.after(
      talkTime,
      () => this.#complete(talk, endedBy, NORMAL_CLEARING),
    );
    this.#context.dispatch();
  }

  /** Ends the talk; the side that hangs up leaves the bridge first. */
  #complete(talk: Talk, endedBy: "caller" | "agent", cause: number): void {
    const { events, queueEvents } = this.#context;
    const { rung, bridge, since, holdTime } = talk;
    const { channel, member } = rung;
    this.#talk = undefined;
    const talkTime = seconds(Date.now() - since);
    const isCaller = endedBy === "caller";
    events.hangupRequest(isCaller ? this.#caller : channel, cause);
    queueEvents.agentComplete(this.#caller, rung, {
      holdTime,
      talkTime,
      reason: endedBy,
    });
    member.isInCall = false;
    member.callsTaken++;
    member.lastCall = Date.now();
    this.#queue.countCompletion(holdTime, talkTime);
    const leaving = isCaller
      ? [this.#caller, channel]
      : [channel, this.#caller];
    for (const each of leaving) {
      each.bridgeId = "";
      bridge.members--;
      events.bridgeLeave(bridge, each);
      if (!isCaller && each === channel) this.#hangUp(rung, cause);
    }
    events.bridgeDestroy(bridge);
    if (isCaller) {
      this.#finish(cause);
      this.#hangUp(rung, cause);
    } else this.#finish(cause);
    this.#context.dispatch();
  }

  /** A member that rings is busy, or has rejected the call. */
  #decline(rung: Ringing, cause: number): void {
    const attempt = this.#attempt;
    if (attempt === undefined) return;
    const status = cause === USER_BUSY ? "BUSY" : "NOANSWER";
    this.#context.events.dialEnd(this.#caller, rung.channel, status);
    this.#context.queueEvents.agentRingNoAnswer(this.#caller, rung);
    attempt.ringing.delete(rung);
    this.#hangUp(rung, cause);
    if (attempt.ringing.size > 0) return;
    const isOneByOne = this.#queue.strategy !== "ringall";
    const next = isOneByOne
      ? this.#queue.choose(this, attempt.tried, this.#context.random)
      : [];
    if (next.length > 0) return this.#ringAll(attempt, next);
    this.#endAttempt(attempt);
    this.#retry();
  }

  /** Nobody has answered in time. */
  #giveUp(attempt: Attempt): void {
    const { events, queueEvents } = this.#context;
    const ringing = [...attempt.ringing];
    attempt.ringing.clear();
    for (const rung of ringing) {
      queueEvents.agentRingNoAnswer(this.#caller, rung);
      events.dialEnd(this.#caller, rung.channel, "NOANSWER");
    }
    for (const rung of ringing) this.#hangUp(rung, 0);
    this.#endAttempt(attempt);
    this.#retry();
  }

  #endAttempt(attempt: Attempt): void {
    attempt.timers.clear();
    this.#attempt = undefined;
  }

  /** Waits a moment before members are rung again. */
  #retry(): void {
    this.#isRetrying = true;
    this.#timers.after(this.#queue.retry, () => {
      this.#isRetrying = false;
      this.#context.dispatch();
    });
    this.#context.dispatch();
  }

  /** Leaves the queue without an answer. */
  #leave(outcome: AmiQueueOutcome, cause: number = NORMAL_CLEARING): void {
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    const { events, queueEvents } = this.#context;
    const { result } = outcome;
    const isHungUp = result === "abandoned";
    if (isHungUp) events.hangupRequest(this.#caller, cause);
    const attempt = this.#attempt;
    if (attempt !== undefined) {
      const ringing = [...attempt.ringing];
      attempt.ringing.clear();
      this.#endAttempt(attempt);
      for (const rung of ringing) {
        if (result === "timeout") {
          queueEvents.agentRingNoAnswer(this.#caller, rung);
        }
        const status = result === "timeout" ? "NOANSWER" : "CANCEL";
        events.dialEnd(this.#caller, rung.channel, status);
        this.#hangUp(rung, 0);
      }
    }
    // Asterisk counts a caller that has waited too long as one that hung up.
    if (isHungUp || result === "timeout") {
      const position = this.#queue.positionOf(this);
      this.#queue.countAbandon(seconds(Date.now() - this.joinedAt));
      events.varSet(this.#caller, "ABANDONED", "TRUE");
      queueEvents.callerAbandon(
        this.#queue,
        this,
        position,
        this.#originalPosition,
      );
    }
    this.#queue.leave(this);
    if (result === "timeout") {
      events.varSet(this.#caller, "QUEUESTATUS", "TIMEOUT");
    }
    if (result === "empty") {
      events.varSet(this.#caller, "QUEUESTATUS", "LEAVEEMPTY");
    }
    this.#outcome.resolve(outcome);
    this.#finish(cause);
    this.#context.dispatch();
  }

  #hangUp({ channel, far }: Ringing, cause: number): void {
    this.#channels.hangUp(channel, cause);
    if (far !== undefined) this.#channels.hangUp(far, cause);
    this.#context.updateDevice(channel.device);
  }

  #finish(cause: number): void {
    this.#isOver = true;
    this.#timers.clear();
    this.#context.events.softHangupRequest(this.#caller, cause);
    this.#channels.hangUp(this.#caller, cause);
    this.#context.updateDevice(this.#caller.device);
    this.#ended.resolve();
  }

  /** Ends the call, as code of the user has thrown. */
  #fail(error: unknown): void {
    this.#ended.reject(error);
    this.#leave({ result: "abandoned" });
  }
}
