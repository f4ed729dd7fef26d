/**
 * A `LivePbx` on a PBX that a test plays.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { DAMI } from "../../mod.ts";
import {
  type Call,
  type Change,
  LivePbx,
  type LivePbxOptions,
} from "../../src/live/live_pbx.ts";
import { AT_ONCE } from "../_faults.ts";
import { within } from "../_waiting.ts";
import type { Headers } from "./_frames.ts";
import { Changes, ListingPbx } from "./_pbx.ts";

const RECONNECT = { reconnect: AT_ONCE };

/** A PBX that is followed. */
export class Stage implements AsyncDisposable {
  readonly lists: ListingPbx;
  readonly dami: DAMI;
  readonly pbx: LivePbx;
  readonly changes: Changes;

  private constructor(lists: ListingPbx, dami: DAMI, pbx: LivePbx) {
    this.lists = lists;
    this.dami = dami;
    this.pbx = pbx;
    this.changes = new Changes(pbx);
    pbx.addEventListener("call-ended", ({ detail }) => {
      this.#ended = detail;
    });
    pbx.addEventListener("call-merged", ({ detail }) => {
      this.merged.push(detail);
    });
  }

  static async set(
    prepare: (lists: ListingPbx) => void = () => {},
    options: LivePbxOptions = {},
  ): Promise<Stage> {
    const lists = new ListingPbx();
    prepare(lists);
    const dami = await lists.connect(RECONNECT);
    return new Stage(lists, dami, await LivePbx.start(dami, options));
  }

  /** Lets something happen, and waits until it was emitted. */
  async play(...events: Headers[]): Promise<Change["type"][]> {
    this.lists.server.emit(events);
    return await this.types();
  }

  #ended: Change<"call-ended"> | undefined;

  /** The end of the call that ended last. */
  get ended(): Change<"call-ended"> {
    assert(this.#ended !== undefined);
    return this.#ended;
  }

  /** The calls that were merged since the start. */
  readonly merged: Change<"call-merged">[] = [];

  /** The names of the changes since the last call. What the PBX had sent was emitted when its answer is there. */
  async types(): Promise<Change["type"][]> {
    assertEquals(await this.dami.ping(), true);
    return await this.changes.take();
  }

  /** Loses the connection, and waits for what follows. */
  async lose(): Promise<void> {
    this.lists.server.cut();
    await this.changes.first("snapshot-end");
  }

  /** The only call. */
  get call(): Call {
    assertEquals(this.pbx.calls.size, 1);
    const [call] = this.pbx.calls.values();
    assert(call !== undefined);
    return call;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.pbx.stop();
    await within(this.changes.ended);
    this.dami.close();
    await this.lists[Symbol.asyncDispose]();
  }
}

/** Returns the reports about calls, without their `call-changed`. */
export function steps(types: readonly Change["type"][]): Change["type"][] {
  return types.filter((type) =>
    type.startsWith("call-") && type !== "call-changed"
  );
}
