import type { DAMIData } from "../../data.ts";
import type { Call } from "../records/call.ts";
import {
  applyCause,
  type GrowingLeg,
  isRefusal,
  isWire,
  type LegOutcome,
  newLeg,
  outcomeOf,
} from "../records/call_leg.ts";
import type { CallRecord } from "../records/call_record.ts";
import {
  type Channel,
  isHelper,
  isLocal,
  otherHalf,
} from "../records/channel.ts";
import { dispositionOf } from "../records/disposition.ts";
import { directionOf, type IsTrunk } from "../records/direction.ts";
import { type EndedCallRecord, endedRecord } from "../records/ended_record.ts";
import { text } from "../records/fields.ts";
import {
  addLeg,
  extended,
  type GrowingRecord,
  newRecord,
} from "../records/growing_record.ts";
import { absorb } from "../records/merged_record.ts";
import type { Surroundings } from "../records/talk.ts";
import { copied } from "../../detached.ts";
import { type Handlers, NO_CHANGES } from "./handler.ts";
import { attemptOf, endAttempt, type Sent, takeDial } from "./attempts.ts";
import {
  beginRecording,
  beginStay,
  cutHolds,
  endHold,
  endRecording,
  endStays,
} from "./stays.ts";
import { isLeading } from "./leading.ts";
import { followTalks } from "./recorded_talks.ts";

/** A channel that is recorded. */
interface Entry extends Sent {
  readonly leg: GrowingLeg;
  record: GrowingRecord;
  /** `true` once the PBX has begun to hang it up. */
  isEnding: boolean;
  /** `true` if an action has rung it through a Local channel: its extension is that of this channel, and was not dialled. */
  isLed?: boolean;
  /** Of half of a Local channel: the outcome of ringing the other half. */
  fate?: LegOutcome;
}

/** Options of {@linkcode CallRecorder}. */
export interface CallRecorderOptions {
  /** The channels and the bridges that they are in. */
  readonly surroundings: Surroundings;
  /** Tells trunks from phones. */
  readonly isTrunk: IsTrunk | undefined;
}

/** Writes the records of calls while they last. */
export class CallRecorder {
  readonly #surroundings: Surroundings;
  readonly #isTrunk: IsTrunk | undefined;
  readonly #records = new Map<string, GrowingRecord>();
  /** The channels by `Uniqueid`, halves of Local channels too. */
  readonly #entries = new Map<string, Entry>();
  /** The time at which everything was last known (milliseconds since 1970). */
  #knownAt = -Infinity;
  /** `true` while a snapshot is being compared: whatever is over has ended unseen. */
  #isComparing = false;

  /** @param options What channels are connected with, and what is a trunk. */
  constructor({ surroundings, isTrunk }: CallRecorderOptions) {
    this.#surroundings = surroundings;
    this.#isTrunk = isTrunk;
  }

  /**
   * Returns the record of a call, and begins it on the first call of this.
   *
   * @param id The call.
   */
  recordOf(id: string): GrowingRecord {
    const known = this.#records.get(id);
    if (known !== undefined) return known;
    const record = newRecord(id);
    this.#records.set(id, record);
    return record;
  }

  /**
   * Returns the record in which a channel is.
   *
   * @param uniqueid The channel.
   */
  find(uniqueid: string): GrowingRecord | undefined {
    return this.#entries.get(uniqueid)?.record;
  }

  /**
   * Returns the party that was called last for a channel.
   *
   * @param uniqueid The channel that called.
   */
  calledFor(uniqueid: string): string | undefined {
    const { legs = [] } = this.find(uniqueid) ?? {};
    return legs.findLast(({ calledBy }) => calledBy === uniqueid)?.channel;
  }

  /**
   * Reports whether somebody, or the PBX, has served a party: it does not hear
   * a tone that tells why nobody did.
   *
   * @param uniqueid The party.
   */
  isServed(uniqueid: string): boolean {
    const record = this.find(uniqueid);
    if (record === undefined) return false;
    const disposition = dispositionOf(record, { cause: 0, lost: false });
    return disposition === "connected" || disposition === "answered-by-pbx";
  }

  /** Returns the handlers of the events that report how parties were called, and who hung up. */
  handlers(): Handlers {
    return new Map([
      ["DialBegin", (event) => this.#onDialBegin(event)],
      ["DialEnd", (event) => this.#onDialEnd(event)],
      ["Pickup", (event) => this.#onPickup(event)],
      ["HangupRequest", (event, { at }) => this.#onHangupRequest(event, at)],
      ["SoftHangupRequest", (event) => this.#onSoftHangup(event)],
      ["MixMonitorStart", (event, { at }) => this.#onRecording(event, at)],
      ["MixMonitorStop", (event, { at }) => this.#onRecording(event, at)],
    ]);
  }

  /**
   * Notes what is new about a channel.
   *
   * @param before The channel before; `undefined` if it is new.
   * @param after The channel after; `undefined` if it is gone.
   * @param at When it changed.
   */
  put(before: Channel | undefined, after: Channel | undefined, at: number) {
    const { uniqueid = "" } = after ?? before ?? {};
    const entry = this.#entries.get(uniqueid);
    if (after === undefined) {
      if (entry !== undefined) this.#leave(entry, at, false);
    } else if (entry !== undefined) this.#update(entry, before, after, at);
    else if (!isHelper(after)) this.#enter(after, at);
  }

  /**
   * Notes the cause of a channel that is hung up.
   *
   * @param event `Hangup`.
   */
  hangUp(event: DAMIData): void {
    const entry = this.#entries.get(text(event.Uniqueid));
    if (entry !== undefined) applyCause(entry, event);
  }

  /**
   * Notes who talks to whom.
   *
   * @param call The call, with its talks.
   * @param at When they changed.
   */
  follow({ id, talks }: Call, at: number): void {
    const record = this.recordOf(id);
    followTalks(record, talks, {
      surroundings: this.#surroundings,
      at: this.#isComparing ? this.#knownAt : at,
      hasHungUp: (uniqueid) => this.#entries.get(uniqueid)?.leg.hungUp === true,
    });
  }

  /**
   * Makes the record of a call part of another one.
   *
   * @param id The call that is gone.
   * @param into The call that goes on.
   * @param at When.
   */
  merge(id: string, into: string, at: number): void {
    const from = this.#records.get(id);
    if (from === undefined) return;
    this.#records.delete(id);
    const record = this.recordOf(into);
    for (const { uniqueid } of from.legs) {
      const entry = this.#entries.get(uniqueid);
      if (entry?.record === from) entry.record = record;
    }
    absorb(record, from, at);
  }

  /**
   * Ends the record of a call.
   *
   * @param call The call as it was last.
   * @param at When it ended, or that was noticed.
   * @param lost Whether its end was missed.
   */
  end({ id, record, cause }: Call, at: number, lost = false): EndedCallRecord {
    const growing = this.#records.get(id);
    if (growing === record) this.#records.delete(id);
    if (!lost) return endedRecord(record, { at, cause, lost });
    const from = this.#lastKnown(record);
    const gaps = [...record.gaps, { from, to: Math.max(from, at) }];
    const cut = { ...record, gaps };
    return endedRecord(cut, { at: from, cause: 0, lost });
  }

  /**
   * Notes that the events of a time were missed.
   *
   * @param from Its beginning.
   */
  miss(from: number): void {
    this.#knownAt = from;
  }

  /** Begins to compare a snapshot. */
  beginComparison(): void {
    this.#isComparing = true;
  }

  /** Ends the comparison: events follow. */
  endComparison(): void {
    this.#isComparing = false;
  }

  /**
   * Makes the records agree with a snapshot.
   *
   * @param at The time of the snapshot.
   * @param isStale Whether events were missed.
   */
  adopt(at: number, isStale: boolean): void {
    const { channels } = this.#surroundings;
    const known = new Set(this.#records.values());
    for (const [uniqueid, entry] of this.#entries) {
      if (!channels.has(uniqueid)) this.#leave(entry, this.#knownAt, true);
    }
    for (const channel of channels.values()) {
      if (isHelper(channel)) continue;
      const entry = this.#entries.get(channel.uniqueid);
      if (entry !== undefined) {
        // Who took it may have been missed.
        if (isStale) entry.sentTo = undefined;
        this.#update(entry, undefined, channel, at);
      } else {
        const record = this.#enter(channel, at);
        if (record.gaps.length > 0 && known.has(record)) continue;
        const from = Math.min(at, record.startedAt);
        record.gaps = extended(record.gaps, { from, to: at });
      }
    }
    if (isStale) {
      for (const record of known) {
        const from = this.#lastKnown(record);
        cutHolds(record, from);
        const isNew = record.gaps.at(-1)?.to === at;
        if (isNew || from >= at) continue;
        record.gaps = extended(record.gaps, { from, to: at });
      }
    }
    this.#knownAt = at;
  }

  /**
   * Forgets the records of calls that are over.
   *
   * @param calls The calls that are left.
   */
  keepOnly(calls: ReadonlyMap<string, Call>): void {
    for (const [id, record] of this.#records) {
      if (calls.get(id)?.record !== record) this.#records.delete(id);
    }
  }

  /** Returns when a call was last known, which is never before it began. */
  #lastKnown({ startedAt }: CallRecord): number {
    return Math.max(this.#knownAt, startedAt);
  }

  #enter(channel: Channel, at: number): GrowingRecord {
    const record = this.recordOf(channel.linkedid);
    const leg = newLeg(channel);
    const entry = { leg, record, isEnding: false };
    this.#entries.set(leg.uniqueid, entry);
    record.startedAt = Math.min(record.startedAt, leg.startedAt);
    this.#seat(entry, channel);
    this.#note(entry, undefined, channel, at);
    return record;
  }

  /** Gives a channel its place among the legs of its call. */
  #seat(entry: Entry, channel: Channel): void {
    const { leg, record } = entry;
    const isOfWires = isWire(record.legs[0]);
    if (isLocal(channel) && record.legs.length > 0 && !isOfWires) return;
    if (isOfWires && !isLocal(channel)) {
      record.legs.length = 0;
      record.caller = undefined;
      record.dialed = "";
      entry.isLed = true;
      record.answeredBy = undefined;
      record.hungUpBy = undefined;
    }
    record.caller ??= leg;
    addLeg(record, leg);
    this.#direct(record);
  }

  #direct(record: GrowingRecord): void {
    if (this.#isTrunk === undefined) return;
    record.direction = directionOf(record.caller, record.legs, this.#isTrunk);
  }

  #update(
    entry: Entry,
    before: Channel | undefined,
    after: Channel,
    at: number,
  ): void {
    if (entry.record.id !== after.linkedid) this.#move(entry, after, at);
    const { leg } = entry;
    if (before?.name !== after.name) {
      leg.channel = after.name;
      leg.device = after.device;
    }
    if (before?.callerIdNum !== after.callerIdNum) {
      leg.number = after.callerIdNum;
    }
    if (before?.callerIdName !== after.callerIdName) {
      leg.name = after.callerIdName;
    }
    this.#note(entry, before, after, at);
  }

  /** Notes what a channel does now. */
  #note(
    entry: Entry,
    before: Channel | undefined,
    after: Channel,
    at: number,
  ): void {
    const { leg, record } = entry;
    const isElsewhere = before !== undefined &&
      (before.application !== after.application ||
        before.applicationData !== after.applicationData);
    if (isElsewhere && after.application !== "") {
      endAttempt(entry, at);
      entry.sentTo = attemptOf(after, at);
    }
    const isDialing = record.dialed === "" &&
      (record.caller === leg ? !entry.isLed : isLeading(entry, before, after));
    if (isDialing) {
      const { exten } = after;
      if (exten !== "" && exten !== "s") record.dialed = exten;
    }
    if (before?.state !== after.state) {
      if (after.state === "Ringing") leg.ringingAt ??= at;
      if (after.state === "Up" && after.answeredAt !== undefined) {
        leg.answeredAt ??= after.answeredAt;
        const isParty = !isWire(leg) || isWire(record.legs[0]);
        if (isParty) record.answeredAt ??= leg.answeredAt;
      }
    }
    beginStay(record, before, after, {
      at: this.#isComparing ? this.#knownAt : at,
      bridges: this.#surroundings.bridges,
    });
  }

  #leave(entry: Entry, at: number, lost: boolean): void {
    const { leg, record } = entry;
    this.#entries.delete(leg.uniqueid);
    // A caller who gives up meanwhile is not refused.
    const isGivenUp = leg.hungUp && entry.sentTo?.application === "Dial";
    if (!lost && !isGivenUp) endAttempt(entry, at);
    leg.endedAt = Math.max(at, leg.startedAt);
    leg.lost = lost;
    endStays(record, leg.uniqueid, leg.endedAt);
  }

  /** Takes a leg along that goes on in another call. In the one that it has left, it is over. */
  #move(entry: Entry, after: Channel, at: number): void {
    const { leg, record: old } = entry;
    endStays(old, leg.uniqueid, at);
    const rest: GrowingLeg = { ...leg, endedAt: at };
    const place = old.legs.indexOf(leg);
    if (place !== -1) old.legs[place] = rest;
    if (old.caller === leg) old.caller = rest;
    if (old.answeredBy === leg) old.answeredBy = rest;
    if (old.hungUpBy === leg) old.hungUpBy = rest;
    const record = this.recordOf(after.linkedid);
    entry.record = record;
    record.startedAt = Math.min(record.startedAt, leg.startedAt);
    this.#seat(entry, after);
    this.#note(entry, undefined, after, at);
  }

  #onDialBegin(event: DAMIData) {
    const entry = this.#entries.get(text(event.DestUniqueid));
    if (entry === undefined) return NO_CHANGES;
    const { leg, record } = entry;
    const by = text(event.Uniqueid);
    const caller = this.#entries.get(by);
    if (caller !== undefined) takeDial(caller);
    leg.isCalled = true;
    leg.calledBy = by === "" ? undefined : caller?.leg.uniqueid ?? copied(by);
    leg.outcome = undefined;
    this.#direct(record);
    return NO_CHANGES;
  }

  #onDialEnd(event: DAMIData) {
    const entry = this.#entries.get(text(event.DestUniqueid));
    if (entry === undefined) return NO_CHANGES;
    const { leg, record } = entry;
    const outcome = this.#outcomeOf(entry, event);
    // A queue cancels those who did not answer once more.
    if (outcome === undefined) return NO_CHANGES;
    leg.outcome = outcome;
    // Who picks up a call that rings elsewhere was not called.
    leg.isCalled ||= outcome !== "answered";
    if (isWire(leg)) {
      const half = this.#surroundings.halves.get(otherHalf(leg.channel));
      const other = this.#entries.get(half ?? "");
      if (other !== undefined) other.fate = outcome;
    }
    if (outcome === "answered") {
      const by = text(event.Uniqueid);
      this.#answer(leg, by, this.#entries.get(by)?.record ?? record);
    }
    return NO_CHANGES;
  }

  #outcomeOf(
    { leg, record }: Entry,
    event: DAMIData,
  ): LegOutcome | undefined {
    const isCancel = event.DialStatus === "CANCEL";
    if (isCancel && leg.outcome !== undefined) return undefined;
    // A queue that gives up hangs up the Local channel of the member.
    const { fate } = this.#entries.get(leg.calledBy ?? "") ?? {};
    if (isCancel && fate === "no-answer") return fate;
    const isAnswered = record.legs.some((other) =>
      other.outcome === "answered" && other !== record.caller &&
      (other.answeredAt ?? 0) >= leg.startedAt
    );
    return outcomeOf(event, isAnswered);
  }

  /** Notes who answered. Those who rang with it have been cancelled just before, or will be. */
  #answer(leg: GrowingLeg, by: string, record: GrowingRecord): void {
    if (by === "" || leg === record.caller) return;
    const { answeredAt = Infinity } = leg;
    for (const other of record.legs) {
      const isLate = other.outcome === "cancelled" && other.calledBy === by &&
        (other.endedAt ?? Infinity) >= answeredAt;
      if (isLate) other.outcome = "elsewhere";
    }
    if (isWire(leg) && !isWire(record.legs[0])) return;
    record.answeredBy ??= leg;
  }

  /** Notes that somebody else has taken the call of a phone that rings. */
  #onPickup(event: DAMIData) {
    const entry = this.#entries.get(text(event.TargetUniqueid));
    if (entry !== undefined) entry.leg.outcome = "elsewhere";
    return NO_CHANGES;
  }

  /** Notes who hung up. A party that is gone has only left the others to each other, or was busy: the party that hangs up later ends the call. */
  #onHangupRequest(event: DAMIData, at: number) {
    const entry = this.#entries.get(text(event.Uniqueid));
    if (entry === undefined || !this.#isOwn(entry, event)) return NO_CHANGES;
    const { leg, record } = entry;
    leg.hungUp = true;
    // Asterisk keeps the channel of the transferer until the target answers.
    endHold(record, leg.uniqueid, at);
    const isOpen = record.hungUpBy === undefined ||
      record.hungUpBy.endedAt !== undefined;
    if (isOpen) record.hungUpBy = leg;
    return NO_CHANGES;
  }

  /**
   * Reports whether a phone hangs up by itself. The channels of some
   * technologies request it, too, when the PBX hangs them up
   * (`iax2_predestroy()`, channels/chan_iax2.c) or refuses their call
   * (`Congestion()` on a channel of PJSIP).
   */
  #isOwn({ leg, isEnding }: Entry, event: DAMIData): boolean {
    if (isWire(leg)) return false;
    const isUnanswered = !leg.isCalled && leg.answeredAt === undefined;
    if (isUnanswered && isRefusal(event)) return false;
    const { bridgeId } = this.#surroundings.channels.get(leg.uniqueid) ?? {};
    if (bridgeId !== "") return true;
    if (isEnding) return false;
    if (!leg.isCalled || leg.outcome === undefined) return true;
    return leg.outcome === "answered" && !leg.channel.startsWith("IAX2/");
  }

  #onSoftHangup(event: DAMIData) {
    const entry = this.#entries.get(text(event.Uniqueid));
    if (entry !== undefined) entry.isEnding = true;
    return NO_CHANGES;
  }

  #onRecording(event: DAMIData, at: number) {
    const entry = this.#entries.get(text(event.Uniqueid));
    if (entry === undefined) return NO_CHANGES;
    const { leg: { uniqueid }, record } = entry;
    if (event.Event === "MixMonitorStop") endRecording(record, uniqueid, at);
    else beginRecording(record, uniqueid, at);
    return NO_CHANGES;
  }
}
