import {
  Fleet,
  type FleetChange,
  type FleetLive,
  type FleetLiveOptions,
  type FleetPbxOptions,
  type FleetSource,
  type FleetStartOptions,
} from "@dami/dami/fleet";
import { agentRows } from "./agent_rows.ts";
import { Broadcast, type Parts } from "./broadcast.ts";
import { callRows } from "./call_rows.ts";
import { Link } from "./link.ts";
import { earliest, keyOf, type Pbx } from "./pbx.ts";
import { queueRows } from "./queue_rows.ts";
import { RateMeter } from "./rate_meter.ts";
import { makeHandler, type PauseOrder } from "./server.ts";
import type { Shown } from "./shown.ts";

/** The wait for PBXs before the page shows those that are there (milliseconds). */
const FIRST_LOOK = 2_000;

/** PBXs, by connections of their own or on a bus. */
export interface WallboardFleet extends FleetSource {
  /** Connects to them; missing where they are on a bus. */
  start?(options: FleetStartOptions): Promise<unknown>;
  /** Follows their state. */
  live(options: FleetLiveOptions): Promise<FleetLive>;
}

/** PBXs, by their names: how to connect to each, and the user. */
export type WallboardPbxs = Readonly<Record<string, FleetPbxOptions>>;

/** Options of {@linkcode Wallboard.start}. */
export interface WallboardOptions {
  /** The PBXs; or a fleet of them, which remains the program's. */
  pbxs: WallboardPbxs | WallboardFleet;
  /**
   * The place of the PBX on the page, where there is only one.
   *
   * @default Its name
   */
  place?: string;
  /**
   * The address at which the page is served.
   *
   * @default {{ hostname: "127.0.0.1", port: 0 }}
   */
  listen?: { hostname: string; port: number };
  /** The names by which the page may be asked for. */
  names?: readonly string[];
  /** The token that lets a page pause agents; without it none can. */
  token?: string | undefined;
}

/** A wallboard: a client of PBXs, and a web server that shows their state. */
export class Wallboard implements AsyncDisposable {
  readonly #held = new AsyncDisposableStack();
  readonly #fleet: WallboardFleet;
  readonly #meter = new RateMeter();
  #links: readonly Link[];
  readonly #broadcast: Broadcast;
  readonly #canPause: boolean;
  /** The names of the queues that channels have joined. */
  readonly #joined = new Map<string, string>();
  /** Looks at the counters, also while no page is open. */
  readonly #metering: ReturnType<typeof setInterval>;
  #live: FleetLive | undefined;
  #server: Deno.HttpServer<Deno.NetAddr> | undefined;

  private constructor(options: WallboardOptions) {
    const { pbxs, token } = options;
    this.#fleet = isFleet(pbxs) ? pbxs : this.#held.use(
      new Fleet(pbxs, {
        reconnect: { minDelay: 500, maxDelay: 10_000, firstConnection: true },
      }),
    );
    const { names } = this.#fleet;
    this.#links = names.map((name) => {
      const place = names.length === 1 ? options.place : undefined;
      return new Link(name, place ?? name, this.#fleet);
    });
    // On the bus, PBXs appear while the page is open.
    this.#fleet.addEventListener("add", ({ detail: { pbx } }) => {
      const link = new Link(pbx, pbx, this.#fleet);
      if (this.#live !== undefined) link.follow(this.#live);
      this.#links = [...this.#links, link];
    });
    this.#broadcast = new Broadcast(() => partsOf(this.shown()));
    this.#canPause = token !== undefined;
    this.#metering = setInterval(() => {
      this.#rate();
      for (const link of this.#links) link.observe();
    }, 1_000);
  }

  /**
   * Serves the page. It is there at once, and says that the PBXs are not.
   *
   * @param options The PBXs, and the address of the page.
   * @returns The wallboard.
   * @throws {Deno.errors.AddrInUse} If the port of the page is taken.
   * @throws {TypeError} If the name of a PBX, or an option, is wrong.
   */
  static async start(options: WallboardOptions): Promise<Wallboard> {
    const wallboard = new Wallboard(options);
    try {
      await wallboard.#serve(options);
    } catch (error) {
      await wallboard[Symbol.asyncDispose]();
      throw error;
    }
    return wallboard;
  }

  /** The address of the page. */
  get url(): string {
    const { hostname = "", port = 0 } = this.#server?.addr ?? {};
    const isAny = hostname === "0.0.0.0" || hostname === "::";
    const host = isAny ? "localhost" : hostname;
    return `http://${host.includes(":") ? `[${host}]` : host}:${port}/`;
  }

  /** The live state of the PBXs, once it is known. */
  get live(): FleetLive | undefined {
    return this.#live;
  }

  /**
   * Connects to the PBXs. Whatever happens later is shown on the page, and
   * mended.
   *
   * @returns A promise that resolves when the page shows the PBXs that are there.
   * @throws {AmiError} If every PBX refuses the login.
   */
  async connect(): Promise<void> {
    const { names } = this.#fleet;
    // The answer of the only PBX is worth waiting for.
    const timeout = names.length === 1 ? 10_000 : FIRST_LOOK;
    await this.#fleet.start?.({ timeout });
    const failures = names.map((name) =>
      this.#fleet.get(name).state === "closed"
        ? this.#fleet.failure(name)
        : undefined
    );
    const [failure] = failures;
    if (failure !== undefined && !failures.includes(undefined)) throw failure;
    const live = await this.#fleet.live({
      timeout: FIRST_LOOK,
      // Snapshots that no list shows are not taken.
      without: ["devices", "extensions", "endpoints", "parking"],
    });
    this.#live = live;
    for (const link of this.#links) link.follow(live);
    void this.#follow(live);
  }

  /**
   * Returns what the page shows now.
   *
   * @returns All of it.
   */
  shown(): Shown {
    const now = Date.now();
    const pbxs = this.#fleet.names.flatMap((name): Pbx[] => {
      const live = this.#live?.pbx(name);
      if (live === undefined) return [];
      const { channels, calls, queues, figures } = live;
      return [{
        name,
        channels,
        calls,
        queues,
        figures: figures.report(now),
      }];
    });
    const calls = pbxs.flatMap(({ calls }) => [...calls.values()]);
    return {
      pbxs: this.#links.map(({ shown }) => shown),
      queues: queueRows(pbxs),
      agents: agentRows(pbxs),
      calls: callRows(pbxs, (key) => this.#joined.get(key)),
      figures: {
        calls: calls.length,
        talking: calls.filter(({ state }) => state === "talking").length,
        since: sinceOf(pbxs, now),
        canPause: this.#canPause,
      },
      rate: this.#rate(),
    };
  }

  /** Ends it all. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#metering);
    this.#broadcast[Symbol.dispose]();
    this.#live?.stop();
    await this.#held.disposeAsync();
    await this.#server?.shutdown();
  }

  async #follow(live: FleetLive): Promise<void> {
    // It is read at once: no bound of a slow reader is needed.
    const changes = live.changes({ maxQueue: Number.MAX_SAFE_INTEGER });
    for await (const change of changes) this.#note(change);
  }

  #note(change: FleetChange): void {
    const pbx = { name: change.pbx };
    switch (change.type) {
      case "caller-joined": {
        const { uniqueid, queue } = change.caller;
        this.#joined.set(keyOf(pbx, uniqueid), queue);
        break;
      }
      case "channel-ended":
        this.#joined.delete(keyOf(pbx, change.channel.uniqueid));
        break;
    }
  }

  /** Returns the events per second, to a tenth. */
  #rate(): number {
    const events = this.#fleet.names
      .map((name) => this.#fleet.get(name).stats().events)
      .reduce((sum, each) => sum + each, 0);
    const rate = this.#meter.sample(events, performance.now());
    return Math.round(rate * 10) / 10;
  }

  async #serve(options: WallboardOptions): Promise<void> {
    const { listen = { hostname: "127.0.0.1", port: 0 }, token } = options;
    const handler = await makeHandler({
      broadcast: this.#broadcast,
      names: options.names ?? [],
      pausing: token === undefined
        ? undefined
        : { token, pause: (order) => this.#pause(order) },
    });
    // The program that starts the wallboard reports the address.
    this.#server = Deno.serve({ ...listen, onListen: () => {} }, handler);
  }

  async #pause(
    { pbx, interface: location, paused }: PauseOrder,
  ): Promise<string | undefined> {
    const { names } = this.#fleet;
    const name = pbx ?? (names.length === 1 ? names[0] : undefined);
    if (name === undefined || !names.includes(name)) return "No such PBX";
    try {
      await this.#fleet.get(name).to("QueuePause", {
        Interface: location,
        Paused: paused,
        Reason: paused ? "Wallboard" : undefined,
      }, { timeout: 5_000 });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

function isFleet(pbxs: WallboardOptions["pbxs"]): pbxs is WallboardFleet {
  return typeof pbxs.live === "function";
}

/** Returns since when today's callers are counted: midnight, or later where the counting began later. */
function sinceOf(pbxs: readonly Pbx[], now: number): number {
  const times = pbxs.map(({ figures: { dayStart, since } }) =>
    Math.max(dayStart, since)
  );
  return earliest(times) ?? now;
}

/** Takes it apart, so that a page is sent only the rows that have changed. */
function partsOf(shown: Shown): Parts {
  const { pbxs, queues, agents, calls, figures, rate } = shown;
  return new Map<string, unknown>([
    ...pbxs.map((row) => [`pbxs ${row.key}`, row] as const),
    ...queues.map((row) => [`queues ${row.key}`, row] as const),
    ...agents.map((row) => [`agents ${row.key}`, row] as const),
    ...calls.map((row) => [`calls ${row.key}`, row] as const),
    ["figures", figures],
    ["rate", rate],
  ]);
}
