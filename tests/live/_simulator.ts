/**
 * A PBX that consists only of its state: what is done to it changes the state
 * and queues the events about it. It gives the items of its lists at any
 * moment, so that events can come after a list that has them in it already.
 *
 * @module
 */

import type { DAMIData } from "../../mod.ts";
import type { Snapshots } from "../../src/live/state/pbx_state.ts";
import { leg as channelHeaders } from "./_frames.ts";

/** One thing to do; the number chooses whom it is done to. */
export interface Step {
  readonly kind: (typeof STEPS)[number];
  readonly choice: number;
}

/** The steps that are possible. */
export const STEPS = [
  "call",
  "leg",
  "local",
  "ring",
  "answer",
  "bridge",
  "confer",
  "wait",
  "unbridge",
  "merge",
  "hold",
  "resume",
  "park",
  "unpark",
  "rename",
  "hangup",
  "join",
  "leave",
  "abandon",
  "add",
  "pause",
  "remove",
] as const;

/** The bridges that are not of one call: a conference, and a room to wait in. */
const KINDS: Readonly<Record<string, DAMIData>> = {
  confer: { BridgeType: "base", BridgeTechnology: "softmix" },
  wait: { BridgeType: "base", BridgeTechnology: "holding_bridge" },
};

interface Leg {
  name: string;
  uniqueid: string;
  linkedid: string;
  state: string;
  bridge: string;
  parked: string;
}

interface Member {
  name: string;
  paused: boolean;
}

/** The PBX. */
export class Simulator {
  readonly legs = new Map<string, Leg>();
  readonly bridges = new Map<string, Set<string>>();
  readonly members = new Map<string, Member>();
  callers: string[] = [];
  #events: DAMIData[] = [];
  #serial = 0;
  readonly #epoch: number;

  /** @param epoch When it was started, which is part of each `Uniqueid`. */
  constructor(epoch = 1) {
    this.#epoch = epoch;
  }

  /** The events that nobody has taken yet; all of them, or some of the first. */
  take(count = Infinity): DAMIData[] {
    return this.#events.splice(0, count);
  }

  /** The items of its lists. */
  snapshots(): Snapshots {
    const legs = [...this.legs.values()];
    return {
      channels: legs.map((leg) => ({
        Event: "CoreShowChannel",
        ...snapshot(leg),
        Application: "",
        ApplicationData: "",
        Duration: "00:00:00",
        BridgeId: leg.bridge,
      })),
      parking: legs.filter(({ parked }) => parked !== "").map((leg) => ({
        Event: "ParkedCall",
        ParkeeUniqueid: leg.uniqueid,
        Parkinglot: "default",
        ParkingSpace: leg.parked,
        ParkingDuration: 0,
      })),
      bridges: [...this.bridges.keys()].map((id) => ({
        Event: "BridgeListItem",
        ...this.#bridge(id),
      })),
      queues: [
        { Event: "QueueParams", Queue: "desk", Strategy: "ringall" },
        ...[...this.members.values()].map((member) => ({
          Event: "QueueMember",
          Queue: "desk",
          Name: member.name,
          Location: member.name,
          Status: 1,
          Paused: member.paused ? 1 : 0,
        })),
        ...this.callers.map((uniqueid, index) => ({
          Event: "QueueEntry",
          Queue: "desk",
          Position: index + 1,
          Uniqueid: uniqueid,
          Channel: this.legs.get(uniqueid)?.name ?? "",
          Wait: 0,
        })),
      ],
    };
  }

  /** Does one thing, if it can be done now. */
  do({ kind, choice }: Step): void {
    const legs = [...this.legs.values()];
    const leg = legs[choice % Math.max(1, legs.length)];
    switch (kind) {
      case "call":
        return void this.#open("SIP/phone", undefined);
      case "local": {
        const name = `Local/x-${++this.#serial}`;
        const linkedid = leg?.linkedid ?? `${this.#epoch}.${this.#serial + 1}`;
        this.#open(`${name};1`, linkedid, true);
        return void this.#open(`${name};2`, linkedid, true);
      }
      case "add":
      case "pause":
      case "remove":
        return this.#member(kind, `agent-${choice % 4}`);
    }
    if (leg === undefined) return;
    switch (kind) {
      case "leg":
        return void this.#open("SIP/phone", leg.linkedid);
      case "ring":
      case "answer":
        if (leg.state === "Up") return;
        leg.state = kind === "ring" ? "Ringing" : "Up";
        return this.#raise("Newstate", snapshot(leg));
      case "bridge":
        if (leg.bridge !== "" || leg.parked !== "") return;
        return this.#enter(leg, this.#anyBridge(leg, choice));
      case "confer":
      case "wait":
        if (leg.bridge !== "" || leg.parked !== "") return;
        return this.#enter(leg, this.#named(kind));
      case "unbridge":
        return this.#leave(leg);
      case "merge": {
        const other = legs[(choice >> 3) % legs.length];
        if (other === undefined) return;
        // All channels of one call come to another.
        const from = leg.linkedid;
        for (const each of legs.filter(({ linkedid }) => linkedid === from)) {
          each.linkedid = other.linkedid;
          this.#raise("NewConnectedLine", snapshot(each));
        }
        return;
      }
      case "hold":
        return this.#raise("Hold", snapshot(leg));
      case "resume":
        return this.#raise("Unhold", snapshot(leg));
      case "park":
        if (leg.parked !== "" || leg.bridge !== "") return;
        leg.parked = `${700 + choice % 20}`;
        return this.#raise("ParkedCall", {
          ParkeeUniqueid: leg.uniqueid,
          Parkinglot: "default",
          ParkingSpace: leg.parked,
          ParkingDuration: 0,
        });
      case "unpark":
        if (leg.parked === "") return;
        leg.parked = "";
        return this.#raise("UnParkedCall", { ParkeeUniqueid: leg.uniqueid });
      case "rename":
        if (leg.name.startsWith("Local/")) return;
        leg.name = `SIP/renamed-${++this.#serial}`;
        return this.#raise("Rename", {
          Uniqueid: leg.uniqueid,
          Newname: leg.name,
        });
      case "hangup":
        return this.#hangUp(leg);
      case "join":
        return this.#join(leg);
      case "leave":
      case "abandon":
        return this.#leaveQueue(leg, kind === "abandon");
    }
  }

  #open(name: string, linkedid: string | undefined, isWhole = false): Leg {
    const uniqueid = `${this.#epoch}.${++this.#serial}`;
    const leg = {
      name: isWhole ? name : `${name}-${this.#serial}`,
      uniqueid,
      linkedid: linkedid ?? uniqueid,
      state: linkedid === undefined ? "Ring" : "Down",
      bridge: "",
      parked: "",
    };
    this.legs.set(uniqueid, leg);
    this.#raise("Newchannel", snapshot(leg));
    return leg;
  }

  /** A bridge of its call, or a new one. */
  #anyBridge(leg: Leg, choice: number): string {
    const known = [...this.legs.values()].find((other) =>
      other.linkedid === leg.linkedid && other.bridge.startsWith("bridge-")
    );
    if (known !== undefined && choice % 3 > 0) return known.bridge;
    return this.#named(`bridge-${++this.#serial}`);
  }

  /** A bridge by its id; new if there is none. */
  #named(id: string): string {
    if (!this.bridges.has(id)) {
      this.bridges.set(id, new Set());
      this.#raise("BridgeCreate", this.#bridge(id));
    }
    return id;
  }

  #enter(leg: Leg, id: string): void {
    leg.bridge = id;
    this.bridges.get(id)?.add(leg.uniqueid);
    this.#raise("BridgeEnter", { ...this.#bridge(id), ...snapshot(leg) });
  }

  #leave(leg: Leg): void {
    const id = leg.bridge;
    const bridge = this.bridges.get(id);
    if (bridge === undefined) return;
    leg.bridge = "";
    bridge.delete(leg.uniqueid);
    this.#raise("BridgeLeave", { ...this.#bridge(id), ...snapshot(leg) });
    if (bridge.size > 0) return;
    this.bridges.delete(id);
    this.#raise("BridgeDestroy", this.#bridge(id));
  }

  #hangUp(leg: Leg): void {
    this.#leaveQueue(leg, true);
    this.#leave(leg);
    this.legs.delete(leg.uniqueid);
    this.#raise("Hangup", {
      ...snapshot(leg),
      Cause: 16,
      "Cause-txt": "Normal Clearing",
    });
  }

  #join(leg: Leg): void {
    if (this.callers.includes(leg.uniqueid)) return;
    this.callers.push(leg.uniqueid);
    this.#raise("QueueCallerJoin", {
      ...snapshot(leg),
      Queue: "desk",
      Position: this.callers.length,
    });
  }

  #leaveQueue(leg: Leg, isAbandon: boolean): void {
    const index = this.callers.indexOf(leg.uniqueid);
    if (index === -1) return;
    this.callers.splice(index, 1);
    const fields = { ...snapshot(leg), Queue: "desk", Position: index + 1 };
    if (isAbandon) this.#raise("QueueCallerAbandon", fields);
    this.#raise("QueueCallerLeave", fields);
  }

  #member(kind: "add" | "pause" | "remove", name: string): void {
    const member = this.members.get(name);
    if ((member === undefined) !== (kind === "add")) return;
    const known = member ?? { name, paused: false };
    if (kind === "add") this.members.set(name, known);
    if (kind === "pause") known.paused = !known.paused;
    if (kind === "remove") this.members.delete(name);
    const events = {
      add: "QueueMemberAdded",
      pause: "QueueMemberPause",
      remove: "QueueMemberRemoved",
    };
    this.#raise(events[kind], {
      Queue: "desk",
      MemberName: name,
      Interface: name,
      Status: 1,
      Paused: known.paused ? 1 : 0,
    });
  }

  #bridge(id: string): DAMIData {
    return {
      BridgeUniqueid: id,
      ...KINDS[id] ??
        { BridgeType: "basic", BridgeTechnology: "simple_bridge" },
      BridgeCreator: "<unknown>",
      BridgeName: "<unknown>",
      BridgeNumChannels: this.bridges.get(id)?.size ?? 0,
    };
  }

  #raise(name: string, fields: DAMIData): void {
    this.#events.push({ Event: name, Privilege: "call,all", ...fields });
  }
}

function snapshot({ name, uniqueid, linkedid, state }: Leg): DAMIData {
  return channelHeaders(uniqueid, {
    Channel: name,
    ChannelState: 0,
    ChannelStateDesc: state,
    Exten: 100,
    Linkedid: linkedid,
  });
}
