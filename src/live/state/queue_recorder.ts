import type { DAMIData } from "../../data.ts";
import type { Change } from "../change.ts";
import { number, text } from "../records/fields.ts";
import { extended, type GrowingRecord } from "../records/growing_record.ts";
import type { QueueCaller } from "../records/queue_caller.ts";
import {
  type GrowingMember,
  type GrowingVisit,
  newVisit,
} from "../records/queue_visit.ts";
import { copied } from "../../detached.ts";
import type { CallRecorder } from "./call_recorder.ts";
import { type Handlers, NO_CHANGES } from "./handler.ts";

/** The most members that are noted of a visit. */
const MAX_MEMBERS = 100;

/** Writes the visits to queues into the records of calls. */
export class QueueRecorder {
  readonly #recorder: Pick<CallRecorder, "find">;

  /** @param recorder The records. */
  constructor(recorder: Pick<CallRecorder, "find">) {
    this.#recorder = recorder;
  }

  /** Returns the handlers of the events about agents, and about callers who leave: a reason that is asked for comes later. */
  handlers(): Handlers {
    return new Map([
      ["AgentCalled", (event) => this.#onCalled(event)],
      ["AgentRingNoAnswer", (event) => this.#onMissed(event)],
      ["AgentConnect", (event, { at }) => this.#onConnect(event, at)],
      ["AgentComplete", (event) => this.#onComplete(event)],
      ["QueueCallerLeave", (event, { at }) => this.#onLeave(event, at)],
    ]);
  }

  /**
   * Notes who joined and left queues.
   *
   * @param changes The changes of the queues.
   */
  observe(changes: readonly Change[]): void {
    for (const change of changes) {
      switch (change.type) {
        case "caller-joined":
          this.#join(change.caller);
          break;
        case "caller-moved": {
          const visit = this.#openVisit(change.caller);
          if (visit !== undefined) visit.lastPosition = change.caller.position;
          break;
        }
        case "caller-left": {
          const { caller, reason, at } = change;
          const visit = this.#visit(caller);
          if (visit === undefined) break;
          visit.leftAt ??= Math.max(at, visit.joinedAt);
          visit.outcome ??= reason;
          break;
        }
        case "queue-added":
          for (const caller of change.queue.callers) this.#join(caller);
      }
    }
  }

  #join({ queue, uniqueid, position, joinedAt }: QueueCaller): void {
    const record = this.#recorder.find(uniqueid);
    if (record === undefined) return;
    const place = { queue, uniqueid };
    // A snapshot shows callers who are known already.
    if (this.#openVisit(place) !== undefined) return;
    const visit = newVisit({
      queue,
      leg: uniqueid,
      joinedAt,
      position,
      lastPosition: position,
    });
    record.queues = extended(record.queues, visit);
  }

  #onCalled(event: DAMIData) {
    const visit = this.#visitOf(event);
    const member = visit && this.#member(visit, event);
    if (member !== undefined) member.rings++;
    return NO_CHANGES;
  }

  #onMissed(event: DAMIData) {
    const visit = this.#visitOf(event);
    const member = visit && this.#member(visit, event);
    if (member !== undefined) member.missed++;
    return NO_CHANGES;
  }

  #onConnect(event: DAMIData, at: number) {
    const visit = this.#visitOf(event);
    if (visit === undefined) return NO_CHANGES;
    const member = this.#member(visit, event);
    if (member !== undefined) member.answered = true;
    visit.leftAt ??= at;
    visit.outcome = "connected";
    visit.member = copied(text(event.Interface));
    return NO_CHANGES;
  }

  #onComplete(event: DAMIData) {
    const visit = this.#visitOf(event);
    if (visit !== undefined) visit.talkTime = number(event.TalkTime);
    return NO_CHANGES;
  }

  #onLeave(event: DAMIData, at: number) {
    const visit = this.#visitOf(event);
    if (visit !== undefined) visit.leftAt ??= Math.max(at, visit.joinedAt);
    return NO_CHANGES;
  }

  /** Returns the member of an event; `undefined` if there were too many. */
  #member(visit: GrowingVisit, event: DAMIData): GrowingMember | undefined {
    const { members } = visit;
    const location = text(event.Interface);
    const known = members.find((each) => each.interface === location);
    if (known !== undefined || members.length >= MAX_MEMBERS) return known;
    const member: GrowingMember = {
      interface: copied(location),
      name: copied(text(event.MemberName)),
      rings: 0,
      missed: 0,
      answered: false,
    };
    members.push(member);
    return member;
  }

  #visitOf(event: DAMIData): GrowingVisit | undefined {
    const { Queue: queue, Uniqueid: uniqueid } = event;
    return this.#visit({ queue: text(queue), uniqueid: text(uniqueid) });
  }

  /** Returns the last visit of a channel to a queue. */
  #visit(place: Place): GrowingVisit | undefined {
    const record = this.#recorder.find(place.uniqueid);
    return record && lastVisit(record, place);
  }

  #openVisit(place: Place): GrowingVisit | undefined {
    const visit = this.#visit(place);
    return visit?.leftAt === undefined ? visit : undefined;
  }
}

/** The place of a waiting caller. */
type Place = Pick<QueueCaller, "queue" | "uniqueid">;

function lastVisit(
  { queues }: GrowingRecord,
  { queue, uniqueid }: Place,
): GrowingVisit | undefined {
  return queues.findLast((each) =>
    each.queue === queue && each.leg === uniqueid
  );
}
