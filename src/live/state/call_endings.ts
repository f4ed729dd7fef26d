import type { DAMIData } from "../../data.ts";
import { type Cause, causeOf } from "../records/call.ts";
import type { Channel } from "../records/channel.ts";
import { number, text } from "../records/fields.ts";
import type { Texts } from "../records/texts.ts";
import type { CallState } from "./call_state_diff.ts";

/** The signs that a call may be about to end. */
export interface Ending {
  /** The cause of a channel of it. */
  readonly cause: Cause | undefined;
  /** `true` if that is the channel that the call began with. */
  readonly isFirst: boolean;
  /** The call to which a party of it went. */
  readonly heir: string | undefined;
}

/** Notes about channels and calls, kept until it is clear whether and how they end. */
export class CallEndings {
  /** The endings by `Linkedid`. */
  readonly #endings = new Map<string, Ending>();
  /** The causes with which phones have asked to be hung up, by the `Uniqueid` of their channels. */
  readonly #requests = new Map<string, number>();
  /** The `Uniqueid` of channels that have transferred others and are about to be hung up. */
  readonly #transferers = new Set<string>();

  /**
   * Notes that a phone has hung up by itself.
   *
   * @param event `HangupRequest`.
   */
  request(event: DAMIData): void {
    this.#requests.set(text(event.Uniqueid), number(event.Cause));
  }

  /**
   * Notes the channels of who transferred a call.
   *
   * @param uniqueid One of the channels.
   */
  transfer(uniqueid: string): void {
    this.#transferers.add(uniqueid);
  }

  /**
   * Notes the end of a channel. The cause of the channel that the call began
   * with has the last word.
   *
   * @param channel The channel.
   * @param event `Hangup`.
   * @param texts The texts in common.
   */
  hangUp(
    { uniqueid, linkedid }: Channel,
    event: DAMIData,
    texts: Texts,
  ): void {
    const known = causeOf(event, this.#requests.get(uniqueid));
    this.#requests.delete(uniqueid);
    const { isFirst, heir } = this.#endings.get(linkedid) ?? {};
    if (known === undefined || isFirst) return;
    const causeText = texts.common(known.causeText);
    this.#endings.set(linkedid, {
      cause: { cause: known.cause, causeText },
      isFirst: uniqueid === linkedid,
      heir,
    });
  }

  /**
   * Notes that a channel of a call went to another one, while nobody talks in
   * what is left of the first.
   *
   * @param id The call that it left.
   * @param heir The call to which it went.
   */
  leave(id: string, heir: string): void {
    const { cause, isFirst = false } = this.#endings.get(id) ?? {};
    this.#endings.set(id, { cause, isFirst, heir });
  }

  /**
   * Notes that a call goes on: what was seen was not its end.
   *
   * @param id The call.
   */
  goOn(id: string): void {
    this.#endings.delete(id);
  }

  /**
   * Ends a call with its last channel.
   *
   * @param id The call.
   * @param last The last channel.
   * @returns What was seen of its end. The heir is that of a consultation, of which the channel of who transferred is left.
   */
  end(id: string, last: Channel): Ending {
    const { cause, isFirst = false, heir } = this.#endings.get(id) ?? {};
    this.#endings.delete(id);
    const isHeir = heir !== undefined && this.#transferers.has(last.uniqueid);
    return { cause, isFirst, heir: isHeir ? heir : undefined };
  }

  /**
   * Forgets a channel that has ended.
   *
   * @param uniqueid The channel.
   */
  forget(uniqueid: string): void {
    this.#transferers.delete(uniqueid);
  }

  /**
   * Forgets what a snapshot does not have.
   *
   * @param state The channels and calls that are left.
   */
  keepOnly({ channels, calls }: CallState): void {
    for (const id of [...this.#endings.keys()]) {
      if (!calls.has(id)) this.#endings.delete(id);
    }
    for (const notes of [this.#requests, this.#transferers]) {
      for (const uniqueid of [...notes.keys()]) {
        if (!channels.has(uniqueid)) notes.delete(uniqueid);
      }
    }
  }
}
