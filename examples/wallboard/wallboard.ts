import { type Credentials, DAMI, type DAMIOptions } from "@dami/dami";
import { LivePbx } from "@dami/dami/live";
import { agentsOf, callsOf, type Pbx, queuesOf } from "./board.ts";
import { Broadcast } from "./broadcast.ts";
import { Link } from "./link.ts";
import { makeHandler, type PauseOrder } from "./server.ts";
import type { Shown } from "./shown.ts";
import { RateMeter, Tally } from "./tally.ts";

/** What a PBX without any call is like, until the real one is known. */
const NOTHING: Pbx = {
  channels: new Map(),
  calls: new Map(),
  queues: new Map(),
};

/** Options of {@linkcode Wallboard.start}. */
export interface WallboardOptions {
  /** The PBX, and how to connect to it. */
  pbx: DAMIOptions & { hostname: string; port: number };
  /** What the PBX is called on the page. */
  place: string;
  /**
   * Where the page is served.
   *
   * @default {{ hostname: "127.0.0.1", port: 0 }}
   */
  listen?: { hostname: string; port: number };
  /** The names by which the page may be asked for. */
  names?: readonly string[];
  /** Who has it may pause agents; without it nobody may. */
  token?: string | undefined;
  /** What was counted before. */
  tally?: Tally;
}

/** A wallboard: a client of the PBX, and a web server that shows what it knows. */
export class Wallboard implements AsyncDisposable {
  readonly #dami: DAMI;
  readonly #tally: Tally;
  readonly #meter = new RateMeter();
  readonly #link: Link;
  readonly #broadcast: Broadcast;
  readonly #canPause: boolean;
  /** Looks at the counter of events, also while nobody looks at the page. */
  readonly #metering: ReturnType<typeof setInterval>;
  #live: LivePbx | undefined;
  #server: Deno.HttpServer<Deno.NetAddr> | undefined;

  private constructor(options: WallboardOptions) {
    const { pbx, place, token, tally = new Tally() } = options;
    this.#dami = new DAMI({
      reconnect: { minDelay: 500, maxDelay: 10_000, firstConnection: true },
      ...pbx,
    });
    this.#tally = tally;
    this.#link = new Link(place, this.#dami);
    this.#broadcast = new Broadcast(() => this.shown());
    this.#canPause = token !== undefined;
    this.#metering = setInterval(() => this.#rate(), 1_000);
  }

  /**
   * Serves the page, and connects to the PBX. The page is there at once, and
   * says that the PBX is not.
   *
   * @param options What to show where.
   * @returns The wallboard.
   * @throws {Deno.errors.AddrInUse} If the port of the page is taken.
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

  /** Where the page is. */
  get url(): string {
    const { hostname = "", port = 0 } = this.#server?.addr ?? {};
    const isAny = hostname === "0.0.0.0" || hostname === "::";
    const host = isAny ? "localhost" : hostname;
    return `http://${host.includes(":") ? `[${host}]` : host}:${port}/`;
  }

  /** What is known of the PBX, once it is. */
  get live(): LivePbx | undefined {
    return this.#live;
  }

  /**
   * Connects to the PBX. Whatever happens later is shown on the page, and
   * mended.
   *
   * @param credentials Who logs in.
   * @returns Resolves when the page shows what the PBX has.
   * @throws {AmiError} If the PBX refuses the login, or the wallboard is closed.
   */
  async connect(credentials: Credentials): Promise<void> {
    try {
      await this.#dami.connectAndLogin(credentials);
      // What is not shown is not asked for.
      const live = await LivePbx.start(this.#dami, {
        without: ["devices", "extensions", "endpoints", "parking"],
      });
      this.#live = live;
      live.addEventListener("caller-connected", ({ detail }) => {
        this.#tally.count("answered", detail.queue.name, Date.now());
      });
      live.addEventListener("caller-left", ({ detail }) => {
        if (!detail.abandoned) return;
        this.#tally.count("lost", detail.queue.name, Date.now());
      });
      this.#link.follow(live);
    } catch (error) {
      this.#link.fail(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /**
   * What the page shows now.
   *
   * @returns All of it.
   */
  shown(): Shown {
    const now = Date.now();
    const pbx = this.#live ?? NOTHING;
    return {
      link: this.#link.shown,
      gaps: this.#link.gaps,
      canPause: this.#canPause,
      rate: { perSecond: this.#rate() },
      today: this.#tally.today(now),
      hour: this.#tally.hour(now),
      queues: queuesOf(pbx, (queue) => this.#tally.queue(queue, now)),
      agents: agentsOf(pbx),
      calls: callsOf(pbx),
    };
  }

  /** Ends it all. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#metering);
    this.#broadcast[Symbol.dispose]();
    this.#live?.stop();
    await this.#dami[Symbol.asyncDispose]();
    await this.#server?.shutdown();
  }

  /** The events per second, to a tenth. */
  #rate(): number {
    const { events } = this.#dami.stats();
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
    // What is listened on is told by whoever starts the wallboard.
    this.#server = Deno.serve({ ...listen, onListen: () => {} }, handler);
  }

  async #pause(order: PauseOrder): Promise<string | undefined> {
    try {
      await this.#dami.to("QueuePause", {
        Interface: order.interface,
        Paused: order.paused,
        Reason: order.paused ? "Wallboard" : undefined,
      }, { timeout: 5_000 });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
