import type { CallEvents } from "../calls/call_events.ts";
import type { Channel } from "../calls/channel.ts";
import type { QueueCaller } from "./queue_caller.ts";
import { type QueueMember, seconds } from "./queue_member.ts";
import type { AmiFrame } from "../server/frame_writer.ts";

/** The headers of a queue that its events carry. */
interface QueueFacts {
  readonly name: string;
  readonly callers: readonly QueueCaller[];
}

/** A member that is rung, or that has answered. */
export interface RungMember {
  readonly member: QueueMember;
  /** The channel by which the queue has called it. */
  readonly channel: Channel;
  /** The start of the ringing (milliseconds since the epoch). */
  readonly since: number;
}

/**
 * The events of queues, as Asterisk 16 and 22 send them: class, headers and
 * their order (apps/app_queue.c).
 */
export class QueueEvents {
  readonly #events: CallEvents;
  readonly #hasPauseReason: boolean;

  /**
   * Sends by `events`.
   *
   * @param asteriskVersion Asterisk 16 repeats the reason of a pause as
   * `Reason`, 22 does not.
   */
  constructor(events: CallEvents, asteriskVersion: string) {
    this.#events = events;
    this.#hasPauseReason = Number.parseInt(asteriskVersion, 10) <= 16;
  }

  callerJoin(
    queue: QueueFacts,
    { channel }: QueueCaller,
    position: number,
  ): void {
    this.#events.emit("QueueCallerJoin", "agent", channel.snapshot(), {
      Queue: queue.name,
      Position: position,
      Count: queue.callers.length,
    });
  }

  callerLeave(
    queue: QueueFacts,
    { channel }: QueueCaller,
    position: number,
  ): void {
    this.#events.emit("QueueCallerLeave", "agent", channel.snapshot(), {
      Queue: queue.name,
      Position: position,
      Count: queue.callers.length,
    });
  }

  callerAbandon(
    queue: QueueFacts,
    { channel, joinedAt }: QueueCaller,
    position: number,
    originalPosition: number,
  ): void {
    this.#events.emit("QueueCallerAbandon", "agent", channel.snapshot(), {
      Queue: queue.name,
      Position: position,
      OriginalPosition: originalPosition,
      HoldTime: seconds(Date.now() - joinedAt),
    });
  }

  agentCalled(caller: Channel, rung: RungMember): void {
    this.#agent("AgentCalled", caller, rung, {});
  }

  agentConnect(caller: Channel, rung: RungMember, holdTime: number): void {
    this.#agent("AgentConnect", caller, rung, {
      HoldTime: holdTime,
      RingTime: seconds(Date.now() - rung.since),
    });
  }

  agentComplete(
    caller: Channel,
    rung: RungMember,
    figures: { holdTime: number; talkTime: number; reason: string },
  ): void {
    this.#agent("AgentComplete", caller, rung, {
      HoldTime: figures.holdTime,
      TalkTime: figures.talkTime,
      Reason: figures.reason,
    });
  }

  agentRingNoAnswer(caller: Channel, rung: RungMember): void {
    // `rna()` writes milliseconds here, `AgentConnect` seconds.
    const ringTime = seconds(Date.now() - rung.since) * 1_000;
    this.#agent("AgentRingNoAnswer", caller, rung, { RingTime: ringTime });
  }

  memberStatus(member: QueueMember): void {
    this.#member("QueueMemberStatus", member);
  }

  memberPause(member: QueueMember): void {
    const { pausedReason } = member;
    const isRepeated = this.#hasPauseReason && pausedReason !== "";
    const body: AmiFrame = isRepeated ? { Reason: pausedReason } : {};
    this.#member("QueueMemberPause", member, body);
  }

  memberAdded(member: QueueMember): void {
    this.#member("QueueMemberAdded", member);
  }

  memberRemoved(member: QueueMember): void {
    this.#member("QueueMemberRemoved", member);
  }

  memberPenalty(member: QueueMember): void {
    this.#member("QueueMemberPenalty", member);
  }

  memberRingInUse(member: QueueMember): void {
    this.#member("QueueMemberRinginuse", member);
  }

  /** Sends the state of the device that stands for a queue. */
  deviceState(queue: string, state: string): void {
    this.#events.deviceStateChange(`Queue:${queue}`, state);
  }

  #member(name: string, member: QueueMember, body: AmiFrame = {}): void {
    this.#events.emit(name, "agent", member.eventHeaders(), body);
  }

  #agent(
    name: string,
    caller: Channel,
    { member, channel }: RungMember,
    body: AmiFrame,
  ): void {
    this.#events.emit(name, "agent", caller.snapshot(), {
      ...channel.snapshot("Dest"),
      Queue: member.queue,
      Interface: member.interface,
      MemberName: member.name,
      ...body,
    });
  }
}
