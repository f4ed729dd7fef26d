import { type Bridge, isMixing } from "./bridge.ts";
import { type Channel, isHelper, isLocal, otherHalf } from "./channel.ts";

/** Parties that hear each other. */
export interface Talk {
  /**
   * The `Uniqueid` of each: those of the call in the order of its parties,
   * followed by those of other calls, as in a conference, of which each caller
   * has a call of their own.
   */
  readonly parties: readonly string[];
  /** Since when exactly these do, or since when that is known (milliseconds since 1970). */
  readonly since: number;
}

/** Everything that a call can be connected with. */
export interface Surroundings {
  /** All channels by `Uniqueid`. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** All bridges by id. */
  readonly bridges: ReadonlyMap<string, Bridge>;
  /** The `Uniqueid` of each half of a Local channel by its name. */
  readonly halves: ReadonlyMap<string, string>;
}

/** Shared by all calls in which nobody talks. */
const NONE: readonly never[] = [];

/** Options of {@linkcode talksOf}. */
export interface TalksOptions {
  /** Everything that the call can be connected with. */
  readonly surroundings: Surroundings;
  /** The talks before. */
  readonly previous: readonly Talk[];
  /** The time. */
  readonly at: number;
}

/**
 * Finds who hears whom: parties in one bridge, and through Local channels those
 * in the next.
 *
 * @param parties The parties of a call.
 * @param options What they are connected with, and the talks before.
 * @returns The talks; the same array as before if nothing is new.
 */
export function talksOf(
  parties: readonly Channel[],
  { surroundings, previous, at }: TalksOptions,
): readonly Talk[] {
  const [one, two] = parties;
  if (one === undefined) return NONE;
  // Almost every call is one of two channels.
  if (two !== undefined && parties.length === 2) {
    const bridge = one.bridgeId === "" || one.bridgeId !== two.bridgeId
      ? undefined
      : surroundings.bridges.get(one.bridgeId);
    const isPair = bridge?.channels.length === 2 && isMixing(bridge);
    if (isPair) {
      const [talk] = previous;
      const isSame = talk?.parties.length === 2 &&
        talk.parties[0] === one.uniqueid && talk.parties[1] === two.uniqueid;
      return isSame
        ? previous
        : [{ parties: [one.uniqueid, two.uniqueid], since: at }];
    }
  }
  // Few events are about a channel that shares a bridge.
  const isShared = parties.some(({ bridgeId }) =>
    bridgeId !== "" &&
    (surroundings.bridges.get(bridgeId)?.channels.length ?? 0) > 1
  );
  if (!isShared) return NONE;
  const talks: Talk[] = [];
  const found = new Set<string>();
  for (const { uniqueid, bridgeId } of parties) {
    if (bridgeId === "" || found.has(uniqueid)) continue;
    const hearers = hearersIn(bridgeId, surroundings);
    if (hearers.size < 2 || !hearers.has(uniqueid)) continue;
    const group: string[] = [];
    for (const party of parties) {
      if (!hearers.delete(party.uniqueid)) continue;
      group.push(party.uniqueid);
      found.add(party.uniqueid);
    }
    group.push(...hearers);
    talks.push(
      previous.find((talk) => isSameGroup(talk.parties, group)) ??
        // The copy has no spare capacity, which arrays that have grown have.
        { parties: group.slice(), since: at },
    );
  }
  if (talks.length === 0) return NONE;
  const isSame = talks.length === previous.length &&
    talks.every((talk, index) => talk === previous[index]);
  return isSame ? previous : talks.slice();
}

function isSameGroup(one: readonly string[], two: readonly string[]): boolean {
  return one.length === two.length &&
    one.every((uniqueid) => two.includes(uniqueid));
}

/**
 * Finds the parties that hear each other in a bridge and in those that Local
 * channels join to it. In a holding bridge, such as a parking lot, nobody does.
 *
 * @param bridgeId The bridge.
 * @param surroundings All channels and bridges.
 * @returns The `Uniqueid` of each.
 */
export function hearersIn(
  bridgeId: string,
  { channels, bridges, halves }: Surroundings,
): Set<string> {
  const hearers = new Set<string>();
  const joined = new Set([bridgeId]);
  // The set grows while it is walked through.
  for (const id of joined) {
    const bridge = bridges.get(id);
    if (bridge === undefined || !isMixing(bridge)) continue;
    for (const uniqueid of bridge.channels) {
      const channel = channels.get(uniqueid);
      if (channel === undefined || isHelper(channel)) continue;
      if (!isLocal(channel)) {
        hearers.add(uniqueid);
        continue;
      }
      const other = channels.get(halves.get(otherHalf(channel.name)) ?? "");
      if (other !== undefined && other.bridgeId !== "") {
        joined.add(other.bridgeId);
      }
    }
  }
  return hearers;
}
