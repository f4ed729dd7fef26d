/**
 * Calls that a test plays event by event, and their records.
 *
 * @module
 */

import { assert } from "@std/assert";
import type { Change } from "../../src/live/change.ts";
import type { EndedCallRecord } from "../../src/live/records/ended_record.ts";
import { PbxState, type Snapshots } from "../../src/live/state/pbx_state.ts";
import {
  AT,
  DOWN,
  enter,
  event,
  hangup,
  type Headers,
  leave,
  leg,
  prefixed,
  RINGING,
  room,
} from "./_frames.ts";

/** Plays events, a second after each other where a test does not say otherwise. */
export class Story {
  readonly changes: Change[] = [];
  readonly state: PbxState;
  /** The time, in seconds since the beginning. */
  now = 0;

  constructor(trunks?: readonly string[]) {
    this.state = new PbxState({
      dialplan: true,
      onStaleQueue: () => {},
      onLeft: () => {},
      onSeveralCalls: () => {},
      isTrunk: trunks && ((device) => trunks.includes(device)),
    });
    this.sync({ queues: [{ Event: "QueueParams", Queue: "sales" }] });
  }

  /** Adopts snapshots. */
  sync(snapshots: Snapshots, isStale = true): void {
    this.changes.push(...this.state.sync(snapshots, [], isStale));
  }

  /** Lets events happen at once. */
  at(second: number, ...events: Headers[]): this {
    this.now = second;
    for (const each of events) {
      const Timestamp = `${AT / 1_000 + second}.000000`;
      const name = String(each.Event);
      const heard = this.state.apply(name, { ...each, Timestamp });
      this.changes.push(...heard);
    }
    return this;
  }

  /** Lets events happen a second later. */
  then(...events: Headers[]): this {
    return this.at(this.now + 1, ...events);
  }

  /** The records of the calls that are over. */
  get ended(): EndedCallRecord[] {
    return this.changes.flatMap((change) =>
      change.type === "call-ended" ? [change.record] : []
    );
  }

  /** The record of the only call that is over. */
  get record(): EndedCallRecord {
    const { ended } = this;
    const [record] = ended;
    assert(record !== undefined && ended.length === 1, `${ended.length} calls`);
    return record;
  }
}

/** A channel of a call. */
export function party(name: string, linkedid = "1.1"): Headers {
  const uniqueid = `1.${NUMBERS.indexOf(name) + 1}`;
  return leg(uniqueid, {
    Channel: `PJSIP/${name}-0000000${NUMBERS.indexOf(name) + 1}`,
    CallerIDNum: `60${NUMBERS.indexOf(name) + 1}`,
    CallerIDName: name,
    Linkedid: linkedid,
  });
}

/** Those who take part. The first one calls. */
const NUMBERS = ["anna", "bob", "carol", "dave", "trunk"];

/** Somebody calls. */
export function calls(caller: Headers): Headers[] {
  return [
    event("Newchannel", caller, { ChannelState: 4, ChannelStateDesc: "Ring" }),
  ];
}

/** Somebody is rung for a caller, or by an action. */
export function rings(called: Headers, caller: Headers = {}): Headers[] {
  return [
    event("Newchannel", called, DOWN),
    event("DialBegin", caller, prefixed("Dest", called), { DialString: "x" }),
    event("Newstate", called, RINGING),
  ];
}

/** The ringing of somebody is over. */
export function dialEnd(
  called: Headers,
  DialStatus: string,
  caller: Headers = {},
): Headers {
  return event("DialEnd", caller, prefixed("Dest", called), { DialStatus });
}

/** Somebody answers, and talks to the caller. */
export function answers(called: Headers, caller: Headers): Headers[] {
  return [
    event("Newstate", called),
    dialEnd(called, "ANSWER", caller),
    event("Newstate", caller),
  ];
}

/** Two enter a bridge. */
export function joins(bridge: string, ...parties: Headers[]): Headers[] {
  return [
    event("BridgeCreate", room(bridge)),
    ...parties.map((each) => enter(bridge, each)),
  ];
}

/** Those in a bridge leave it. */
export function parts(bridge: string, ...parties: Headers[]): Headers[] {
  return [
    ...parties.map((each) => leave(bridge, each)),
    event("BridgeDestroy", room(bridge)),
  ];
}

/** A phone hangs up by itself. */
export function quits(headers: Headers, Cause = 16): Headers {
  return event("HangupRequest", headers, { Cause });
}

export { hangup };
