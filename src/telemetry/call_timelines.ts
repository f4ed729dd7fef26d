import type { Call, Change } from "../live/live_pbx.ts";
import { CallTimeline, type Party, type Phase } from "./call_timeline.ts";

/** A call that has ended, with all its parts. */
export interface EndedCall {
  /** The name of the PBX, if it has one. */
  readonly pbx: string | undefined;
  /** The call as it was last. */
  readonly call: Call;
  /** The time at which it ended (milliseconds since 1970). */
  readonly end: number;
  /** Whether anybody had answered. */
  readonly answered: boolean;
  /** The hang-up cause (Q.850); 0 if none is known. */
  readonly cause: number;
  /** Whether its end was missed. */
  readonly lost: boolean;
  /** Its parts, the earliest first. */
  readonly phases: readonly Phase[];
  /** Those who took part, in the order in which they came. */
  readonly parties: readonly Party[];
}

/** The parts of all calls of one PBX, until they end. Pure: it takes the changes of a `LivePbx`. */
export class CallTimelines {
  readonly #pbx: string | undefined;
  readonly #calls = new Map<string, CallTimeline>();
  /** The call of each channel. */
  readonly #callOfChannel = new Map<string, string>();

  /** @param pbx The name of the PBX, if it has one. */
  constructor(pbx: string | undefined) {
    this.#pbx = pbx;
  }

  /** The number of calls that have not ended. */
  get size(): number {
    return this.#calls.size;
  }

  /**
   * Takes a call as it is.
   *
   * @param call The call.
   * @param at The time (milliseconds since 1970).
   */
  update(call: Call, at: number): void {
    const { id } = call;
    const timeline = this.#calls.get(id) ?? new CallTimeline();
    this.#calls.set(id, timeline);
    timeline.update(call, at);
    for (const channel of call.channels) this.#callOfChannel.set(channel, id);
  }

  /**
   * Takes a change.
   *
   * @param change The change.
   * @returns The call that has ended by it, if one has.
   */
  apply(change: Change): EndedCall | undefined {
    switch (change.type) {
      case "call-ended":
        return this.#end(change);
      case "call-merged":
        this.#merge(change.call, change.into, change.at);
        return undefined;
      case "call-started":
      case "call-answered":
      case "call-connected":
      case "call-held":
      case "call-resumed":
      case "call-parked":
      case "call-unparked":
      case "call-transferred":
      case "call-changed":
        this.update(change.call, change.at);
        return undefined;
      case "caller-left": {
        const { caller, queue, reason, at, lost } = change;
        // Its end is not known, and neither is that of the call.
        if (lost) return undefined;
        const call = this.#callOfChannel.get(caller.uniqueid) ?? "";
        this.#calls.get(call)?.addWait({
          name: "wait",
          begin: caller.joinedAt,
          end: Math.max(caller.joinedAt, at),
          queue: queue.name,
          reason,
        });
        return undefined;
      }
      default:
        return undefined;
    }
  }

  #end(
    { call, at, answered, cause, lost }: Change<"call-ended">,
  ): EndedCall {
    const timeline = this.#calls.get(call.id) ?? new CallTimeline();
    this.#calls.delete(call.id);
    const phases = timeline.end(call, at);
    for (const channel of timeline.channels) {
      if (this.#callOfChannel.get(channel) === call.id) {
        this.#callOfChannel.delete(channel);
      }
    }
    return {
      pbx: this.#pbx,
      call,
      end: at,
      answered,
      cause,
      lost,
      phases,
      parties: timeline.parties,
    };
  }

  #merge(call: Call, into: Call, at: number): void {
    const other = this.#calls.get(call.id);
    this.#calls.delete(call.id);
    this.update(into, at);
    if (other === undefined) return;
    this.#calls.get(into.id)?.merge(other, at);
    for (const channel of other.channels) {
      this.#callOfChannel.set(channel, into.id);
    }
  }
}
