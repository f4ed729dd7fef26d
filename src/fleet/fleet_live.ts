import { abortable } from "@std/async/abortable";
import type { AmiClient } from "../client.ts";
import { Deadline } from "../deadline.ts";
import { AmiAuthenticationError, AmiClosedError } from "../errors.ts";
import type { EventStream } from "../events/event_stream.ts";
import { EventStreams } from "../events/event_streams.ts";
import {
  type Bridge,
  type Call,
  type Change,
  type ChangesOptions,
  type Channel,
  type Device,
  type Endpoint,
  type Extension,
  type FiguresOptions,
  LivePbx,
  type LivePbxOptions,
  type Queue,
} from "../live/live_pbx.ts";
import { checkQueue, checkTimeout } from "../options/option_checks.ts";
import type { FleetChange, FleetLiveState } from "./fleet_change.ts";
import type { FleetEventMap } from "./fleet_events.ts";
import { MergedMap, type OfPbx } from "./merged_map.ts";
import { appearing, disappearing, type Records } from "./record_changes.ts";

/** Options of {@linkcode Fleet.live}. */
export interface FleetLiveOptions extends Omit<LivePbxOptions, "figures"> {
  /**
   * What is counted how, for all PBXs alike or for each by its name, such as
   * what was counted of it before a restart.
   *
   * @default {{}}
   */
  figures?: FiguresOptions | ((pbx: string) => FiguresOptions);
  /**
   * The time to wait for the snapshots of the PBXs that are connected
   * (milliseconds). One that takes longer is shown when it has given them.
   *
   * @default {10_000}
   */
  timeout?: number;
}

/** The part of {@linkcode Fleet} that a {@linkcode FleetLive} needs. */
export interface FleetSource {
  /** The names of the PBXs. */
  readonly names: string[];
  /**
   * Returns the client of a PBX.
   *
   * @param name The name of the PBX.
   * @returns The client.
   */
  get(name: string): AmiClient;
  /**
   * Returns the reason for which a PBX has no connection.
   *
   * @param name The name of the PBX.
   * @returns The error, if there is one.
   */
  failure(name: string): Error | undefined;
  /**
   * Adds a listener for one of the fleet's own events.
   *
   * @param type The event's name.
   * @param listener Takes the event.
   * @param options The options of `EventTarget`.
   */
  addEventListener<K extends keyof FleetEventMap>(
    type: K,
    listener: (event: FleetEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** One PBX that is shown. */
interface Shown {
  readonly name: string;
  readonly client: AmiClient;
  /** Ends the wait for the first snapshots when the PBX is removed. */
  readonly leaving: AbortController;
  /** The state of the PBX, once its first snapshots are there. */
  live: LivePbx | undefined;
  /** The first snapshots, while they are being taken. */
  starting: Promise<void> | undefined;
  /** The reason for which the first snapshots could not be taken. */
  failure: Error | undefined;
  /** The timer behind which they are taken again. */
  retry: ReturnType<typeof setTimeout> | undefined;
  /** The changes, while the program reads those of the fleet. */
  changes: EventStream<Change> | undefined;
  /** The state that was last reported. */
  reported: FleetLiveState;
}

/** The wait before the first snapshots of a PBX are taken again (milliseconds). */
const RETRY_DELAY = 1_000;

/** Reports whether a PBX of a state is shown as it is. */
function isCurrent(state: FleetLiveState): boolean {
  return state !== "stale" && state !== "syncing";
}

/**
 * The live state of all PBXs of a {@linkcode Fleet}, kept up to date.
 *
 * The maps are views that always show the present, by `${pbx}/${id}`; each
 * record has the name of its PBX as `pbx`. A PBX without a connection stays in
 * them as it was last known, and {@linkcode FleetLive.state} says so.
 *
 * @example
 * ```ts
 * import { Fleet } from "@dami/dami/fleet";
 *
 * await using fleet = new Fleet({
 *   berlin: { hostname: "pbx1.example.org" },
 *   wien: { hostname: "pbx3.example.org" },
 * }, { username: "dami", secret: "mysecret" });
 * await fleet.start();
 * using live = await fleet.live();
 * console.log(live.calls.size, live.queues.get("berlin/sales")?.callers.length);
 * for await (const change of live.changes()) {
 *   if (change.type === "pbx-state-changed") {
 *     console.log(`${change.pbx} is ${change.state}`);
 *   }
 * }
 * ```
 */
export class FleetLive implements Disposable {
  readonly #fleet: FleetSource;
  readonly #options: FleetLiveOptions;
  readonly #shown = new Map<string, Shown>();
  readonly #streams = new EventStreams<FleetChange>();
  readonly #readers = new Set<(change: FleetChange) => void>();
  readonly #stopping = new AbortController();
  readonly #calls = this.#merge(({ calls }) => calls);
  readonly #channels = this.#merge(({ channels }) => channels);
  readonly #bridges = this.#merge(({ bridges }) => bridges);
  readonly #queues = this.#merge(({ queues }) => queues);
  readonly #devices = this.#merge(({ devices }) => devices);
  readonly #extensions = this.#merge(({ extensions }) => extensions);
  readonly #endpoints = this.#merge(({ endpoints }) => endpoints);

  private constructor(
    fleet: FleetSource,
    options: FleetLiveOptions,
    closing: AbortSignal | undefined,
  ) {
    this.#fleet = fleet;
    this.#options = options;
    const { signal } = this.#stopping;
    closing?.addEventListener("abort", () => this.stop(), { signal });
    fleet.addEventListener("add", ({ detail: { pbx } }) => {
      this.#join(pbx);
      this.#report({ type: "pbx-added", pbx, at: Date.now() });
    }, { signal });
    fleet.addEventListener(
      "remove",
      ({ detail: { pbx } }) => this.#leave(pbx),
      { signal },
    );
    fleet.addEventListener("login", ({ detail: { pbx } }) => {
      const shown = this.#shown.get(pbx);
      if (shown !== undefined) this.#begin(shown);
    }, { signal });
    fleet.addEventListener("close", ({ detail: { pbx } }) => {
      const shown = this.#shown.get(pbx);
      if (shown !== undefined) this.#reportState(shown);
    }, { signal });
    for (const name of fleet.names) this.#join(name);
  }

  /**
   * Follows the live state of all PBXs; {@linkcode Fleet.live} calls this.
   *
   * @param fleet The fleet.
   * @param options The snapshots to take, and the time to wait.
   * @param closing Stops it when the fleet is closed.
   * @returns The live state, once each PBX that is connected is shown.
   * @throws {TypeError | RangeError} If the timeout is wrong.
   * @throws The signal's reason, if it is aborted.
   */
  static async start(
    fleet: FleetSource,
    options: FleetLiveOptions = {},
    closing?: AbortSignal,
  ): Promise<FleetLive> {
    const { timeout = 10_000, signal, ...others } = options;
    checkTimeout("timeout", timeout);
    signal?.throwIfAborted();
    const live = new FleetLive(fleet, others, closing);
    const late = new Error("The time is over");
    using deadline = new Deadline(timeout, () => late, signal);
    try {
      const all = [...live.#shown.values()].map(({ starting }) => starting);
      await abortable(Promise.all(all), deadline.signal);
    } catch (error) {
      if (error !== late) {
        live.stop();
        throw error;
      }
    }
    return live;
  }

  /**
   * The names of the PBXs that are in the fleet, in the order in which they were
   * added.
   *
   * @returns The names.
   */
  get names(): string[] {
    return [...this.#shown.keys()];
  }

  /**
   * The calls, by PBX and `Linkedid`.
   *
   * @returns A view.
   */
  get calls(): ReadonlyMap<string, OfPbx<Call>> {
    return this.#calls;
  }

  /**
   * The channels, by PBX and `Uniqueid`.
   *
   * @returns A view.
   */
  get channels(): ReadonlyMap<string, OfPbx<Channel>> {
    return this.#channels;
  }

  /**
   * The bridges, by PBX and id.
   *
   * @returns A view.
   */
  get bridges(): ReadonlyMap<string, OfPbx<Bridge>> {
    return this.#bridges;
  }

  /**
   * The queues, by PBX and name.
   *
   * @returns A view.
   */
  get queues(): ReadonlyMap<string, OfPbx<Queue>> {
    return this.#queues;
  }

  /**
   * The devices, by PBX and name, such as `berlin/PJSIP/6001`.
   *
   * @returns A view.
   */
  get devices(): ReadonlyMap<string, OfPbx<Device>> {
    return this.#devices;
  }

  /**
   * The extensions that have a hint, by PBX and `exten@context`.
   *
   * @returns A view.
   */
  get extensions(): ReadonlyMap<string, OfPbx<Extension>> {
    return this.#extensions;
  }

  /**
   * The endpoints, by PBX and their name as a device, such as
   * `berlin/PJSIP/6001`.
   *
   * @returns A view.
   */
  get endpoints(): ReadonlyMap<string, OfPbx<Endpoint>> {
    return this.#endpoints;
  }

  /**
   * Returns the live state of one PBX.
   *
   * @param pbx The name of the PBX.
   * @returns Its `LivePbx`; `undefined` if it is not in the fleet, or has given no snapshot yet.
   */
  pbx(pbx: string): LivePbx | undefined {
    return this.#shown.get(pbx)?.live;
  }

  /**
   * Returns the state in which a PBX is shown.
   *
   * @param pbx The name of the PBX.
   * @returns Its state; `undefined` if it is not in the fleet.
   */
  state(pbx: string): FleetLiveState | undefined {
    const shown = this.#shown.get(pbx);
    return shown && this.#stateOf(shown);
  }

  /**
   * Returns the reason for which nothing of a PBX is shown: that there is no
   * connection, or why its first snapshots could not be taken, such as its
   * version.
   *
   * @param pbx The name of the PBX.
   * @returns The error; `undefined` if the PBX is shown, or being asked, or not in the fleet.
   */
  failure(pbx: string): Error | undefined {
    const shown = this.#shown.get(pbx);
    if (shown === undefined || shown.live !== undefined) return undefined;
    return shown.client.state === "ready"
      ? shown.failure
      : this.#fleet.failure(pbx);
  }

  /**
   * Opens an iterator of the changes in all PBXs, from this call on. Those of
   * one PBX come in their order. What is in a PBX when it comes is reported as
   * new, and what was in it when it is removed as ended.
   *
   * A slow reader holds nothing up: changes wait in a queue with a bound. It
   * ends with {@linkcode FleetLive.stop}.
   *
   * @param options Its bounds, and the signal that ends it.
   * @returns The changes, to be read with `for await`.
   * @throws {TypeError | RangeError} If an option is wrong.
   * @throws {AmiClosedError} If it is stopped already.
   */
  changes(options: ChangesOptions = {}): EventStream<FleetChange> {
    const { signal, maxQueue = 10_000, overflow = "error" } = options;
    checkQueue(maxQueue, overflow);
    this.#stopping.signal.throwIfAborted();
    return this.#streams.open({
      maxQueue,
      overflow,
      signal,
      subscribe: (push) => this.#addReader(push),
    });
  }

  /**
   * Ends it: the listeners are removed, the iterators end. What was last known
   * can still be read. May be called again.
   */
  stop(): void {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort(new AmiClosedError("The live fleet was stopped"));
    for (const { live, leaving, retry } of this.#shown.values()) {
      clearTimeout(retry);
      leaving.abort(this.#stopping.signal.reason);
      live?.stop();
    }
    this.#streams.end();
  }

  /** Does the same as {@linkcode FleetLive.stop}. */
  [Symbol.dispose](): void {
    this.stop();
  }

  #merge<T extends object>(
    mapOf: (records: Records) => ReadonlyMap<string, T>,
  ): MergedMap<T> {
    const shown = this.#shown;
    return new MergedMap<T>({
      get: (pbx) => {
        const live = shown.get(pbx)?.live;
        return live && mapOf(live);
      },
      *all() {
        for (const [pbx, { live }] of shown) {
          if (live !== undefined) yield [pbx, mapOf(live)];
        }
      },
    });
  }

  #join(name: string): void {
    const shown: Shown = {
      name,
      client: this.#fleet.get(name),
      leaving: new AbortController(),
      live: undefined,
      starting: undefined,
      failure: undefined,
      retry: undefined,
      changes: undefined,
      reported: "stale",
    };
    this.#shown.set(name, shown);
    shown.reported = this.#stateOf(shown);
    this.#begin(shown);
  }

  #leave(name: string): void {
    const shown = this.#shown.get(name);
    if (shown === undefined) return;
    this.#shown.delete(name);
    shown.leaving.abort(new AmiClosedError(`PBX "${name}" was removed`));
    clearTimeout(shown.retry);
    const { live } = shown;
    live?.stop();
    const at = Date.now();
    if (live !== undefined && this.#readers.size > 0) {
      for (const change of disappearing(live, at)) {
        this.#report({ ...change, pbx: name });
      }
    }
    this.#report({ type: "pbx-removed", pbx: name, at });
  }

  /** Takes the first snapshots of a PBX that is logged in. From then on it looks after itself. */
  #begin(shown: Shown): void {
    const { client, live, starting } = shown;
    if (client.state !== "ready" || live !== undefined) return;
    if (starting !== undefined) return;
    this.#reportState(shown);
    shown.starting = this.#take(shown);
  }

  async #take(shown: Shown): Promise<void> {
    const { client, leaving, name } = shown;
    const { figures = {}, timeout: _, ...options } = this.#options;
    let live: LivePbx | undefined;
    try {
      live = await LivePbx.start(client, {
        ...options,
        figures: typeof figures === "function" ? figures(name) : figures,
        signal: leaving.signal,
      });
      shown.failure = undefined;
    } catch (error) {
      // The connection was lost meanwhile, and the next login begins anew; or
      // the PBX is too old, and may have been updated at the next attempt.
      if (error instanceof Error) shown.failure = error;
    } finally {
      shown.starting = undefined;
    }
    if (leaving.signal.aborted) live?.stop();
    else if (live !== undefined) this.#show(shown, live);
    else {
      this.#reportState(shown);
      // It may have logged in again before this had failed.
      shown.retry = setTimeout(() => this.#begin(shown), RETRY_DELAY);
    }
  }

  #show(shown: Shown, live: LivePbx): void {
    shown.live = live;
    if (this.#readers.size === 0) return;
    const at = Date.now();
    for (const change of appearing(live, at)) {
      this.#report({ ...change, pbx: shown.name });
    }
    this.#reportState(shown);
    void this.#follow(shown);
  }

  #addReader(push: (change: FleetChange) => void): () => void {
    if (this.#readers.size === 0) {
      for (const shown of this.#shown.values()) {
        shown.reported = this.#stateOf(shown);
      }
    }
    this.#readers.add(push);
    for (const shown of this.#shown.values()) void this.#follow(shown);
    return () => {
      this.#readers.delete(push);
      if (this.#readers.size > 0) return;
      for (const shown of this.#shown.values()) {
        void shown.changes?.return();
        shown.changes = undefined;
      }
    };
  }

  /** Reads the changes of a PBX, as long as the program reads those of the fleet. */
  async #follow(shown: Shown): Promise<void> {
    const { live, name: pbx } = shown;
    if (live === undefined || shown.changes !== undefined) return;
    // It is read at once, and one snapshot of a large PBX holds more than any bound.
    const changes = live.changes({ maxQueue: Number.MAX_SAFE_INTEGER });
    shown.changes = changes;
    for await (const change of changes) {
      // It was removed, and the end of everything in it is reported already.
      if (this.#shown.get(pbx) !== shown) return;
      this.#report({ ...change, pbx });
      this.#reportState(shown, this.#stateBehind(change, shown));
    }
  }

  #report(change: FleetChange): void {
    for (const push of this.#readers) push(change);
  }

  #reportState(shown: Shown, state = this.#stateOf(shown)): void {
    const { name: pbx, reported: before } = shown;
    if (state === before) return;
    shown.reported = state;
    const at = Date.now();
    this.#report({ type: "pbx-state-changed", pbx, at, state, before });
  }

  /** Returns the state behind a change, which may be of a moment ago. */
  #stateBehind(change: Change, shown: Shown): FleetLiveState {
    const now = this.#stateOf(shown);
    // The end is final.
    if (shown.client.state === "closed") return now;
    const isCurrentNow = isCurrent(now);
    switch (change.type) {
      case "stale":
        return "stale";
      case "snapshot-begin":
        return change.reason === "gap" ? "syncing" : shown.reported;
      case "snapshot-end":
        return isCurrentNow ? now : "live";
      default:
        return isCurrentNow && isCurrent(shown.reported) ? now : shown.reported;
    }
  }

  #stateOf({ client, live, name }: Shown): FleetLiveState {
    if (client.state === "closed") {
      return this.#fleet.failure(name) instanceof AmiAuthenticationError
        ? "refused"
        : "stale";
    }
    if (live === undefined) {
      return client.state === "ready" ? "syncing" : "stale";
    }
    return live.state === "stopped" ? "stale" : live.state;
  }
}
