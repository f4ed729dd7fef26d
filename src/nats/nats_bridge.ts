import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/nats-core";
import { AmiClosedError } from "../errors.ts";
import { LifecycleTarget } from "../events/lifecycle.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { type Logger, resolveLogger } from "../logger.ts";
import { UserCodeGuard } from "../user_code_guard.ts";
import {
  type NatsBridgeOptions,
  resolveBridgeOptions,
  type ResolvedBridgeOptions,
} from "./bridge_options.ts";
import type { BridgeContext } from "./bridge_context.ts";
import { ActionServer, type BusActionDetail } from "./action_server.ts";
import { Once } from "./once.ts";
import { Journal } from "./journal.ts";
import { Lease, type LeaseRecord } from "./lease.ts";
import { NOTICES } from "./lease_notice.ts";
import { LeaseBoard } from "./lease_board.ts";
import { Link } from "./link.ts";
import { PbxBridge, type PbxBridgeStats } from "./pbx_bridge.ts";
import { Balancer } from "./balancer.ts";
import { Slots } from "./slots.ts";
import { SpoolBudget } from "./spool_budget.ts";
import { ensureStream, replicasFor } from "./stream.ts";
import { LEASE_BUCKET, ONCE_BUCKET } from "./subjects.ts";

/** Number of windows that are stored at the same time: the server takes 50 from all bridges. */
const WINDOWS_AT_ONCE = 16;

/** Time that a stop waits until received events are stored (milliseconds): another bridge waits for its turn. */
const STOP_TIME = 500;

/** Time that actions done once are remembered (milliseconds). */
const ONCE_TIME = 10 * 60_000;

/** The detail of the events of a {@linkcode NatsBridge}. */
export interface NatsBridgeDetail {
  /** The name of the PBX. */
  readonly pbx: string;
}

/** The events of a {@linkcode NatsBridge}. */
export interface NatsBridgeEventMap {
  /** From here on this bridge publishes the events of a PBX. */
  hold: CustomEvent<NatsBridgeDetail>;
  /** This bridge no longer publishes the events of a PBX. */
  release: CustomEvent<NatsBridgeDetail>;
  /** An action of a program on the bus was done, or refused. */
  action: CustomEvent<BusActionDetail>;
  /** Something went wrong, and the bridge goes on. */
  error: ErrorEvent;
}

/**
 * The figures of a {@linkcode NatsBridge}.
 *
 * @example
 * ```ts
 * import type { NatsBridge } from "@dami/dami/nats";
 *
 * function report(bridge: NatsBridge): void {
 *   const { isConnected, spoolBytes, pbxs } = bridge.stats();
 *   console.log(isConnected, spoolBytes);
 *   for (const [pbx, { holds, spooled }] of pbxs) {
 *     console.log(pbx, holds, spooled);
 *   }
 * }
 * console.log(report);
 * ```
 */
export interface NatsBridgeStats {
  /** `true` while NATS is connected. */
  readonly isConnected: boolean;
  /** The size of all events that are kept (bytes). */
  readonly spoolBytes: number;
  /** The figures of each PBX, by name. */
  readonly pbxs: ReadonlyMap<string, PbxBridgeStats>;
}

/**
 * Publishes the events of a fleet on NATS JetStream, so that any number of
 * programs can read them, also those that were away for a while.
 *
 * Several bridges may run, on several machines: for each PBX one of them
 * publishes, and another one takes its place when it ends. The fleet of each
 * has to have the same PBXs, by the same names, with users of the same rights.
 * One that is started later asks another for half of the difference, after the
 * time of a lease: PBXs are handed over one by one, each in a moment in which no
 * action is being done, and no more once the numbers differ by less than two.
 *
 * @example
 * ```ts
 * import { Fleet } from "@dami/dami/fleet";
 * import { NatsBridge } from "@dami/dami/nats";
 * import { connect } from "@nats-io/transport-node";
 *
 * const nats = await connect({ servers: "nats.example.org" });
 * const fleet = new Fleet({
 *   berlin: { hostname: "pbx1.example.org" },
 * }, { username: "dami", secret: "mysecret" });
 * const bridge = new NatsBridge({ nats, fleet });
 * bridge.addEventListener("hold", ({ detail }) => console.log(detail.pbx));
 * await bridge.start();
 * await fleet.start();
 * ```
 */
export class NatsBridge extends LifecycleTarget<NatsBridgeEventMap>
  implements AsyncDisposable {
  readonly #options: ResolvedBridgeOptions;
  readonly #nats: NatsConnection;
  readonly #fleet: Fleet;
  readonly #logger: Logger | undefined;
  readonly #guard: UserCodeGuard;
  readonly #holder: string;
  readonly #budget: SpoolBudget;
  readonly #pbxs = new Map<string, PbxBridge>();
  readonly #since = new Map<string, string>();
  readonly #servers = new Map<string, ActionServer>();
  readonly #ending = new AbortController();
  #state: "idle" | "started" | "stopped" = "idle";
  #link: Link | undefined;
  #board: LeaseBoard | undefined;
  #context: BridgeContext | undefined;
  #balancer: Balancer | undefined;

  /**
   * Sets up only: nothing is published yet.
   *
   * @param options The connection to NATS, the fleet, and everything that can be set.
   * @throws {TypeError} If an option is unknown or of the wrong type.
   * @throws {RangeError} If a number is out of its range.
   */
  constructor(options: NatsBridgeOptions) {
    super((error, event) => this.#guard.reportListener(error, event));
    this.#options = resolveBridgeOptions(options);
    this.#nats = this.#options.nats;
    this.#fleet = this.#options.fleet;
    this.#logger = resolveLogger(this.#options.logger);
    this.#guard = new UserCodeGuard(this, this.#logger);
    this.#holder = `${this.#options.name}-${crypto.randomUUID()}`;
    const { maxEvents, maxBytes } = this.#options.spool;
    this.#budget = new SpoolBudget(maxEvents, maxBytes);
  }

  /**
   * Makes the stream and the bucket of the leases if they are missing, and
   * begins to publish. What is there is not changed: where the stream differs,
   * a line of the log says how.
   *
   * The fleet is the program's: it is started before or after this, and may be
   * changed at any time.
   *
   * @returns The bridge, for `await using`.
   * @throws {TypeError} If it was started before.
   * @throws {Error} If NATS does not answer, has no JetStream, or the stream that is there cannot be used.
   */
  async start(): Promise<this> {
    if (this.#state !== "idle") {
      throw new TypeError(`Cannot start as this bridge is ${this.#state}`);
    }
    this.#state = "started";
    const context = await this.#connect();
    // It may have been stopped meanwhile.
    if (this.#ending.signal.aborted) return this;
    this.#context = context;
    context.board.start();
    for (const pbx of this.#fleet.names) this.#add(pbx, context);
    this.#listen(context);
    this.#balancer = new Balancer(context, this.#pbxs);
    this.#balancer.start();
    return this;
  }

  /**
   * Reports whether this bridge publishes the events of a PBX.
   *
   * @param pbx The name of the PBX.
   * @returns `true` if it does; no two bridges do at the same time.
   */
  holds(pbx: string): boolean {
    return this.#pbxs.get(pbx)?.holds === true;
  }

  /**
   * Counts what has happened so far.
   *
   * @returns The figures, as they are now.
   */
  stats(): NatsBridgeStats {
    return {
      isConnected: this.#link?.isUp === true,
      spoolBytes: this.#budget.bytes,
      pbxs: new Map(
        [...this.#pbxs].map(([name, pbx]) => [name, pbx.stats()]),
      ),
    };
  }

  /**
   * Stops it: what was received is stored, if NATS answers at once, and the
   * leases are given back, so that another bridge takes over. The fleet and the
   * connection to NATS go on. May be called again.
   */
  async stop(): Promise<void> {
    if (this.#state === "stopped") return;
    this.#state = "stopped";
    this.#balancer?.stop();
    this.#ending.abort(new AmiClosedError("This bridge is stopped"));
    await Promise.all([...this.#pbxs.values()].map((pbx) => stopped(pbx)));
    this.#board?.stop();
    this.#link?.[Symbol.dispose]();
  }

  /** Does the same as {@linkcode NatsBridge.stop}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #connect(): Promise<BridgeContext> {
    const nats = this.#nats;
    const { stream, lease } = this.#options;
    const js = jetstream(nats);
    const jsm = await jetstreamManager(nats);
    const replicas = replicasFor(nats);
    const { maxAge, differences } = await ensureStream(jsm, replicas, stream);
    for (const difference of differences) {
      this.#logger?.warn(`The stream ${stream.name} differs: ${difference}`);
    }
    const kv = await bucketOpener(
      new Kvm(js),
      LEASE_BUCKET,
      lease.ttl,
      replicas,
    )();
    // A bucket that is there has a time of its own, which counts.
    const { ttl } = await kv.status();
    const once = new Once(
      bucketOpener(new Kvm(js), ONCE_BUCKET, ONCE_TIME, replicas),
      this.#holder,
    );
    this.#link = new Link(nats);
    this.#board = new LeaseBoard({ js, jsm, link: this.#link });
    return {
      holder: this.#holder,
      ttl,
      maxAge,
      maxPayload: () => nats.info?.max_payload ?? Infinity,
      budget: this.#budget,
      slots: new Slots(WINDOWS_AT_ONCE),
      journal: new Journal(nats, js, jsm, stream.name),
      board: this.#board,
      link: this.#link,
      logger: this.#logger,
      acquire: (pbx) => Lease.acquire(kv, pbx, ttl, this.#record(pbx)),
      record: (pbx) => this.#record(pbx),
      isReady: (pbx) =>
        this.#fleet.has(pbx) && this.#fleet.get(pbx).state === "ready",
      held: () => [...this.#pbxs.values()].filter(({ holds }) => holds).length,
      want: async (pbx, want) => {
        try {
          await kv.create(NOTICES.want + pbx, JSON.stringify(want));
        } catch {
          // Another one wants it, or NATS does not answer.
        }
      },
      isServing: (pbx) => this.#servers.get(pbx)?.isBusy === true,
      report: (type, pbx, isGiven) => {
        this.#logger?.info(`${pbx}: ${type}`);
        if (type === "hold") this.#serve(pbx, once);
        else this.#endServing(pbx, isGiven);
        this.dispatchEvent(new CustomEvent(type, { detail: { pbx } }));
      },
    };
  }

  /** Does actions at a PBX that this bridge holds. */
  #serve(name: string, once: Once): void {
    const { actions } = this.#options;
    const pbx = this.#pbxs.get(name);
    if (actions === undefined || pbx === undefined) return;
    const server = new ActionServer({
      nats: this.#nats,
      pbx: name,
      client: this.#fleet.get(name),
      rules: actions,
      once,
      holds: () => pbx.holds,
      stored: () => pbx.stored(),
      audit: (detail) => this.#audit(detail),
    });
    this.#servers.set(name, server);
  }

  #endServing(pbx: string, isGiven: boolean): void {
    this.#servers.get(pbx)?.close(isGiven);
    this.#servers.delete(pbx);
  }

  #audit(detail: BusActionDetail): void {
    const { pbx, description, caller = "unknown", reply, error } = detail;
    const outcome = error === undefined ? "done" : error.message;
    this.#logger?.info(
      `${pbx}: ${description} for ${caller} (${reply}): ${outcome}`,
    );
    this.dispatchEvent(new CustomEvent("action", { detail }));
  }

  #record(pbx: string): LeaseRecord {
    const client = this.#fleet.has(pbx) ? this.#fleet.get(pbx) : undefined;
    return {
      holder: this.#holder,
      name: this.#options.name,
      state: client?.state ?? "closed",
      ...(client?.amiVersion !== undefined && { version: client.amiVersion }),
      since: this.#since.get(pbx) ?? new Date().toISOString(),
    };
  }

  #add(name: string, context: BridgeContext): void {
    const pbx = new PbxBridge(name, context);
    this.#pbxs.set(name, pbx);
    this.#since.set(name, new Date().toISOString());
    pbx.start();
  }

  #listen(context: BridgeContext): void {
    const { signal } = this.#ending;
    const { names, includes } = this.#options.events;
    for (const name of names) {
      this.#fleet.on(name, (event, pbx) => {
        const of = String(event.Event);
        if (includes(of)) this.#pbxs.get(pbx)?.push(of, event);
      }, { signal });
    }
    this.#fleet.addEventListener("gap", ({ detail }) => {
      const { pbx, from, to, error } = detail;
      this.#pbxs.get(pbx)?.pushGap({
        from: from.getTime(),
        to: to.getTime(),
        reason: error.failure === "shutdown" ? "pbx-restart" : "connection",
      });
    }, { signal });
    for (
      const type of ["login", "disconnect", "reconnecting", "close"] as const
    ) {
      this.#fleet.addEventListener(type, ({ detail: { pbx } }) => {
        this.#since.set(pbx, new Date().toISOString());
        this.#pbxs.get(pbx)?.changeState();
      }, { signal });
    }
    this.#fleet.addEventListener("add", ({ detail: { pbx } }) => {
      if (!this.#pbxs.has(pbx)) this.#add(pbx, context);
    }, { signal });
    this.#fleet.addEventListener("remove", ({ detail: { pbx: name } }) => {
      const pbx = this.#pbxs.get(name);
      this.#pbxs.delete(name);
      if (pbx !== undefined) void stopped(pbx);
    }, { signal });
  }
}

/** Stops the bridge of a PBX. */
function stopped(pbx: PbxBridge): Promise<void> {
  return pbx.stop(STOP_TIME);
}

/** Returns what opens a bucket, and makes it if it is missing. */
function bucketOpener(
  kvm: Kvm,
  name: string,
  ttl: number,
  replicas: number,
): () => Promise<KV> {
  const make = (count: number) =>
    kvm.create(name, { ttl, history: 1, replicas: count });
  return async () => {
    try {
      return await make(replicas);
    } catch (error) {
      if (replicas === 1) throw error;
      // It has fewer servers than are wanted.
      return await make(1);
    }
  };
}
