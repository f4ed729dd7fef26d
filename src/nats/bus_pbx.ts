import type { JsMsg } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/nats-core";
import type { ActionData } from "../actions/action.ts";
import type {
  ActionName,
  ActionParameters,
  ActionResult,
  EventData,
  EventName,
} from "../catalog/lookup.ts";
import type { DAMIData } from "../data.ts";
import { AmiClosedError, AmiConnectionError } from "../errors.ts";
import type { EventStream } from "../events/event_stream.ts";
import { EventStreams } from "../events/event_streams.ts";
import { type DAMIState, LifecycleTarget } from "../events/lifecycle.ts";
import { ListenerRegistry } from "../events/listener_registry.ts";
import { type Logger, resolveLogger } from "../logger.ts";
import type {
  ActionOptions,
  AnyName,
  EventListener,
  EventsOptions,
  ListenOptions,
  OriginateOptions,
  PingOptions,
} from "../options/method_options.ts";
import { checkQueue, checkTimeout } from "../options/option_checks.ts";
import type { DAMIStats, OriginateResult } from "../../mod.ts";
import { sumOf } from "../statistics_sum.ts";
import { UserCodeGuard } from "../user_code_guard.ts";
import { parseEvent, startOf } from "./bus_events.ts";
import { readMessage } from "./bus_message.ts";
import { Follower } from "./follower.ts";
import { GRACE, type LeaseBoard } from "./lease_board.ts";
import { MessageSource, type SourceContext } from "./message_source.ts";
import { type GapRecord, parseGap } from "./records.ts";
import {
  type BusActionArguments,
  type BusActionOptions,
  originateResultOf,
  RemoteActions,
} from "./remote_actions.ts";
import type { RemotePbx } from "./remote_pbx.ts";
import { pbxSubject } from "./subjects.ts";

const PING_TIMEOUT = 10_000;

/** Time that a PBX that was given back may have no bridge before it counts as lost (milliseconds). */
const HAND_OVER = 2_000;

/** Number of messages that are read ahead. */
const AHEAD = 1_000;

/** The parts of the bus that a {@linkcode BusPbx} needs. */
export interface BusPbxContext extends SourceContext {
  readonly nats: NatsConnection;
  readonly caller: string | undefined;
  readonly logger: boolean | Logger;
  readonly board: LeaseBoard;
  readonly onClose: () => void;
}

/** A PBX on the bus, as its bridge publishes and performs it. */
export class BusPbx extends LifecycleTarget implements RemotePbx {
  readonly #name: string;
  readonly #context: BusPbxContext;
  readonly #guard: UserCodeGuard;
  readonly #listeners: ListenerRegistry<DAMIData>;
  readonly #streams = new EventStreams<DAMIData>();
  #frames = 0;
  #events = 0;
  #reconnects = 0;
  #gaps = 0;
  #gapTime = 0;
  #lastFrameAt: Date | undefined;
  #lastEventAt: Date | undefined;
  readonly #follower = new Follower();
  readonly #actions: RemoteActions;
  readonly #removers: (() => void)[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: DAMIState = "idle";
  #listening: Promise<void> | undefined;
  #source: MessageSource | undefined;
  /** Since when it is not ready; `undefined` while it is, and before it was. */
  #lostAt: Date | undefined;

  /**
   * @param name The name of the PBX.
   * @param context What it needs of the bus.
   */
  constructor(name: string, context: BusPbxContext) {
    super((error, event) => this.#guard.reportListener(error, event));
    this.#name = name;
    this.#context = context;
    this.#guard = new UserCodeGuard(this, resolveLogger(context.logger));
    this.#listeners = new ListenerRegistry((error, event) =>
      this.#guard.report(error, `A listener for "${event}" threw`)
    );
    this.#actions = new RemoteActions(name, context);
    this.#removers = [
      context.board.onChange((changed) => {
        if (changed === name) this.#look();
      }),
      context.link.onUp(() => this.#look()),
    ];
    this.#look();
  }

  /** The state of the PBX, as its bridge reports it. */
  get state(): DAMIState {
    return this.#state;
  }

  /**
   * The version of the manager interface that the PBX has greeted its bridge
   * with, such as `"11.0.0"`; `undefined` before that is known.
   */
  get amiVersion(): string | undefined {
    return this.#context.board.get(this.#name)?.record.version;
  }

  /**
   * Begins to read the events of the PBX.
   *
   * @returns A promise that resolves when every event that is published from then on will be emitted.
   * @throws {AmiClosedError} If it is closed.
   * @throws {Error} If the stream cannot be read.
   */
  async listen(): Promise<void> {
    this.#refuseIfClosed("Cannot listen");
    this.#listening ??= this.#open();
    try {
      await this.#listening;
    } catch (error) {
      this.#listening = undefined;
      throw error;
    }
  }

  /**
   * Adds a listener for an event of the PBX.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the events, in the order in which they come.
   * @param options The signal that removes the listener.
   * @returns A function that removes this listener.
   * @throws {AmiClosedError} If it is closed.
   */
  on<Name extends EventName | AnyName>(
    name: Name,
    listener: EventListener<Name>,
    options?: ListenOptions,
  ): () => void;
  on(
    name: string,
    listener: EventListener,
    options?: ListenOptions,
  ): () => void {
    this.#refuseIfClosed(`Cannot listen to "${name}"`);
    return this.#listeners.add(name, listener, options);
  }

  /**
   * Adds a listener that is removed before it is called.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param listener Takes the event.
   * @param options The signal that removes the listener.
   * @returns A function that removes this listener.
   * @throws {AmiClosedError} If it is closed.
   */
  once<Name extends EventName | AnyName>(
    name: Name,
    listener: EventListener<Name>,
    options?: ListenOptions,
  ): () => void;
  once(
    name: string,
    listener: EventListener,
    options?: ListenOptions,
  ): () => void {
    this.#refuseIfClosed(`Cannot listen to "${name}"`);
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
    listener?: EventListener<Name>,
  ): void;
  off(name: string, listener?: EventListener): void {
    this.#listeners.remove(name, listener);
  }

  /**
   * Opens an iterator of events from this call on, to be read with `for await`.
   * Those of the past are read by `NatsBus.events()`.
   *
   * @param name The event's name in any letter case, or `"*"` for every event.
   * @param options The bound of the queue, and the signal that ends it.
   * @returns The events.
   * @throws {AmiClosedError} If it is closed.
   * @throws {TypeError | RangeError} If an option has a wrong value.
   */
  events<Name extends EventName | AnyName = "*">(
    name?: Name,
    options?: EventsOptions,
  ): EventStream<EventData<Name>>;
  events(
    name = "*",
    { signal, maxQueue = 10_000, overflow = "error" }: EventsOptions = {},
  ): EventStream<DAMIData> {
    checkQueue(maxQueue, overflow);
    this.#refuseIfClosed(`Cannot read events "${name}"`);
    return this.#streams.open({
      maxQueue,
      overflow,
      signal,
      subscribe: (push) => this.#listeners.add(name, push),
    });
  }

  to<Name extends ActionName | AnyName>(
    action: Name,
    ...args: BusActionArguments<Name>
  ): Promise<ActionResult<Name>>;
  async to(
    action: string,
    data: ActionData = {},
    callbackOrOptions:
      | ((result: ActionResult) => unknown)
      | BusActionOptions = {},
  ): Promise<ActionResult> {
    const isCallback = typeof callbackOrOptions === "function";
    const options = isCallback ? {} : callbackOrOptions;
    const { answer, after } = await this.#ask(action, data, options);
    await this.#reached(after, options.signal);
    const [response = {}, ...events] = "frames" in answer ? answer.frames : [];
    const result: ActionResult = [response, ...events];
    if (isCallback) {
      this.#guard.call(
        () => callbackOrOptions(result),
        `The callback of action "${action}" threw`,
      );
    }
    return result;
  }

  originate(
    data: ActionParameters<"Originate">,
    options?: OriginateOptions & BusActionOptions,
  ): Promise<OriginateResult>;
  async originate(
    data: ActionData,
    { hangUp = false, ...options }: OriginateOptions & BusActionOptions = {},
  ): Promise<Omit<OriginateResult, "response"> & { response: DAMIData }> {
    const { answer, after } = await this.#ask("Originate", data, options, {
      hangUp,
    });
    await this.#reached(after, options.signal);
    return originateResultOf("call" in answer ? answer.call : {});
  }

  /**
   * Asks the PBX for a sign of life, by way of its bridge. Never throws.
   *
   * @param options The time to wait.
   * @returns `true` if it answers in time, `false` if not.
   */
  async ping(
    { timeout = PING_TIMEOUT, signal }: PingOptions = {},
  ): Promise<boolean> {
    try {
      await this.to("Ping", {}, { timeout, ...(signal && { signal }) });
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Counts what has come from the bus so far.
   *
   * @returns The counters; those of bytes stay 0.
   */
  stats(): DAMIStats {
    return {
      // What only a connection of one's own has.
      ...sumOf([]),
      ...this.#actions.stats(),
      frames: this.#frames,
      events: this.#events,
      reconnects: this.#reconnects,
      gaps: this.#gaps,
      gapTime: this.#gapTime,
      lastFrameAt: this.#lastFrameAt,
      lastEventAt: this.#lastEventAt,
    };
  }

  /** Ends it: every iterator ends, and every action that waits is rejected. May be called again. */
  close(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    clearTimeout(this.#timer);
    for (const remove of this.#removers) remove();
    this.#source?.stop();
    this.#actions.close(
      new AmiClosedError("The PBX was closed by this program", "unknown"),
    );
    this.#streams.end();
    this.#context.onClose();
    this.dispatchEvent(new Event("close"));
  }

  /** Does the same as {@linkcode RemotePbx.close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  async #ask(
    action: string,
    data: ActionData,
    options: ActionOptions & BusActionOptions,
    originate?: { hangUp: boolean },
  ) {
    this.#refuseIfClosed(`Cannot send action "${action}"`);
    if (options.timeout !== undefined) {
      checkTimeout("timeout", options.timeout);
    }
    return await this.#actions.ask(action, data, options, originate);
  }

  /** Waits until the events before an answer have come. */
  async #reached(
    after: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (this.#source === undefined || after === undefined) return;
    await this.#actions.reached(after, signal);
  }

  async #open(): Promise<void> {
    const { jsm, stream } = this.#context;
    const info = await jsm.streams.info(stream);
    const source = new MessageSource(this.#context, {
      ahead: AHEAD,
      place: {
        subjects: [pbxSubject(this.#name)],
        start: startOf("now", info),
      },
    });
    await source.open();
    // Nothing before it is ever waited for.
    this.#actions.reach(info.state.last_seq);
    this.#source = source;
    if (this.#state === "closed") source.stop();
    void this.#read(source);
  }

  /** Emits what comes, until it is closed. Never rejects. */
  async #read(source: MessageSource): Promise<void> {
    for await (const message of source.read()) this.#take(message);
  }

  #take(message: JsMsg): void {
    this.#frames++;
    this.#lastFrameAt = new Date();
    const read = readMessage(message);
    if (read !== undefined) {
      const lost = this.#follower.take(read);
      if (lost !== undefined) this.#announce(lost);
      if (read.kind === "event") {
        this.#emit(read.payload);
      } else if (read.kind === "gap") {
        const gap = parseGap(read.payload);
        if (gap !== undefined) this.#announce(gap);
      }
    }
    this.#actions.reach(message.seq);
  }

  #emit(payload: string): void {
    this.#events++;
    this.#lastEventAt = this.#lastFrameAt;
    const event = parseEvent(payload);
    this.#listeners.emit(String(event.Event), () => event);
  }

  #announce({ from, to, reason }: GapRecord): void {
    this.#gap(new Date(from), new Date(to), reason);
  }

  #gap(from: Date, to: Date, reason: string): void {
    this.#gaps++;
    this.#gapTime += to.getTime() - from.getTime();
    const error = new AmiConnectionError(
      `Events of PBX "${this.#name}" are missing on the bus: ${reason}`,
      { failure: reason === "pbx-restart" ? "shutdown" : "lost" },
    );
    this.dispatchEvent(
      new CustomEvent("gap", { detail: { from, to, error } }),
    );
  }

  /** Checks who holds the PBX, and again when the lease has ended. */
  #look(): void {
    if (this.#state === "closed") return;
    const { board } = this.#context;
    clearTimeout(this.#timer);
    const seen = board.get(this.#name);
    const isHeld = board.isHeld(this.#name);
    const isReady = seen?.record.state === "ready" && isHeld;
    this.#actions.follow(isHeld ? seen?.record.holder : undefined);
    if (seen !== undefined && isHeld) {
      const rest = seen.at + board.ttl + GRACE - performance.now();
      this.#timer = setTimeout(() => this.#look(), rest + 1);
    }
    const left = board.left(this.#name);
    const rest = (left?.seenAt ?? -Infinity) + HAND_OVER - performance.now();
    if (!isHeld && this.#state === "ready" && rest > 0) {
      // It is handed over: the next bridge says if anything is missing.
      this.#timer = setTimeout(() => this.#look(), rest + 1);
      return;
    }
    if (isReady && this.#state !== "ready") this.#onReady();
    else if (!isReady && this.#state === "ready") this.#onLost();
  }

  #onReady(): void {
    this.#state = "ready";
    const { record } = this.#context.board.get(this.#name) ?? {};
    const [hostname = "", port] = this.#context.nats.getServer().split(":");
    const version = record?.version ?? "";
    const from = this.#lostAt;
    this.#lostAt = undefined;
    this.#report("connect", { hostname, port: Number(port), version });
    this.#report("login", { username: record?.name ?? "" });
    if (from === undefined) return;
    this.#reconnects++;
    this.#gap(from, new Date(), "failover");
  }

  #onLost(): void {
    this.#state = "reconnecting";
    this.#lostAt = new Date();
    const error = new AmiConnectionError(
      `No bridge is connected to PBX "${this.#name}"`,
      { failure: "lost" },
    );
    this.#report("disconnect", { reason: "lost", error });
  }

  #report(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #refuseIfClosed(what: string): void {
    if (this.#state !== "closed") return;
    throw new AmiClosedError(`${what} as it was closed by this program`);
  }
}
