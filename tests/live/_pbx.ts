/**
 * A PBX that lists what a test says, and the changes that are emitted.
 *
 * @module
 */

import { assert } from "@std/assert";
import type { DAMI, DAMIOptions, EventStream } from "../../mod.ts";
import type { Change, ChangeType } from "../../src/live/change.ts";
import type { LivePbx } from "../../src/live/live_pbx.ts";
import {
  type AmiFrame,
  AmiServer,
  type AmiServerClient,
  type ReceivedAction,
} from "../../src/testing/ami_server.ts";
import { CREDENTIALS, damiFor } from "../_faults.ts";
import { until, within } from "../_waiting.ts";
import type { Headers } from "./_frames.ts";

/** The lists, with the event at the end of each. */
const LISTS = {
  CoreShowChannels: "CoreShowChannelsComplete",
  ParkedCalls: "ParkedCallsComplete",
  BridgeList: "BridgeListComplete",
  QueueStatus: "QueueStatusComplete",
  DeviceStateList: "DeviceStateListComplete",
  ExtensionStateList: "ExtensionStateListComplete",
  PJSIPShowEndpoints: "EndpointListComplete",
  SIPpeers: "PeerlistComplete",
  IAXpeerlist: "PeerlistComplete",
} as const;

/** An action that is answered with a list. */
export type ListAction = keyof typeof LISTS;

/** Every action that is answered with a list. */
export const LIST_ACTIONS: readonly ListAction[] = [
  "CoreShowChannels",
  "ParkedCalls",
  "BridgeList",
  "QueueStatus",
  "DeviceStateList",
  "ExtensionStateList",
  "PJSIPShowEndpoints",
  "SIPpeers",
  "IAXpeerlist",
];

/** An answer that waits for the test. */
export interface HeldAnswer {
  /** Resolves when it was asked for. */
  readonly asked: Promise<void>;
  /** Gives it, with the items of now or these. From here on, all answers come at once again. */
  release(items?: readonly Headers[]): void;
}

/** A PBX that lists what a test says. */
export class ListingPbx implements AsyncDisposable {
  readonly server = AmiServer.start();
  /** The items of the lists. */
  readonly items: Partial<Record<ListAction, readonly Headers[]>> = {};

  constructor() {
    // Without `FullyBooted`, after which snapshots are taken once more.
    this.server.on("Login", () => ({
      Response: "Success",
      Message: "Authentication accepted",
    }));
    for (const action of LIST_ACTIONS) {
      this.server.on(action, () => this.list(action));
    }
  }

  /** A list as it is answered. */
  list(action: ListAction, items = this.items[action] ?? []): AmiFrame[] {
    return [
      { Response: "Success", EventList: "start", Message: "A list follows" },
      ...items,
      {
        Event: LISTS[action],
        EventList: "Complete",
        ListItems: items.length,
      },
    ];
  }

  /** Holds the next answer to an action back. Events are delivered meanwhile. */
  hold(action: ListAction): HeldAnswer {
    const asked = Promise.withResolvers<void>();
    let waiting: [AmiServerClient, ReceivedAction] | undefined;
    const remove = this.server.on(action, (received, client) => {
      waiting = [client, received];
      asked.resolve();
    });
    return {
      asked: within(asked.promise),
      release: (items) => {
        remove();
        assert(waiting !== undefined, `'${action}' was not asked for`);
        const [client, received] = waiting;
        client.answer(received, this.list(action, items));
      },
    };
  }

  /** Answers an action with an error. */
  refuse(action: string, Message = "Permission denied"): () => void {
    return this.server.on(action, () => ({ Response: "Error", Message }));
  }

  /** Returns how often an action came. */
  count(action: string): number {
    return this.server.received.filter(({ name }) => name === action).length;
  }

  /** A client that is logged in. */
  async connect(options: DAMIOptions = {}): Promise<DAMI> {
    const dami = damiFor(this.server, options);
    await dami.connectAndLogin(CREDENTIALS);
    return dami;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }
}

/** Records the changes, from when it is made. */
export class Changes {
  readonly all: Change[] = [];
  readonly #stream: EventStream<Change>;
  /** Resolves when the iterator has ended. */
  readonly ended: Promise<void>;

  constructor(pbx: LivePbx) {
    this.#stream = pbx.changes();
    this.ended = this.#read();
  }

  async #read(): Promise<void> {
    for await (const change of this.#stream) this.all.push(change);
  }

  /** All of one type. */
  of<Type extends ChangeType>(type: Type): Change<Type>[] {
    return this.all.filter((change): change is Change<Type> =>
      change.type === type
    );
  }

  /** Waits for the first change of a type. */
  async first<Type extends ChangeType>(type: Type): Promise<Change<Type>> {
    await until(() => this.of(type).length > 0);
    const [change] = this.of(type);
    assert(change !== undefined);
    return change;
  }

  /** The names of the changes since the last call, once all of them were read. */
  async take(): Promise<ChangeType[]> {
    // What is queued is read by one microtask after the other, before any timer.
    await new Promise((resolve) => setTimeout(resolve, 0));
    return this.all.splice(0).map(({ type }) => type);
  }
}
