/**
 * A fleet: many PBXs in one program. Each one has its own connection, which is
 * kept and restored automatically; events come together with the name of their
 * PBX, and an action goes to one PBX, to all, or to the first that can take
 * it.
 *
 * ```ts
 * import { Fleet } from "@dami/dami/fleet";
 *
 * const fleet = new Fleet({
 *   berlin: { hostname: ["pbx1.example.org", "pbx2.example.org"] },
 *   wien: { hostname: "pbx3.example.org", timeout: 5_000 },
 * }, { username: "dami", secret: "mysecret" });
 *
 * fleet.on("Hangup", (event, pbx) => console.log(pbx, event.Channel));
 * fleet.addEventListener("gap", ({ detail: { pbx, from, to } }) => {
 *   console.log(`Events of ${pbx} were missed from ${from} to ${to}`);
 * });
 * await fleet.start();
 * console.log("Listening for calls that end; press Ctrl-C to stop");
 * ```
 *
 * ## A PBX that is down
 *
 * `start()` does not fail because of one PBX. DAMI keeps trying to connect to
 * one that is down, as after a loss. One that refuses the login is given up, as
 * a protected PBX bans clients that retry too often; the option `reconnect: {
 * refusedLogin: true }` retries all the same.
 *
 * ```ts
 * import { Fleet } from "@dami/dami/fleet";
 *
 * const fleet = new Fleet({
 *   berlin: { hostname: "pbx1.example.org" },
 *   wien: { hostname: "pbx3.example.org" },
 * }, { username: "dami", secret: "mysecret" });
 * await fleet.start();
 * for (const name of fleet.names) {
 *   const { state } = fleet.get(name);
 *   console.log(name, state, fleet.failure(name)?.message ?? "");
 * }
 * ```
 *
 * ## Actions
 *
 * ```ts
 * import type { Fleet } from "@dami/dami/fleet";
 *
 * async function work(fleet: Fleet): Promise<void> {
 *   // To one.
 *   await fleet.get("berlin").to("QueuePause", {
 *     Interface: "PJSIP/6001",
 *     Paused: true,
 *   });
 *   // To all: one that fails does not spoil the answers of the others.
 *   for (const [pbx, { frames, error }] of await fleet.all("CoreStatus")) {
 *     console.log(pbx, error?.message ?? frames?.[0].CoreCurrentCalls);
 *   }
 *   // To the first that can take it, and to no second one.
 *   await fleet.anyOf(["berlin", "wien"], (client) =>
 *     client.originate({ Channel: "PJSIP/6001", Application: "Echo" }));
 * }
 * console.log(work);
 * ```
 *
 * ## Live state
 *
 * {@linkcode Fleet.live} shows the calls, channels, queues, devices and
 * endpoints of all PBXs in one place.
 *
 * ```ts
 * import type { Fleet } from "@dami/dami/fleet";
 *
 * async function watch(fleet: Fleet): Promise<void> {
 *   using live = await fleet.live();
 *   for (const [key, { pbx, name, callers }] of live.queues) {
 *     console.log(key, pbx, name, callers.length); // "berlin/sales" …
 *   }
 *   for await (const change of live.changes()) {
 *     if (change.type === "call-ended") console.log(change.pbx, change.cause);
 *   }
 * }
 * console.log(watch);
 * ```
 *
 * ## A fleet file
 *
 * {@linkcode readFleetFile} reads the PBXs from a JSON file, which the command
 * `dami --fleet FILE` takes as well. It names the files or variables with the
 * secrets, and contains none itself.
 *
 * @module
 */

import { abortable } from "@std/async/abortable";
import type { ActionData, DAMIStats } from "../../mod.ts";
import type {
  ActionName,
  ActionParameters,
  ActionResult,
  EventName,
} from "../catalog/lookup.ts";
import type { AmiClient } from "../client.ts";
import { Deadline } from "../deadline.ts";
import { AmiClosedError } from "../errors.ts";
import type { EventStream } from "../events/event_stream.ts";
import { EventStreams } from "../events/event_streams.ts";
import { LifecycleTarget } from "../events/lifecycle.ts";
import type {
  ActionOptions,
  AnyName,
  DisconnectOptions,
  EventsOptions,
  ListenOptions,
} from "../options/method_options.ts";
import { checkQueue, checkTimeout } from "../options/option_checks.ts";
import { sumOf } from "../statistics_sum.ts";
import { anyOf } from "./any_of.ts";
import {
  FleetErrorEvent,
  type FleetEvent,
  type FleetEventMap,
  type FleetListener,
} from "./fleet_events.ts";
import { FleetListeners } from "./fleet_listeners.ts";
import { FleetLive, type FleetLiveOptions } from "./fleet_live.ts";
import { FleetMember } from "./fleet_member.ts";
import {
  checkName,
  type FleetPbxOptions,
  type FleetStartOptions,
  resolvePbx,
} from "./fleet_options.ts";

export type {
  FleetChange,
  FleetChangeFields,
  FleetLiveState,
  PbxAddedChange,
  PbxChange,
  PbxRemovedChange,
  PbxStateChange,
} from "./fleet_change.ts";
export {
  type FleetCloseDetail,
  type FleetDetail,
  FleetErrorEvent,
  type FleetEvent,
  type FleetEventMap,
  type FleetListener,
} from "./fleet_events.ts";
export {
  type FleetFile,
  FleetFileError,
  type FleetFileOptions,
  type FleetFilePbx,
  readFleetFile,
} from "./fleet_file.ts";
export {
  FleetLive,
  type FleetLiveOptions,
  type FleetSource,
} from "./fleet_live.ts";
import { asError } from "../error_text.ts";
export type { FleetPbxOptions, FleetStartOptions } from "./fleet_options.ts";
export type { OfPbx } from "./merged_map.ts";

/**
 * The answer of one PBX to {@linkcode Fleet.all}: its frames, or the error.
 *
 * @typeParam Name The name of the action.
 */
export type FleetAnswer<Name extends string = string> =
  | {
    /** The answer, as `DAMI.to()` gives it. */
    readonly frames: ActionResult<Name>;
    /** Missing. */
    readonly error?: undefined;
  }
  | {
    /** Missing. */
    readonly frames?: undefined;
    /** The reason why there is no answer. */
    readonly error: Error;
  };

/**
 * The parameters of {@linkcode Fleet.all} after the action's name. The data
 * may be left out where the action needs none.
 *
 * @typeParam Name The name of the action.
 */
export type FleetActionArguments<Name extends string = string> = Name extends
  unknown
  ? Record<never, never> extends ActionParameters<Name>
    ? [data?: ActionParameters<Name>, options?: ActionOptions]
  : [data: ActionParameters<Name>, options?: ActionOptions]
  : never;

/** The figures of {@linkcode Fleet.stats}. */
export interface FleetStats {
  /** The sum over the PBXs that are in the fleet now. */
  readonly total: DAMIStats;
  /** The figures of each PBX, by name. */
  readonly pbxs: ReadonlyMap<string, DAMIStats>;
}

/**
 * Many PBXs in one program.
 *
 * @example
 * ```ts
 * import { Fleet } from "@dami/dami/fleet";
 *
 * await using fleet = new Fleet({
 *   berlin: { hostname: "pbx1.example.org" },
 *   wien: { hostname: "pbx3.example.org" },
 * }, { username: "dami", secret: "mysecret" });
 * fleet.on("QueueCallerJoin", (event, pbx) => {
 *   console.log(pbx, event.Queue, event.Position);
 * });
 * await fleet.start();
 * const answers = await fleet.all("CoreStatus");
 * console.log(answers.get("berlin")?.frames?.[0].CoreCurrentCalls);
 * ```
 */
export class Fleet extends LifecycleTarget<FleetEventMap>
  implements AsyncDisposable {
  readonly #common: FleetPbxOptions;
  readonly #members = new Map<string, FleetMember>();
  readonly #listeners = new FleetListeners();
  readonly #streams = new EventStreams<FleetEvent>();
  readonly #closing = new AbortController();
  #state: "idle" | "started" | "closed" = "idle";

  /**
   * Sets up only: nothing is connected yet.
   *
   * @param pbxs The options of each PBX, by its name: 1 to 64 letters of A-Z and a-z, digits, `_` or `-`.
   * @param common The options of all; those of a PBX take precedence.
   * @throws {TypeError} If a name cannot be used, `username` or `secret` is missing, or an option is unknown or of the wrong type.
   * @throws {RangeError} If a number is out of its range.
   */
  constructor(
    pbxs: Readonly<Record<string, FleetPbxOptions>> = {},
    common: FleetPbxOptions = {},
  ) {
    super((error, event) => {
      // A listener for errors that throws would report itself for ever.
      if (event instanceof FleetErrorEvent) return;
      this.dispatchEvent(new FleetErrorEvent(pbxOf(event), error));
    });
    this.#common = common;
    for (const [name, options] of Object.entries(pbxs)) {
      this.#join(name, options);
    }
  }

  /**
   * Returns the names of the PBXs, in the order in which they were added.
   *
   * @returns The names.
   */
  get names(): string[] {
    return [...this.#members.keys()];
  }

  /**
   * Reports whether there is a PBX of that name.
   *
   * @param name The name.
   * @returns `true` if it is in the fleet.
   */
  has(name: string): boolean {
    return this.#members.has(name);
  }

  /**
   * Returns the client of one PBX, to send it actions, to listen to it alone,
   * or to build on. Its `state` says whether it is connected.
   *
   * @param name The name of the PBX.
   * @returns The client.
   * @throws {RangeError} If there is no PBX of that name.
   *
   * @example
   * ```ts
   * import { Fleet } from "@dami/dami/fleet";
   *
   * await using fleet = new Fleet({
   *   berlin: { username: "dami", secret: "mysecret" },
   * });
   * await fleet.start();
   * const berlin = fleet.get("berlin");
   * if (berlin.state === "ready") await berlin.to("QueueReload");
   * ```
   */
  get(name: string): AmiClient {
    return this.#member(name).client;
  }

  /**
   * Returns the reason why a PBX has no connection: its loss, the failure
   * of the last attempt, or what ended all attempts.
   *
   * @param name The name of the PBX.
   * @returns The error; `undefined` while it is connected, and before it was tried.
   * @throws {RangeError} If there is no PBX of that name.
   */
  failure(name: string): Error | undefined {
    return this.#member(name).failure;
  }

  /**
   * Connects all PBXs, and keeps them connected. Resolves as soon as each of
   * them has accepted the login, or has failed once, and never rejects because
   * of a PBX: one that is down is tried again.
   *
   * Events are emitted from the first one on: add listeners before.
   *
   * @param options The time to wait.
   * @throws {TypeError} If it was started or closed before, or the timeout is not a number.
   * @throws {RangeError} If the timeout is out of its range.
   * @throws The signal's reason, if it is aborted.
   */
  async start(options: FleetStartOptions = {}): Promise<void> {
    const { timeout = 10_000, signal } = options;
    checkTimeout("timeout", timeout);
    signal?.throwIfAborted();
    if (this.#state !== "idle") {
      throw new TypeError(`Cannot start as this fleet is ${this.#state}`);
    }
    this.#state = "started";
    const members = [...this.#members.values()];
    for (const member of members) member.start();
    await attempted(members, timeout, signal);
  }

  /**
   * Adds a PBX. In a fleet that was started, it is connected at once, as by
   * {@linkcode Fleet.start}: a PBX that is down is not an error.
   *
   * @param name The name of the PBX.
   * @param options Its options; those that are common to all hold for it as well.
   * @param wait The time to wait for it.
   * @throws {TypeError} If the name or an option cannot be used, or the name is taken.
   * @throws {RangeError} If a number is out of its range.
   * @throws {AmiClosedError} If the fleet is closed.
   * @throws The signal's reason, if it is aborted.
   *
   * @example
   * ```ts
   * import { Fleet } from "@dami/dami/fleet";
   *
   * await using fleet = new Fleet({}, { username: "dami", secret: "mysecret" });
   * await fleet.start();
   * await fleet.add("graz", { hostname: "pbx4.example.org" });
   * console.log(fleet.get("graz").state);
   * ```
   */
  async add(
    name: string,
    options: FleetPbxOptions = {},
    wait: FleetStartOptions = {},
  ): Promise<void> {
    const { timeout = 10_000, signal } = wait;
    checkTimeout("timeout", timeout);
    signal?.throwIfAborted();
    this.#checkOpen();
    const member = this.#join(name, options);
    this.dispatchEvent(new CustomEvent("add", { detail: { pbx: name } }));
    if (this.#state !== "started") return;
    member.start();
    await attempted([member], timeout, signal);
  }

  /**
   * Removes a PBX: it is no longer in the fleet when this returns its promise,
   * and its name can be used again. DAMI then logs off after the answers to
   * the actions that were sent before; what is not answered in time is given
   * up. A call that `originate()` waits for is given up, too,
   * with the outcome `"unknown"`.
   *
   * @param name The name of the PBX.
   * @param options The time to wait for the answers and the goodbye.
   * @returns A promise that resolves when the connection is closed.
   * @throws {RangeError} If there is no PBX of that name, or the timeout is out of its range.
   * @throws {TypeError} If the timeout is not a number.
   */
  async remove(name: string, options: DisconnectOptions = {}): Promise<void> {
    const { timeout } = options;
    if (timeout !== undefined) checkTimeout("timeout", timeout);
    const member = this.#member(name);
    this.#members.delete(name);
    this.dispatchEvent(new CustomEvent("remove", { detail: { pbx: name } }));
    member.retire();
    await member.client.disconnect(options);
    this.#listeners.leave(member.client);
  }

  /**
   * Adds a listener for an event of any PBX, also of those that are added
   * later. The events of one PBX come in their order.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the event, exactly as the PBX sent it, and the name of the PBX.
   * @param options The signal that removes the listener.
   * @returns A function that removes this listener.
   * @throws {AmiClosedError} If the fleet is closed.
   */
  on<Name extends EventName | AnyName>(
    name: Name,
    listener: FleetListener<Name>,
    options?: ListenOptions,
  ): () => void;
  on(
    name: string,
    listener: FleetListener,
    options?: ListenOptions,
  ): () => void {
    this.#checkOpen();
    return this.#listeners.add(name, listener, options);
  }

  /**
   * Adds a listener that is removed before it is called, with the first event
   * of any PBX.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the event, and the name of the PBX.
   * @param options The signal that removes the listener.
   * @returns A function that removes this listener.
   * @throws {AmiClosedError} If the fleet is closed.
   */
  once<Name extends EventName | AnyName>(
    name: Name,
    listener: FleetListener<Name>,
    options?: ListenOptions,
  ): () => void;
  once(
    name: string,
    listener: FleetListener,
    options?: ListenOptions,
  ): () => void {
    this.#checkOpen();
    return this.#listeners.add(name, listener, { ...options, once: true });
  }

  /**
   * Removes listeners.
   *
   * @param name The event's name in any letter case, or `"*"`.
   * @param listener The listener that was added; without it, all of that name.
   */
  off<Name extends EventName | AnyName>(
    name: Name,
    listener?: FleetListener<Name>,
  ): void;
  off(name: string, listener?: FleetListener): void {
    this.#listeners.remove(name, listener);
  }

  /**
   * Opens an iterator of the events of all PBXs, to be read with `for await`.
   * A slow reader holds nothing up: events wait in a queue with a bound. It
   * ends with {@linkcode Fleet.close}.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param options The bound of the queue, and the signal that ends it.
   * @returns The events, each with the name of its PBX.
   * @throws {TypeError | RangeError} If an option has a wrong value.
   * @throws {AmiClosedError} If the fleet is closed.
   *
   * @example
   * ```ts
   * import { Fleet } from "@dami/dami/fleet";
   *
   * await using fleet = new Fleet({
   *   berlin: { username: "dami", secret: "mysecret" },
   * });
   * const hangups = fleet.events("Hangup");
   * await fleet.start();
   * for await (const { pbx, event } of hangups) {
   *   console.log(pbx, event.Channel, event.Cause);
   * }
   * ```
   */
  events<Name extends EventName | AnyName = "*">(
    name?: Name,
    options?: EventsOptions,
  ): EventStream<FleetEvent<Name>>;
  events(
    name = "*",
    { signal, maxQueue = 10_000, overflow = "error" }: EventsOptions = {},
  ): EventStream<FleetEvent> {
    checkQueue(maxQueue, overflow);
    this.#checkOpen();
    return this.#streams.open({
      maxQueue,
      overflow,
      signal,
      subscribe: (push) =>
        this.#listeners.add(name, (event, pbx) => push({ pbx, event })),
    });
  }

  /**
   * Sends an action to every PBX that is connected, and waits for all answers.
   * A PBX that is not connected is not waited for: its error has the outcome
   * `"not-sent"`.
   *
   * @param action The action's name.
   * @param dataAndOptions Its headers, and the time to wait.
   * @returns The answer or the error of each PBX, by name. Never rejects because of a PBX.
   *
   * @example
   * ```ts
   * import { Fleet } from "@dami/dami/fleet";
   *
   * await using fleet = new Fleet({
   *   berlin: { username: "dami", secret: "mysecret" },
   * });
   * await fleet.start();
   * const answers = await fleet.all("QueueStatus", { Queue: "support" });
   * for (const [pbx, { frames, error }] of answers) {
   *   console.log(pbx, error?.message ?? frames?.length);
   * }
   * ```
   */
  all<Name extends ActionName | AnyName>(
    action: Name,
    ...dataAndOptions: FleetActionArguments<Name>
  ): Promise<Map<string, FleetAnswer<Name>>>;
  async all(
    action: string,
    data: ActionData = {},
    options: ActionOptions = {},
  ): Promise<Map<string, FleetAnswer>> {
    const ask = async (member: FleetMember): Promise<FleetAnswer> => {
      if (member.client.state !== "ready") {
        return { error: member.notConnected() };
      }
      try {
        return { frames: await member.client.to(action, data, options) };
      } catch (error) {
        return {
          error: asError(error),
        };
      }
    };
    return new Map(
      await Promise.all(
        [...this.#members.values()].map(async (member) =>
          [member.name, await ask(member)] as const
        ),
      ),
    );
  }

  /**
   * Sends an action to the first PBX of several that can be sent it. The next
   * one is tried only if not one byte of the action was written to the one
   * before (`outcome` is `"not-sent"`), so that nothing is done twice. A PBX
   * that is not connected is passed over at once.
   *
   * The function should send a single action: of several, it is not known
   * which was not sent.
   *
   * @param names The names of the PBXs, in the order in which they are tried.
   * @param send Sends the action.
   * @returns The result of the function.
   * @throws {AmiConnectionError} If no PBX could be sent the action; its `cause` is an `AggregateError` with the error of each.
   * @throws {RangeError} If there is no PBX of one of the names.
   * @throws The error of the function, if the action may have been sent.
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
   * const { outcome, causeText } = await fleet.anyOf(
   *   ["berlin", "wien"],
   *   (client) => client.originate({ Channel: "PJSIP/6001", Exten: "1000" }),
   * );
   * console.log(outcome, causeText);
   * ```
   */
  async anyOf<Result>(
    names: Iterable<string>,
    send: (client: AmiClient, pbx: string) => Promise<Result>,
  ): Promise<Result> {
    const members = [...names].map((name) => this.#member(name));
    return await anyOf<AmiClient, Result>(members, send);
  }

  /**
   * Follows the live state of all PBXs: calls, channels, queues, devices and
   * endpoints. Resolves when each PBX that is connected is shown; one that
   * comes later is shown when it comes.
   *
   * @param options The snapshots to take, and the time to wait.
   * @returns The live state, kept up to date.
   * @throws {TypeError | RangeError} If the timeout is wrong.
   * @throws {AmiClosedError} If the fleet is closed.
   * @throws The signal's reason, if it is aborted.
   */
  async live(options: FleetLiveOptions = {}): Promise<FleetLive> {
    this.#checkOpen();
    return await FleetLive.start(this, options, this.#closing.signal);
  }

  /**
   * Counts what has happened so far.
   *
   * @returns The figures of each PBX, and their sum.
   */
  stats(): FleetStats {
    const pbxs = new Map(
      [...this.#members].map(([name, { client }]) => [name, client.stats()]),
    );
    return { total: sumOf(pbxs.values()), pbxs };
  }

  /**
   * Closes all connections at once. Every action that waits is rejected with an
   * `AmiClosedError`, every iterator ends. May be called again; a closed fleet
   * cannot be started again.
   */
  close(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#closing.abort();
    for (const { client } of this.#members.values()) client.close();
    this.#streams.end();
  }

  /** Logs off all PBXs and closes, at the end of a block that says `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    const clients = [...this.#members.values()].map(({ client }) => client);
    await Promise.all(clients.map((client) => client.disconnect()));
    this.close();
  }

  #join(name: string, options: FleetPbxOptions): FleetMember {
    checkName(name);
    if (this.#members.has(name)) {
      throw new TypeError(
        `Cannot add PBX "${name}" as the fleet has one of that name`,
      );
    }
    const member = this.#create(name, options);
    this.#members.set(name, member);
    this.#listeners.join(name, member.client);
    return member;
  }

  #create(name: string, options: FleetPbxOptions): FleetMember {
    try {
      return new FleetMember(
        name,
        resolvePbx(name, options, this.#common),
        (event) => this.dispatchEvent(event),
      );
    } catch (error) {
      // Options of many PBXs are read from files: the error has to name the PBX.
      if (error instanceof Error) error.message = `${name}: ${error.message}`;
      throw error;
    }
  }

  #member(name: string): FleetMember {
    const member = this.#members.get(name);
    if (member !== undefined) return member;
    throw new RangeError(`There is no PBX "${name}" in this fleet`);
  }

  #checkOpen(): void {
    if (this.#state !== "closed") return;
    throw new AmiClosedError("This fleet is closed");
  }
}

/** Returns the name of the PBX that an event of the fleet is about. */
function pbxOf(event: Event): string {
  const detail: unknown = event instanceof CustomEvent ? event.detail : {};
  const hasPbx = typeof detail === "object" && detail !== null &&
    "pbx" in detail;
  return hasPbx ? String(detail.pbx) : "";
}

/** Waits until each PBX has accepted the login or has failed once, but not for longer than a time. */
async function attempted(
  members: readonly FleetMember[],
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const late = new Error("The time is over");
  using deadline = new Deadline(timeout, () => late, signal);
  const all = Promise.all(members.map((member) => member.attempted));
  try {
    await abortable(all, deadline.signal);
  } catch (error) {
    if (error !== late) throw error;
  }
}
