import type { Call, Channel, LeaveReason } from "../live/live_pbx.ts";

/** A part of a call. */
export type Phase =
  & {
    /** The time at which it began (milliseconds since 1970). */
    readonly begin: number;
    /** The time at which it ended (milliseconds since 1970). */
    readonly end: number;
  }
  & (
    | {
      /** A telephone rings, parties talk, or one has the others on hold. */
      readonly name: "ring" | "talk" | "hold";
    }
    | {
      /** A caller waits in a queue. */
      readonly name: "wait";
      /** The queue. */
      readonly queue: string;
      /** The way in which the wait ended, if it is known. */
      readonly reason: LeaveReason | undefined;
    }
    | {
      /** A party is parked. */
      readonly name: "park";
      /** The parking lot. */
      readonly lot: string;
    }
    | {
      /** The call is transferred, at once. */
      readonly name: "transfer";
      /** Whether the transferer spoke to the target before. */
      readonly kind: "blind" | "attended";
    }
  );

/** The number, the name and the channel of a party. */
export type Party = Pick<Channel, "callerIdName" | "callerIdNum" | "name">;

/** The beginnings of what goes on now. */
interface Open {
  ring: number | undefined;
  talk: number | undefined;
  hold: number | undefined;
  park: { readonly begin: number; readonly lot: string } | undefined;
}

/** Returns the earliest of times; `undefined` if there is none. */
function earliest(times: readonly (number | undefined)[]): number | undefined {
  let min: number | undefined;
  for (const time of times) {
    if (time !== undefined && !(min !== undefined && min <= time)) min = time;
  }
  return min;
}

/** The parts of one call, as they come and go. Pure: it is told of each version of the call. */
export class CallTimeline {
  readonly #phases: Phase[] = [];
  readonly #open: Open = {
    ring: undefined,
    talk: undefined,
    hold: undefined,
    park: undefined,
  };
  readonly #parties = new Map<string, Party>();
  readonly #channels = new Set<string>();

  /** The `Uniqueid` of every channel that took part. */
  get channels(): ReadonlySet<string> {
    return this.#channels;
  }

  /** Those who took part, in the order in which they came. */
  get parties(): readonly Party[] {
    return [...this.#parties.values()];
  }

  /**
   * Takes the next version of the call.
   *
   * @param call The call.
   * @param at The time of the change (milliseconds since 1970).
   */
  update(call: Call, at: number): void {
    for (const id of call.channels) this.#channels.add(id);
    for (const { uniqueid, callerIdNum, callerIdName, name } of call.parties) {
      this.#parties.set(uniqueid, { callerIdNum, callerIdName, name });
    }
    const parking = call.parties.find(({ parking }) => parking !== undefined)
      ?.parking;
    this.#turn("ring", call.state === "ringing" ? at : undefined, at);
    this.#turn("talk", earliest(call.talks.map(({ since }) => since)), at);
    this.#turn(
      "hold",
      earliest(call.parties.map(({ heldSince }) => heldSince)),
      at,
    );
    this.#turnPark(parking && { begin: parking.since, lot: parking.lot }, at);
  }

  /**
   * Adds a wait in a queue that has ended.
   *
   * @param wait The wait.
   */
  addWait(wait: Phase & { readonly name: "wait" }): void {
    this.#phases.push(wait);
  }

  /**
   * Takes over the parts of another call, which has become part of this one.
   *
   * @param other The other call.
   * @param at The time (milliseconds since 1970).
   */
  merge(other: CallTimeline, at: number): void {
    other.#close(at);
    this.#phases.push(...other.#phases);
    for (const id of other.#channels) this.#channels.add(id);
    for (const [id, party] of other.#parties) this.#parties.set(id, party);
  }

  /**
   * Ends the call.
   *
   * @param call The call as it was last.
   * @param at The time (milliseconds since 1970).
   * @returns All its parts, the earliest first.
   */
  end(call: Call, at: number): Phase[] {
    this.#close(at);
    const transfers = call.transfers.map(({ kind, at: time }): Phase => ({
      name: "transfer",
      begin: time,
      end: time,
      kind,
    }));
    return [...this.#phases, ...transfers]
      .sort((one, other) => one.begin - other.begin);
  }

  #close(at: number): void {
    this.#turn("ring", undefined, at);
    this.#turn("talk", undefined, at);
    this.#turn("hold", undefined, at);
    this.#turnPark(undefined, at);
  }

  /** Begins a part if it goes on from a time, and ends it if not. */
  #turn(
    name: "ring" | "talk" | "hold",
    since: number | undefined,
    at: number,
  ): void {
    const begin = this.#open[name];
    if (begin === undefined) {
      this.#open[name] = since;
    } else if (since === undefined) {
      this.#phases.push({ name, begin, end: Math.max(begin, at) });
      this.#open[name] = undefined;
    }
  }

  #turnPark(since: Open["park"], at: number): void {
    const { park } = this.#open;
    if (park === undefined) {
      this.#open.park = since;
    } else if (since === undefined) {
      const { begin, lot } = park;
      this.#phases.push({ name: "park", begin, end: Math.max(begin, at), lot });
      this.#open.park = undefined;
    }
  }
}
