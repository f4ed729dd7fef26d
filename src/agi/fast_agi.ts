import { Deadline } from "../deadline.ts";
import type { Logger } from "../logger.ts";
import { AgiCall } from "./agi_call.ts";
import type { AgiEnvironment } from "./environment.ts";
import { FastSession } from "./fast_session.ts";
import { type AgiHandler, leadCall } from "./lead_call.ts";
import { errorText } from "../error_text.ts";

/** A call that a FastAGI server may take. */
export interface FastAgiOffer {
  /** The variables that Asterisk sent with the call; `agi_network_script` is the path of the address. */
  readonly env: AgiEnvironment;
  /** The address of the PBX. */
  readonly remoteAddr: Deno.NetAddr;
}

/** Options of {@linkcode FastAgi.listen}. */
export interface FastAgiOptions {
  /**
   * The address to listen on. The protocol knows neither passwords nor
   * encryption: any host that reaches the port can offer calls and read what
   * the handler sends.
   *
   * @default {"127.0.0.1"}
   */
  hostname?: string;
  /**
   * The port to listen on; 0 takes a free one.
   *
   * @default {4_573}
   */
  port?: number;
  /**
   * Decides whether a call is taken. The connection of one that is not is
   * closed, and the call goes on in the dialplan.
   *
   * @default {() => true}
   */
  accept?: (offer: FastAgiOffer) => boolean;
  /**
   * The fate of a call whose handler threw: it goes on in the dialplan, or
   * is hung up.
   *
   * @default {"continue"}
   */
  onError?: "continue" | "hangup";
  /**
   * The longest line, and the longest environment, that is read (bytes). A
   * connection that sends more is closed.
   *
   * @default {65_536}
   */
  maxLineBytes?: number;
  /**
   * The most connections at once. Further ones are closed.
   *
   * @default {1_000}
   */
  maxSessions?: number;
  /**
   * The time in which a connection has to send its call (milliseconds).
   *
   * @default {5_000}
   */
  firstLineTimeout?: number;
  /**
   * Takes what goes wrong: what handlers throw, and which connections are
   * closed. `console` is one.
   *
   * @default {undefined}
   */
  logger?: Logger;
}

/** Refuses options that are out of their range. */
function checkOptions(options: Required<Omit<FastAgiOptions, "logger">>): void {
  for (const name of ["maxLineBytes", "maxSessions"] as const) {
    const value = options[name];
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(
        `Cannot use option '${name}' as it must be a positive integer: current value is ${value}`,
      );
    }
  }
  if (!(options.firstLineTimeout > 0)) {
    throw new RangeError(
      `Cannot use option 'firstLineTimeout' as it must be a positive number of milliseconds: current value is ${options.firstLineTimeout}`,
    );
  }
  if (options.onError !== "continue" && options.onError !== "hangup") {
    throw new TypeError(
      `Cannot use option 'onError' as it must be "continue" or "hangup"`,
    );
  }
}

/**
 * Leads calls over TCP, for dialplans with `AGI(agi://host/path)`. Handlers are
 * the same as those of `AsyncAgi`, with these differences: answers are never
 * cut, a command takes no turn of 100 ms, and after the caller has hung up,
 * when `call.signal` is aborted, commands that need no channel still work.
 *
 * @example
 * ```ts
 * import { FastAgi } from "@dami/dami/agi";
 *
 * await using agi = FastAgi.listen(async (call) => {
 *   await call.answer();
 *   await call.streamFile(call.env.agi_network_script ?? "tt-monkeys");
 * }, { port: 0, logger: console });
 * console.log(`agi://${agi.hostname}:${agi.port}/`);
 * ```
 */
export class FastAgi implements AsyncDisposable {
  readonly #handler: AgiHandler;
  readonly #options: Required<Omit<FastAgiOptions, "logger">>;
  readonly #logger: Logger | undefined;
  readonly #listener: Deno.TcpListener;
  readonly #sessions = new Set<FastSession>();
  readonly #calls = new Set<AgiCall>();
  readonly #running = new Set<Promise<void>>();
  #isClosed = false;

  private constructor(handler: AgiHandler, options: FastAgiOptions) {
    const { logger } = options;
    this.#handler = handler;
    this.#logger = logger;
    this.#options = {
      hostname: options.hostname ?? "127.0.0.1",
      port: options.port ?? 4_573,
      accept: options.accept ?? (() => true),
      onError: options.onError ?? "continue",
      maxLineBytes: options.maxLineBytes ?? 65_536,
      maxSessions: options.maxSessions ?? 1_000,
      firstLineTimeout: options.firstLineTimeout ?? 5_000,
    };
    checkOptions(this.#options);
    const { hostname, port } = this.#options;
    this.#listener = Deno.listen({ hostname, port });
    void this.#acceptAll();
  }

  /**
   * Listens. The port is open when this returns.
   *
   * @param handler Leads a call.
   * @param options Where to listen, and what is let in.
   * @returns The server, to be closed with {@linkcode FastAgi.close} or `await using`.
   * @throws {TypeError | RangeError} If an option has a wrong value.
   * @throws {Deno.errors.AddrInUse} If the port is taken.
   */
  static listen(handler: AgiHandler, options: FastAgiOptions = {}): FastAgi {
    return new FastAgi(handler, options);
  }

  /** The address that it listens on. */
  get hostname(): string {
    return this.#listener.addr.hostname;
  }

  /** The port that it listens on. */
  get port(): number {
    return this.#listener.addr.port;
  }

  /** The calls that are led now, the oldest first. */
  get calls(): readonly AgiCall[] {
    return [...this.#calls];
  }

  /**
   * Takes no more calls, and closes the connections of those that are led: they
   * go on in the dialplan.
   *
   * @returns Resolves when all handlers have returned.
   */
  async close(): Promise<void> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#listener.close();
    }
    await Promise.all([...this.#sessions].map((session) => session.close()));
    await Promise.all(this.#running);
  }

  /**
   * Does what {@linkcode FastAgi.close} does.
   *
   * @returns Resolves when all handlers have returned.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Accepts connections until it is closed; never rejects. */
  async #acceptAll(): Promise<void> {
    while (!this.#isClosed) {
      try {
        this.#take(await this.#listener.accept());
      } catch (error) {
        // Such as a peer that has gone, or too many open files.
        if (!this.#isClosed) this.#report("A connection failed", error);
      }
    }
  }

  #take(conn: Deno.TcpConn): void {
    if (this.#sessions.size >= this.#options.maxSessions) {
      conn.close();
      this.#logger?.warn(
        `FastAGI: closed a connection as there are ${this.#sessions.size}`,
      );
      return;
    }
    const session = new FastSession(conn, this.#options.maxLineBytes);
    this.#sessions.add(session);
    const running = this.#lead(session, conn.remoteAddr).finally(() => {
      this.#sessions.delete(session);
      this.#running.delete(running);
    });
    this.#running.add(running);
  }

  /** Leads one call to its end; never rejects. */
  async #lead(session: FastSession, remoteAddr: Deno.Addr): Promise<void> {
    const reading = session.read();
    try {
      await this.#arrived(session);
      const { env } = session;
      const isTaken = remoteAddr.transport === "tcp" &&
        this.#options.accept({ env, remoteAddr });
      if (isTaken) await this.#run(session);
    } catch (error) {
      if (!this.#isClosed) this.#report("Closed a connection", error);
    } finally {
      await session.close();
      await reading;
    }
  }

  /** Waits for the environment. */
  async #arrived(session: FastSession): Promise<void> {
    const { firstLineTimeout } = this.#options;
    const late = Promise.withResolvers<never>();
    using deadline = new Deadline(
      firstLineTimeout,
      () => new Error(`It sent no call within ${firstLineTimeout} ms`),
    );
    const { signal } = deadline;
    signal.addEventListener("abort", () => late.reject(signal.reason));
    await Promise.race([session.ready, late.promise]);
  }

  async #run(session: FastSession): Promise<void> {
    const call = new AgiCall(session);
    this.#calls.add(call);
    const failure = await leadCall(this.#handler, call);
    this.#calls.delete(call);
    if (failure === undefined) return;
    this.#report("A handler threw", failure.error);
    if (this.#options.onError !== "hangup" || session.isEnded) return;
    await Promise.allSettled([session.send("HANGUP")]);
  }

  #report(what: string, error: unknown): void {
    this.#logger?.error(`FastAGI: ${what}: ${errorText(error)}`);
  }
}
