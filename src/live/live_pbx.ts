/**
 * What is going on in the PBX, kept up to date by its events: channels,
 * bridges, calls, queues, devices, extensions and endpoints.
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { LivePbx } from "@dami/dami/live";
 *
 * await using dami = new DAMI({ reconnect: true });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * using pbx = await LivePbx.start(dami);
 *
 * for (const call of pbx.calls.values()) {
 *   console.log(call.state, call.parties.map(({ name }) => name));
 * }
 * for await (const change of pbx.changes()) {
 *   if (change.type === "call-ended") console.log(change.causeText);
 * }
 * ```
 *
 * @module
 */

import type { AmiClient } from "../client.ts";
import {
  AmiClosedError,
  type AmiConnectionError,
  AmiResponseError,
  AmiTimeoutError,
} from "../errors.ts";
import {
  checkQueue,
  type EventStream,
  type Overflow,
} from "../events/event_stream.ts";
import { EventQueue } from "../events/event_queue.ts";
import { LifecycleTarget } from "../events/lifecycle.ts";
import { UserCodeGuard } from "../user_code_guard.ts";
import type { Bridge } from "./records/bridge.ts";
import type { Call } from "./records/call.ts";
import type {
  Change,
  ChangeEventMap,
  SnapshotKind,
  SnapshotReason,
} from "./change.ts";
import type { Channel } from "./records/channel.ts";
import type { Device } from "./records/device.ts";
import type { Endpoint } from "./records/endpoint.ts";
import type { Extension } from "./records/extension.ts";
import { PbxState } from "./state/pbx_state.ts";
import type { Queue } from "./records/queue.ts";
import { takeQueue, takeSnapshots } from "./sync/snapshots.ts";

export type { Bridge } from "./records/bridge.ts";
export type { Call, CallState, Talk, Transfer } from "./records/call.ts";
export type {
  Change,
  ChangeDetails,
  ChangeEventMap,
  ChangeFields,
  ChangeType,
  SnapshotKind,
  SnapshotReason,
} from "./change.ts";
export type { Channel, ChannelState, Parking } from "./records/channel.ts";
export type { Device, DeviceState } from "./records/device.ts";
export type { Endpoint } from "./records/endpoint.ts";
export type { Extension } from "./records/extension.ts";
export type { Queue, QueueFigures } from "./records/queue.ts";
export type { QueueCaller } from "./records/queue_caller.ts";
export type { QueueMember } from "./records/queue_member.ts";

/** How long a queue whose figures are old is left before it is asked for (milliseconds). */
const QUEUE_DELAY = 250;

/** How long calls that have come together are left before they are asked for (milliseconds). */
const MERGE_DELAY = 250;

/** A PBX that has been up for longer than this was booted before it was asked (seconds). */
const BOOT_TIME = 60;

/** Options of {@linkcode LivePbx.start}. */
export interface LivePbxOptions {
  /**
   * Whether `Newexten` is followed, so that `application`, `context`, `exten`
   * and `priority` of each channel are those of the present. It is more than
   * half of all events of a busy PBX, and its class `dialplan` needs to be
   * granted.
   *
   * @default {false}
   */
  dialplan?: boolean;
  /**
   * What no snapshot is taken of. Events tell of it all the same, until some
   * were missed: then it begins anew.
   *
   * @default {[]}
   */
  without?: readonly SnapshotKind[];
  /** Ends the wait for the snapshots. */
  signal?: AbortSignal | undefined;
}

/** Options of {@linkcode LivePbx.changes}. */
export interface ChangesOptions {
  /** Ends the iterator with its reason. */
  signal?: AbortSignal | undefined;
  /**
   * How many changes wait to be read.
   *
   * @default {10_000}
   */
  maxQueue?: number;
  /**
   * What is done with more: `"error"` ends the iterator with an
   * `AmiLimitError`, `"drop-oldest"` drops the oldest change.
   *
   * @default {"error"}
   */
  overflow?: Overflow;
}

/**
 * Where a {@linkcode LivePbx} is.
 *
 * - `"live"`: it shows what is.
 * - `"stale"`: the connection is lost; it shows what was last known.
 * - `"syncing"`: snapshots are being taken.
 * - `"stopped"`: it shows what was last known, for ever.
 */
export type LiveState = "live" | "stale" | "syncing" | "stopped";

/** Snapshots that are being taken. */
interface Syncing {
  /** Gives them up. */
  readonly controller: AbortController;
  /** Resolves when they are what is shown. */
  readonly done: Promise<void>;
}

/** The events of {@linkcode LivePbx}: the changes by their names. */
export interface LivePbxEventMap extends ChangeEventMap {
  /** A listener threw. */
  error: ErrorEvent;
  /** It was stopped, or there will be no connection any more. */
  stop: Event;
}

/**
 * What is going on in the PBX.
 *
 * The maps are views that always show the present; the records in them are
 * never changed, they are replaced. Each change is told: by `changes()`, and as
 * an event by its name.
 *
 * When the connection was lost and made again, new snapshots are taken, and
 * what is other than before is told as changes.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { LivePbx } from "@dami/dami/live";
 *
 * await using dami = new DAMI({ reconnect: true });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * using pbx = await LivePbx.start(dami);
 * pbx.addEventListener("member-paused", ({ detail: { member } }) => {
 *   console.log(`${member.name} makes a pause: ${member.pausedReason}`);
 * });
 * console.log(pbx.calls.size, pbx.queues.get("support")?.callers.length);
 * ```
 */
export class LivePbx extends LifecycleTarget<LivePbxEventMap>
  implements Disposable {
  readonly #dami: AmiClient;
  readonly #guard: UserCodeGuard;
  readonly #state: PbxState;
  readonly #without: ReadonlySet<SnapshotKind>;
  readonly #problems = new Map<SnapshotKind, Error>();
  readonly #streams = new Set<EventQueue<Change>>();
  readonly #stopping = new AbortController();
  readonly #staleQueues = new Set<string>();
  /** The bridges in which calls have come together. */
  readonly #mergers = new Set<string>();
  #mergeTimer: ReturnType<typeof setTimeout> | undefined;
  #queueTimer: ReturnType<typeof setTimeout> | undefined;
  #liveState: LiveState = "syncing";
  #syncing: Syncing | undefined;
  /** Nothing is told before the first snapshots are there. */
  #isTelling = false;
  #isRefreshingQueues = false;
  /** Whether the snapshots that are being taken are of before somebody asked for them, or of before the PBX had booted. */
  #isTooEarly = false;

  private constructor(dami: AmiClient, options: LivePbxOptions) {
    super((error, event) => this.#guard.reportListener(error, event));
    this.#guard = new UserCodeGuard(this, undefined);
    this.#dami = dami;
    this.#without = new Set(options.without);
    this.#state = new PbxState({
      dialplan: options.dialplan ?? false,
      tell: (change) => this.#tell(change),
      staleQueue: (queue) => this.#onStaleQueue(queue),
      cameTogether: (bridge) => this.#onTogether(bridge),
    });
    this.#listen();
  }

  /**
   * Takes the snapshots, and keeps them up to date from then on. It calls
   * `listen()`, as it needs the events; the connection stays that of the
   * program.
   *
   * A snapshot that the PBX refuses is left out, and told by
   * {@linkcode LivePbx.problems}.
   *
   * @param dami A client that is logged in.
   * @param options What to follow.
   * @returns What is.
   * @throws {AmiClosedError | AmiConnectionError} If there is no connection, or it is lost meanwhile.
   * @throws The signal's reason, if it is aborted.
   *
   * @example
   * ```ts
   * import { DAMI } from "@dami/dami";
   * import { LivePbx } from "@dami/dami/live";
   *
   * const dami = new DAMI({ reconnect: true });
   * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
   * const pbx = await LivePbx.start(dami);
   * console.log(pbx.problems.size === 0 ? "all there" : [...pbx.problems]);
   * pbx.stop();
   * dami.close();
   * ```
   */
  static async start(
    dami: AmiClient,
    options: LivePbxOptions = {},
  ): Promise<LivePbx> {
    options.signal?.throwIfAborted();
    const pbx = new LivePbx(dami, options);
    try {
      await dami.listen();
      // Events that were held until now are delivered by a timer. They are of
      // before the snapshots, and must not come behind them.
      await new Promise((resolve) => setTimeout(resolve, 0));
      await pbx.#sync(options.signal);
      pbx.#isTelling = true;
      return pbx;
    } catch (error) {
      pbx.stop();
      throw error;
    }
  }

  /**
   * Where it is.
   *
   * @returns The state.
   */
  get state(): LiveState {
    return this.#liveState;
  }

  /**
   * The channels, by `Uniqueid`.
   *
   * @returns A view.
   */
  get channels(): ReadonlyMap<string, Channel> {
    return this.#state.switchboard.channels;
  }

  /**
   * The bridges, by id.
   *
   * @returns A view.
   */
  get bridges(): ReadonlyMap<string, Bridge> {
    return this.#state.switchboard.bridges;
  }

  /**
   * The calls, by `Linkedid`.
   *
   * @returns A view.
   */
  get calls(): ReadonlyMap<string, Call> {
    return this.#state.switchboard.calls;
  }

  /**
   * The queues, by name.
   *
   * @returns A view.
   */
  get queues(): ReadonlyMap<string, Queue> {
    return this.#state.queues.queues;
  }

  /**
   * The devices, by name, such as `PJSIP/6001`.
   *
   * @returns A view.
   */
  get devices(): ReadonlyMap<string, Device> {
    return this.#state.devices;
  }

  /**
   * The extensions that have a hint, by `exten@context`.
   *
   * @returns A view.
   */
  get extensions(): ReadonlyMap<string, Extension> {
    return this.#state.extensions;
  }

  /**
   * The endpoints, by their name as a device, such as `PJSIP/6001`.
   *
   * @returns A view.
   */
  get endpoints(): ReadonlyMap<string, Endpoint> {
    return this.#state.endpoints;
  }

  /**
   * The snapshots that could not be had the last time, and why.
   *
   * @returns A view.
   */
  get problems(): ReadonlyMap<SnapshotKind, Error> {
    return this.#problems;
  }

  /**
   * The changes from this call on. Whoever reads slowly slows nobody: they wait
   * in a queue with a bound. The iterator ends when this is stopped.
   *
   * @param options Its bounds.
   * @returns The changes, to be read with `for await`.
   * @throws {TypeError | RangeError} If an option is wrong.
   *
   * @example
   * ```ts
   * import type { LivePbx } from "@dami/dami/live";
   *
   * async function follow(pbx: LivePbx): Promise<void> {
   *   for await (const change of pbx.changes()) {
   *     if (change.type === "caller-joined") {
   *       console.log(change.queue.name, change.caller.position);
   *     }
   *   }
   * }
   * console.log(follow);
   * ```
   */
  changes(options: ChangesOptions = {}): EventStream<Change> {
    const { signal, maxQueue = 10_000, overflow = "error" } = options;
    checkQueue(maxQueue, overflow);
    const ended = new AbortController();
    const stream = new EventQueue<Change>({
      maxQueue,
      overflow,
      signal,
      onEnd: () => ended.abort(),
    });
    // A signal that is aborted already has ended the stream by now.
    if (ended.signal.aborted) return stream;
    this.#streams.add(stream);
    ended.signal.addEventListener("abort", () => this.#streams.delete(stream));
    if (this.#liveState === "stopped") stream.close();
    return stream;
  }

  /**
   * Takes all snapshots anew, and tells what is other than it was shown, which
   * is nothing unless the configuration of the PBX was changed: new queues,
   * members and endpoints come with no event.
   *
   * @returns Resolves when what is shown is what is.
   * @throws {AmiClosedError | AmiConnectionError} If the connection is lost meanwhile.
   */
  async refresh(): Promise<void> {
    await this.#resync("refresh");
  }

  /**
   * Ends it: the listeners are removed, the iterators end. What was last known
   * can still be read. May be called again.
   */
  stop(): void {
    if (this.#liveState === "stopped") return;
    this.#liveState = "stopped";
    const reason = new AmiClosedError("The live PBX was stopped");
    this.#stopping.abort(reason);
    clearTimeout(this.#queueTimer);
    clearTimeout(this.#mergeTimer);
    for (const stream of this.#streams) stream.close();
    this.dispatchEvent(new Event("stop"));
  }

  /** Does what {@linkcode LivePbx.stop} does. */
  [Symbol.dispose](): void {
    this.stop();
  }

  #listen(): void {
    const { signal } = this.#stopping;
    for (const name of this.#state.events) {
      this.#dami.on(name, (event) => this.#state.apply(name, event), {
        signal,
      });
    }
    this.#dami.on("FullyBooted", ({ Uptime }) => this.#onBooted(Uptime), {
      signal,
    });
    this.#dami.addEventListener(
      "disconnect",
      ({ detail }) => this.#onDisconnect(detail.error),
      { signal },
    );
    this.#dami.addEventListener("gap", () => void this.#catchUp("gap"), {
      signal,
    });
    this.#dami.addEventListener("close", () => this.stop(), { signal });
  }

  #onDisconnect(error: AmiConnectionError | undefined): void {
    this.#syncing?.controller.abort(
      error ?? new AmiClosedError("The connection was closed by this program"),
    );
    this.#staleQueues.clear();
    this.#mergers.clear();
    this.#liveState = "stale";
    this.#tell({ type: "stale", at: Date.now() });
  }

  /**
   * Asterisk lets log in before it has loaded everything, and tells when it
   * has; whoever logs in later is told so at once (main/manager.c).
   */
  #onBooted(uptime: string | number | undefined): void {
    if (this.#liveState === "live") void this.#catchUp("boot");
    else if (!(Number(uptime) > BOOT_TIME)) this.#isTooEarly = true;
  }

  async #catchUp(reason: SnapshotReason): Promise<void> {
    try {
      await this.#resync(reason);
    } catch (error) {
      // A connection that is lost again will have another gap.
      if (this.#liveState !== "syncing") return;
      this.#guard.report(error, "The snapshots could not be taken");
    }
  }

  async #resync(reason: SnapshotReason): Promise<void> {
    this.#tell({ type: "snapshot-begin", at: Date.now(), reason });
    await this.#sync(undefined, reason === "gap");
    this.#tell({ type: "snapshot-end", at: Date.now(), reason });
  }

  /**
   * Takes all snapshots, and makes them what is. Whoever asks while they are
   * being taken gets those that follow, together with whoever asked before.
   */
  async #sync(signal?: AbortSignal, isStale = true): Promise<void> {
    // Those of a connection that was lost are of no use any more.
    while (this.#syncing?.controller.signal.aborted) {
      await this.#syncing.done.catch(() => {});
    }
    this.#stopping.signal.throwIfAborted();
    if (this.#syncing !== undefined) {
      this.#isTooEarly = true;
      return await this.#syncing.done;
    }
    if (isStale) this.#liveState = "syncing";
    const controller = new AbortController();
    const signals = [controller.signal, this.#stopping.signal];
    if (signal !== undefined) signals.push(signal);
    const done = this.#syncUntilLate(AbortSignal.any(signals), isStale);
    this.#syncing = { controller, done };
    await done;
  }

  async #syncUntilLate(signal: AbortSignal, isStale: boolean): Promise<void> {
    try {
      do {
        this.#isTooEarly = false;
        await this.#syncOnce(signal, isStale);
      } while (this.#isTooEarly);
      this.#liveState = "live";
    } finally {
      this.#syncing = undefined;
    }
  }

  async #syncOnce(signal: AbortSignal, isStale: boolean): Promise<void> {
    const problems = new Map<SnapshotKind, Error>();
    using recording = this.#state.record();
    const snapshots = await takeSnapshots(this.#dami, {
      except: this.#without,
      signal,
      onProblem: (kind, error) => problems.set(kind, error),
    });
    signal.throwIfAborted();
    if (this.#isTooEarly) return;
    this.#problems.clear();
    for (const [snapshot, error] of problems) {
      this.#problems.set(snapshot, error);
      this.#tell({ type: "problem", at: Date.now(), snapshot, error });
    }
    this.#state.sync(snapshots, recording.events, isStale);
  }

  #onTogether(bridge: string): void {
    if (this.#without.has("channels") || this.#liveState === "stopped") return;
    this.#mergers.add(bridge);
    this.#mergeTimer ??= setTimeout(() => {
      this.#mergeTimer = undefined;
      const { switchboard } = this.#state;
      const isOpen = [...this.#mergers].some((bridge) =>
        switchboard.isOfSeveralCalls(bridge)
      );
      this.#mergers.clear();
      // Most often an event has told it meanwhile.
      if (isOpen && this.#liveState === "live") void this.#catchUp("refresh");
    }, MERGE_DELAY);
  }

  #onStaleQueue(queue: string): void {
    if (this.#without.has("queues") || this.#liveState === "stopped") return;
    this.#staleQueues.add(queue);
    // Many calls that end at once make one question.
    this.#queueTimer ??= setTimeout(
      () => void this.#refreshQueues(),
      QUEUE_DELAY,
    );
  }

  async #refreshQueues(): Promise<void> {
    this.#queueTimer = undefined;
    if (this.#isRefreshingQueues) return;
    this.#isRefreshingQueues = true;
    try {
      for (const queue of this.#staleQueues) {
        this.#staleQueues.delete(queue);
        await this.#refreshQueue(queue);
      }
    } finally {
      this.#isRefreshingQueues = false;
    }
  }

  async #refreshQueue(queue: string): Promise<void> {
    using recording = this.#state.record();
    try {
      const items = await takeQueue(this.#dami, queue, this.#stopping.signal);
      // Snapshots of everything are newer, or will be.
      if (this.#liveState !== "live" || this.#syncing !== undefined) return;
      this.#state.syncQueue(queue, items, recording.events);
    } catch (error) {
      const isRefusal = error instanceof AmiResponseError ||
        error instanceof AmiTimeoutError;
      if (!isRefusal) return;
      this.#problems.set("queues", error);
      this.#tell({
        type: "problem",
        at: Date.now(),
        snapshot: "queues",
        error,
      });
    }
  }

  #tell(change: Change): void {
    if (!this.#isTelling) return;
    for (const stream of this.#streams) stream.push(change);
    const { type } = change;
    if (!this.isHeard(type)) return;
    this.dispatchEvent(new CustomEvent(type, { detail: change }));
  }
}
