/**
 * Helpers that the tests of lost connections share.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type {
  DAMI,
  DAMIData,
  DAMIOptions,
  DAMIState,
  DisconnectDetail,
  GapDetail,
  ReconnectingDetail,
} from "../../mod.ts";
import { Arrivals, DEADLINE } from "./_arrivals.ts";
import type { AsteriskContext } from "./_asterisk.ts";
import { EventLog } from "./_event_log.ts";
import { type RawSession, value } from "./_raw_session.ts";

/** Notices everything soon, but is patient enough for an Asterisk on a busy machine. */
export const IMPATIENT = {
  reconnect: { minDelay: 20, maxDelay: 200 },
  keepAlive: { interval: 200, timeout: 1_000 },
  connectTimeout: 1_000,
} satisfies DAMIOptions;

/** Longer than a dead link is tolerated (milliseconds). */
export const LONG_SILENCE = 3 *
  (IMPATIENT.keepAlive.interval + IMPATIENT.keepAlive.timeout);

/** The pause between two attempts (milliseconds). */
const POLL_INTERVAL = 5;

/** Enough numbers to see whether one is missing. */
const ENOUGH = 50;

/** A report of DAMI about its connection, and its state at that moment. */
export type Told =
  & { state: DAMIState }
  & (
    | { type: "disconnect"; detail: DisconnectDetail }
    | { type: "reconnecting"; detail: ReconnectingDetail }
    | { type: "gap"; detail: GapDetail }
    | { type: "login" }
    | { type: "close" }
  );

/** Records what a client reports about its connection, from the start. */
export class LifecycleLog extends Arrivals<Told> {
  constructor(dami: DAMI) {
    super();
    dami.addEventListener("disconnect", ({ detail }) => {
      this.add({ type: "disconnect", detail, state: dami.state });
    });
    dami.addEventListener("reconnecting", ({ detail }) => {
      this.add({ type: "reconnecting", detail, state: dami.state });
    });
    dami.addEventListener("gap", ({ detail }) => {
      this.add({ type: "gap", detail, state: dami.state });
    });
    dami.addEventListener("login", () => {
      this.add({ type: "login", state: dami.state });
    });
    dami.addEventListener("close", () => {
      this.add({ type: "close", state: dami.state });
    });
  }

  /** All of one type. */
  of<T extends Told["type"]>(type: T): Extract<Told, { type: T }>[] {
    return this.items.filter((told): told is Extract<Told, { type: T }> =>
      told.type === type
    );
  }

  /** Waits for the first of a type. */
  async first<T extends Told["type"]>(
    type: T,
  ): Promise<Extract<Told, { type: T }>> {
    await this.find((told) => told.type === type, `'${type}'`);
    const [told] = this.of(type);
    assert(told !== undefined);
    return told;
  }
}

/** A client that listens, and what it has reported. */
export class Observed implements AsyncDisposable {
  readonly dami: DAMI;
  readonly lifecycle: LifecycleLog;
  readonly log: EventLog;

  private constructor(dami: DAMI) {
    this.dami = dami;
    this.lifecycle = new LifecycleLog(dami);
    this.log = new EventLog(dami);
  }

  /** Logs in and listens. */
  static async connect(
    asterisk: AsteriskContext,
    options: DAMIOptions = {},
  ): Promise<Observed> {
    const dami = await asterisk.connect({ ...IMPATIENT, ...options });
    await dami.listen();
    return new Observed(dami);
  }

  /** Asserts that the connection was lost once and restored, and that nothing is wrong. */
  async assertBack(): Promise<void> {
    const { dami, lifecycle } = this;
    const { detail: { from, to, error } } = await lifecycle.first("gap");
    assert(from <= to);
    assertEquals(
      error.failure,
      lifecycle.of("disconnect")[0]?.detail.error?.failure,
    );
    assert(await dami.ping());
    assertEquals(dami.state, "ready");
    assertEquals(lifecycle.of("disconnect").length, 1);
    assertEquals(lifecycle.of("gap").length, 1);
    assertEquals(lifecycle.of("login").length, 1);
    assertEquals(lifecycle.of("close").length, 0);
    assert(lifecycle.of("reconnecting").length > 0);
    const { reconnects, actionsPending } = dami.stats();
    assertEquals(reconnects, 1);
    assertEquals(actionsPending, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dami[Symbol.asyncDispose]();
  }
}

/** Logs in without DAMI, to a PBX that may not have started yet. */
async function openRaw(asterisk: AsteriskContext): Promise<RawSession> {
  const deadline = Date.now() + DEADLINE;
  for (;;) {
    try {
      return await asterisk.connectRaw();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
    }
  }
}

/** A series of `UserEvent`, numbered from 0 on, which goes on until it is disposed of. */
export class Series implements AsyncDisposable {
  readonly #id = crypto.randomUUID();
  #next = 0;
  #over = false;
  readonly #running: Promise<void>;

  /** Begins as soon as the PBX takes it. */
  constructor(asterisk: AsteriskContext) {
    this.#running = this.#run(asterisk);
    // The error reaches the code that disposes of it.
    this.#running.catch(() => {});
  }

  /** The numbers among events, in their order. */
  numbers(events: readonly Record<string, unknown>[]): number[] {
    return events.filter((event) => event.Series === this.#id)
      .map((event) => Number(event.Number));
  }

  /** Waits until enough of the numbers that come from now on have arrived. */
  async caughtUp(arrivals: Arrivals<DAMIData>): Promise<void> {
    const due = this.#next + ENOUGH;
    await arrivals.find(
      (event) => event.Series === this.#id && Number(event.Number) >= due,
      `number ${due}`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true;
    await this.#running;
  }

  async #run(asterisk: AsteriskContext): Promise<void> {
    await using session = await openRaw(asterisk);
    while (!this.#over) {
      await session.send([
        ["Action", "UserEvent"],
        ["UserEvent", "Numbered"],
        ["Series", this.#id],
        ["Number", `${this.#next++}`],
      ]);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

/** Asserts that numbers follow one another, and that there are some. */
export function assertGapless(numbers: readonly number[]): void {
  assert(numbers.length >= ENOUGH, `only ${numbers.length} numbers`);
  const [first = 0] = numbers;
  assertEquals(numbers, numbers.map((_, index) => first + index));
}

/** Holds the events that DAMI receives after a reconnection against those of a session that logs in after it. */
export async function assertStreamComplete(
  asterisk: AsteriskContext,
  { log, lifecycle }: Observed,
  start: () => Promise<void>,
): Promise<void> {
  await using series = new Series(asterisk);
  await start();
  await lifecycle.first("login");
  await using raw = await asterisk.connectRaw();
  await raw.find((frame) => value(frame, "Series") !== undefined, "a number");
  await series.caughtUp(log);
  const delivered = series.numbers(log.items);
  assertGapless(delivered);
  const [theirs = -1] = series.numbers(
    raw.items.map((frame) => Object.fromEntries(frame)),
  );
  const [ours = Infinity] = delivered;
  assert(ours <= theirs, `DAMI began at ${ours}, the other at ${theirs}`);
}
