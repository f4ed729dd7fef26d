import { abortable } from "@std/async/abortable";
import type { AmiClient } from "../client.ts";
import { Deadline } from "../deadline.ts";
import { AmiClosedError } from "../errors.ts";
import type { EventStream } from "../events/event_stream.ts";
import { EventStreams } from "../events/event_streams.ts";
import type {
  Bridge,
  Call,
  ChangesOptions,
  Channel,
  Device,
  Endpoint,
  Extension,
  FiguresOptions,
  LivePbx,
  LivePbxOptions,
  Queue,
} from "../live/live_pbx.ts";
import { checkQueue, checkTimeout } from "../options/option_checks.ts";
import type { FleetChange, FleetLiveState } from "./fleet_change.ts";
import type { FleetEventMap } from "./fleet_events.ts";
import { MergedMap, type OfPbx } from "./merged_map.ts";
import type { Records } from "./record_changes.ts";
import { ShownPbx } from "./shown_pbx.ts";

/** Options of {@linkcode Fleet.live}. */
export interface FleetLiveOptions extends Omit<LivePbxOptions, "figures"> {
  /**
   * The rules by which calls are counted, for all PBXs alike or for each by its
   * name, such as the figures saved before a restart.
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
   * Returns the reason why a PBX has no connection.
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
  readonly #shown = new Map<string, ShownPbx>();
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
    fleet.addEventListener(
      "login",
      ({ detail: { pbx } }) => this.#shown.get(pbx)?.begin(),
      { signal },
    );
    fleet.addEventListener(
      "close",
      ({ detail: { pbx } }) => this.#shown.get(pbx)?.reportState(),
      { signal },
    );
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
   * The names of the PBXs that are in the fleet, in the order in which they
   * were added.
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
    return this.#shown.get(pbx)?.state;
  }

  /**
   * Returns the reason why nothing of a PBX is shown: that there is no
   * connection, or why its first snapshots could not be taken, such as its
   * version.
   *
   * @param pbx The name of the PBX.
   * @returns The error; `undefined` if the PBX is shown, or being asked, or not in the fleet.
   */
  failure(pbx: string): Error | undefined {
    return this.#shown.get(pbx)?.failure;
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
    for (const shown of this.#shown.values()) {
      shown.stop(this.#stopping.signal.reason);
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
    const { figures = {}, timeout: _, ...options } = this.#options;
    this.#shown.set(
      name,
      new ShownPbx({
        name,
        client: this.#fleet.get(name),
        options: {
          ...options,
          figures: typeof figures === "function" ? figures(name) : figures,
        },
        failure: () => this.#fleet.failure(name),
        isRead: () => this.#readers.size > 0,
        report: (change) => this.#report(change),
      }),
    );
  }

  #leave(name: string): void {
    const shown = this.#shown.get(name);
    if (shown === undefined) return;
    this.#shown.delete(name);
    shown.stop(new AmiClosedError(`PBX "${name}" was removed`));
    const at = Date.now();
    if (this.#readers.size > 0) shown.reportEnd(at);
    this.#report({ type: "pbx-removed", pbx: name, at });
  }

  #addReader(push: (change: FleetChange) => void): () => void {
    if (this.#readers.size === 0) {
      for (const shown of this.#shown.values()) shown.forgetReports();
    }
    this.#readers.add(push);
    for (const shown of this.#shown.values()) void shown.follow();
    return () => {
      this.#readers.delete(push);
      if (this.#readers.size > 0) return;
      for (const shown of this.#shown.values()) shown.unfollow();
    };
  }

  #report(change: FleetChange): void {
    for (const push of this.#readers) push(change);
  }
}
