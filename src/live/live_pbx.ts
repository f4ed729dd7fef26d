/**
 * The live state of the PBX, kept up to date by its events: channels, bridges,
 * calls, queues, devices, extensions and endpoints; the record of each call,
 * and the figures of queues and agents.
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { LivePbx } from "@dami/dami/live";
 *
 * const dami = new DAMI({ reconnect: true });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * const pbx = await LivePbx.start(dami);
 *
 * for (const call of pbx.calls.values()) {
 *   console.log(call.state, call.parties.map(({ name }) => name));
 * }
 * for await (const change of pbx.changes()) {
 *   if (change.type === "call-ended") console.log(change.causeText);
 *   if (change.type === "member-paused") {
 *     console.log(`${change.member.name} is paused: ${change.member.pausedReason}`);
 *   }
 * }
 * ```
 *
 * - `channels`, `bridges`, `calls`, `queues`, `devices`, `extensions` and
 *   `endpoints` are maps that are always current. The records in them are never
 *   changed, but replaced: a record that you keep stays as it was.
 * - A call is everything with one `Linkedid`. Its `parties` are channels; a
 *   Local channel is a wire between two of them, and not a party. Calls that
 *   become one are reported by `call-merged` (`call` is gone, `into` goes on),
 *   and only the end by `call-ended`, with its `cause`. `caller-left` says why
 *   a caller left a queue (`reason`): only those who hung up are `abandoned`,
 *   not those whose time was up.
 * - `call.record` is the story of a call so far, and grows with it; that of
 *   `call-ended` is complete: its legs with their times, who talked, waited and
 *   hung up, and its outcome in `disposition`. Where events were missed, its
 *   `gaps` say so.
 * - `figures` counts queues and agents: today, in each of the last 60 minutes,
 *   and since the start.
 * - It takes snapshots (`CoreShowChannels` or `Status`, `ParkedCalls`,
 *   `BridgeList`, `QueueStatus`, `DeviceStateList`, `ExtensionStateList` and
 *   the endpoints), and applies the events since then. A snapshot that the PBX
 *   refuses is in `problems`, and the rest works.
 * - After a `gap`, a `Reload`, and when the PBX has booted, it takes them
 *   again, and reports the difference: a call whose end was missed ends with
 *   `lost: true`. In between, `state` is `"stale"`.
 * - It reads only the events that it needs: the classes `call` and `agent`, and
 *   `system` for endpoints and for a PBX that is just starting. With
 *   `dialplan: true` it follows `Newexten`, too.
 * - If the user may not read a class of events, `LivePbx` notices as soon as
 *   something happens: `state` becomes `"polling"`, `problems` names the class
 *   to add to `read`, and the maps are read again every `checkInterval` (10 s).
 * - `stop()`, `using` and the end of the client stop it. In a program that
 *   keeps running, such as one with `Deno.serve`, use `const` instead of
 *   `using`. Once it is stopped, `changes()` throws an error that says why.
 * - It cannot know what the PBX does not report: when a call that began earlier
 *   was answered, and who was already on hold.
 * - No event carries queue statistics, so the queue is read again, a quarter of
 *   a second after a call has come to or left a member, or a caller has left.
 * - It needs Asterisk 12 or newer, and refuses older ones with an
 *   `AmiVersionError`; lists work with those, too. Tested with 16 and 22.
 *
 * What changes is emitted by `changes()` and as an event of its name, with the
 * record as it is now, and as `before` where it is worth comparing:
 *
 * | changes                                                                                                                                                                                                                                          | of                                                                        |
 * | ------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------ | ------------------------------------------------------------------------- |
 * | `call-started`, `call-answered`, `call-connected`, `call-held`, `call-resumed`, `call-parked`, `call-unparked`, `call-transferred` (`transfer`), `call-merged` (`into`), `call-changed`, `call-ended` (`record`, `cause`, `causeText`, `answered`, `lost`) | `call`                                                                    |
 * | `channel-started`, `channel-changed`, `channel-ended`                                                                                                                                                                                            | `channel`                                                                 |
 * | `bridge-started`, `bridge-changed`, `bridge-ended`                                                                                                                                                                                               | `bridge`                                                                  |
 * | `queue-added`, `queue-changed`, `queue-removed`                                                                                                                                                                                                  | `queue`                                                                   |
 * | `caller-joined`, `caller-moved`, `caller-left` (`reason`, `abandoned`, `lost`)                                                                                                                                                                   | `queue`, `caller`                                                         |
 * | `caller-connected` (`uniqueid`, `holdTime` and `ringTime` in seconds), right after `caller-left`                                                                                                                                                 | `queue`, `member`                                                         |
 * | `member-added`, `member-removed`, `member-paused`, `member-unpaused`, `member-state-changed`, `member-changed`                                                                                                                                   | `queue`, `member`                                                         |
 * | `device-changed`, `device-removed`                                                                                                                                                                                                               | `device`                                                                  |
 * | `extension-changed`, `extension-removed`                                                                                                                                                                                                         | `extension`                                                               |
 * | `endpoint-changed`, `endpoint-removed`                                                                                                                                                                                                           | `endpoint`                                                                |
 * | `figures-changed` | `queues`, `agents`: the names of those whose counts are new |
 * | `stale`, `snapshot-begin` and `snapshot-end` (`reason`), `problem` (`snapshot`, `error`)                                                                                                                                                         | the state: lost, being read again, live, and in part or in whole not live |
 *
 * No change is emitted for what was there at the start: read the maps first.
 *
 * | record        | fields                                                                                                                                                                                                                                                                                                          |
 * | ------------- | --------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------- |
 * | `Call`        | `id`, `state`, `parties`, `talks`, `transfers`, `channels`, `startedAt`, `answeredAt`, `connectedAt`, `record`, `cause`, `causeText` (the last two at its end)                                                                                                                                                            |
 * | `CallRecord`  | `id`, `startedAt`, `answeredAt`, `caller`, `dialed`, `direction`, `legs`, `answeredBy`, `talks`, `holds`, `parkings`, `conferences`, `queues`, `transfers`, `merged`, `recordings`, `voicemails`, `unreached`, `hungUpBy`, `gaps`; at its end `endedAt`, `disposition`, `cause`, `endedBy`, `lost`, and `ringTime`, `waitTime`, `talkTime`, `holdTime`, `totalTime` (milliseconds) |
 * | `Channel`     | `uniqueid`, `linkedid`, `name`, `device`, `state`, `callerIdNum`, `callerIdName`, `connectedLineNum`, `connectedLineName`, `accountCode`, `language`, `context`, `exten`, `priority`, `application`, `applicationData`, `bridgeId`, `createdAt`, `answeredAt`, `heldSince`, `parking` (`lot`, `space`, `since`) |
 * | `Queue`       | `name`, `members` by interface, `callers` in their order; `strategy`, `max`, `weight`, `holdTime` and `talkTime` (seconds), `completed`, `abandoned`, `serviceLevel` (seconds), `serviceLevelPerf` (percent)                                                                                                    |
 * | `QueueMember` | `interface`, `name`, `stateInterface`, `membership`, `penalty`, `state`, `isInCall`, `isPaused`, `pausedReason`, `callsTaken`, `lastCallAt`, `lastPauseAt`, `loginAt`, `wrapupTime` (seconds)                                                                                                                   |
 * | `QueueCaller` | `queue`, `channel`, `uniqueid`, `callerIdNum`, `callerIdName`, `position`, `joinedAt`                                                                                                                                                                                                                           |
 *
 * Times that end in `At` are milliseconds since 1970.
 *
 * ## Records of calls
 *
 * `call.record` grows while a call lasts, and `call-ended` has it whole: who
 * called, what was dialled, each leg with its times and outcome, including
 * those that have ended, who answered, talks, holds, parkings, conferences, the
 * queues with the members that rang, transfers, and who hung up. `disposition`
 * is the outcome of the call, `direction` says where it came from if `trunks`
 * are named, and `ringTime`, `waitTime`, `talkTime`, `holdTime` and `totalTime`
 * are milliseconds. Where events were missed, `gaps` says when, and nothing is
 * invented.
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { LivePbx } from "@dami/dami/live";
 *
 * const dami = new DAMI({ reconnect: true });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * const pbx = await LivePbx.start(dami, { trunks: ["PJSIP/provider"] });
 * for await (const change of pbx.changes()) {
 *   if (change.type !== "call-ended") continue;
 *   const { caller, dialed, disposition, talkTime, queues } = change.record;
 *   console.log(caller?.number, dialed, disposition, talkTime);
 *   for (const { queue, outcome } of queues) console.log(queue, outcome);
 * }
 * ```
 *
 * ## Figures of queues and agents
 *
 * `pbx.figures` counts the events that Asterisk's `queue_log` is written from:
 * offered, answered and abandoned calls, the service level, waits, talks,
 * pauses by their reason, the time that agents were logged in, ready, ringing
 * and talking. Each for today, for the last hour by the minute, and since the
 * start. `save()` returns a string from which the next start resumes, so that a
 * restart at noon keeps the counts of the morning; `incomplete` has the
 * intervals in which nothing was counted.
 *
 * ```ts
 * import type { LivePbx } from "@dami/dami/live";
 *
 * async function store({ figures }: LivePbx): Promise<void> {
 *   for (const { queue, today } of figures.report().queues) {
 *     console.log(queue, today.offered, today.answered, today.abandoned);
 *   }
 *   await Deno.writeTextFile("figures.json", figures.save());
 * }
 * console.log(store);
 * ```
 *
 * @module
 */

import type { AmiClient } from "../client.ts";
import { AmiClosedError } from "../errors.ts";
import type { EventStream, Overflow } from "../events/event_stream.ts";
import { EventStreams } from "../events/event_streams.ts";
import { LifecycleTarget } from "../events/lifecycle.ts";
import { checkQueue } from "../options/option_checks.ts";
import { UserCodeGuard } from "../user_code_guard.ts";
import type { Bridge } from "./records/bridge.ts";
import type { Call } from "./records/call.ts";
import type { Change, ChangeEventMap, SnapshotKind } from "./change.ts";
import type { Channel } from "./records/channel.ts";
import type { Device } from "./records/device.ts";
import type { Endpoint } from "./records/endpoint.ts";
import type { Extension } from "./records/extension.ts";
import type { Figures, FiguresOptions } from "./figures/figures.ts";
import { PbxState } from "./state/pbx_state.ts";
import type { Queue } from "./records/queue.ts";
import { FollowUps } from "./sync/follow_ups.ts";
import { SilenceWatch } from "./sync/silence.ts";
import { type LiveState, Synchronizer } from "./sync/synchronizer.ts";

export type { Bridge, BridgeChanges } from "./records/bridge.ts";
export type { Call, CallChanges, CallState } from "./records/call.ts";
export type { CallLeg, LegOutcome } from "./records/call_leg.ts";
export type {
  CallRecord,
  MergedCall,
  RecordedConference,
  RecordedHold,
  RecordedParking,
  RecordedTalk,
  RecordGap,
  Recording,
  Stretch,
  UnreachedDial,
  VoicemailVisit,
} from "./records/call_record.ts";
export type {
  AgentMinute,
  AgentPeriod,
  AgentReport,
  PauseFigures,
} from "./figures/agent_report.ts";
export type { AgentTimes } from "./figures/agent_clock.ts";
export type {
  Figures,
  FiguresChanges,
  FiguresOptions,
  FiguresReport,
} from "./figures/figures.ts";
export type { MissedTime } from "./figures/missed_times.ts";
export type {
  QueueMinute,
  QueuePeriod,
  QueueReport,
} from "./figures/queue_report.ts";
export type { SpanFigures } from "./figures/span.ts";
export type { CallTimes } from "./records/call_times.ts";
export type { CallDirection } from "./records/direction.ts";
export type { Disposition } from "./records/disposition.ts";
export type { EndedBy, EndedCallRecord } from "./records/ended_record.ts";
export type {
  QueueVisit,
  RungMember,
  VisitOutcome,
} from "./records/queue_visit.ts";
export type { Transfer } from "./records/transfer.ts";
export type {
  Change,
  ChangeDetails,
  ChangeEventMap,
  ChangeFields,
  ChangeType,
  SnapshotKind,
  SnapshotReason,
  SyncChanges,
} from "./change.ts";
export type { ChangeOf } from "./records/change_of.ts";
export type {
  Channel,
  ChannelChanges,
  ChannelState,
  Parking,
} from "./records/channel.ts";
export type { Device, DeviceChanges, DeviceState } from "./records/device.ts";
export type { Endpoint, EndpointChanges } from "./records/endpoint.ts";
export type { Extension, ExtensionChanges } from "./records/extension.ts";
export type { Queue, QueueChanges, QueueFigures } from "./records/queue.ts";
export type { LeaveReason, QueueCaller } from "./records/queue_caller.ts";
export type { QueueMember } from "./records/queue_member.ts";
export type { Talk } from "./records/talk.ts";
export type { EventClass } from "./state/event_classes.ts";
export { MissingEventsError } from "./sync/missing_events_error.ts";
export type { LiveState };

/** A PBX that has been up for longer than this had booted before it was asked (seconds). */
const BOOT_TIME = 60;

/** Options of {@linkcode LivePbx.start}. */
export interface LivePbxOptions {
  /**
   * Follows `Newexten`, so that `application`, `context`, `exten` and
   * `priority` of each channel are current. It makes up more than half of all
   * events of a busy PBX, and its class `dialplan` needs to be granted.
   *
   * @default {false}
   */
  dialplan?: boolean;
  /**
   * The kinds of which no snapshot is taken. Their events are followed all the
   * same; after a gap they start from nothing.
   *
   * @default {[]}
   */
  without?: readonly SnapshotKind[];
  /**
   * Interval of the snapshots of what no event has reported yet, to find
   * out whether the user may read the events (milliseconds). This ends with the
   * first event of each class (`call`, `agent`, `system`, and `dialplan` if it
   * is followed), which costs a list now and then on a PBX where nothing
   * happens. Where something happens and no event arrives, the state is
   * `"polling"` and the snapshots go on. `Infinity` takes none.
   *
   * @default {10_000}
   */
  checkInterval?: number;
  /**
   * The devices that are trunks, such as `PJSIP/provider`, or a function that
   * tells them from phones. They decide the `direction` in the records of
   * calls.
   *
   * @default {undefined} No direction is reported.
   */
  trunks?: readonly string[] | ((device: string) => boolean);
  /**
   * The rules by which figures are counted, and those saved before a restart.
   *
   * @default {{}}
   */
  figures?: FiguresOptions;
  /** Ends the wait for the snapshots. */
  signal?: AbortSignal | undefined;
}

/** Options of {@linkcode LivePbx.changes}. */
export interface ChangesOptions {
  /** Ends the iterator with its reason. */
  signal?: AbortSignal | undefined;
  /**
   * The most changes that can wait to be read.
   *
   * @default {10_000}
   */
  maxQueue?: number;
  /**
   * The treatment of more: `"error"` ends the iterator with an
   * `AmiLimitError`, `"drop-oldest"` drops the oldest change.
   *
   * @default {"error"}
   */
  overflow?: Overflow;
}

/** The events of {@linkcode LivePbx}: the changes by their names. */
export interface LivePbxEventMap extends ChangeEventMap {
  /** A listener threw. */
  error: ErrorEvent;
  /** It was stopped, or there will be no further connection. */
  stop: Event;
}

/**
 * The live state of the PBX.
 *
 * The maps are views that are always current; the records in them are never
 * changed, they are replaced. Each change is emitted: by `changes()`, and as an
 * event of its name.
 *
 * When a lost connection has been restored, new snapshots are taken, and what
 * differs from before is emitted as changes.
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
 *   console.log(`${member.name} is paused: ${member.pausedReason}`);
 * });
 * console.log(pbx.calls.size, pbx.queues.get("support")?.callers.length);
 * ```
 */
export class LivePbx extends LifecycleTarget<LivePbxEventMap>
  implements Disposable {
  readonly #dami: AmiClient;
  readonly #guard: UserCodeGuard;
  readonly #state: PbxState;
  readonly #synchronizer: Synchronizer;
  readonly #followUps: FollowUps;
  readonly #silence: SilenceWatch;
  readonly #streams = new EventStreams<Change>();
  /** Nothing is emitted before the first snapshots are there. */
  #isEmitting = false;

  private constructor(dami: AmiClient, options: LivePbxOptions) {
    super((error, event) => this.#guard.reportListener(error, event));
    this.#guard = new UserCodeGuard(this, undefined);
    this.#dami = dami;
    const state = new PbxState({
      dialplan: options.dialplan ?? false,
      onStaleQueue: (queue) => this.#followUps.addQueue(queue),
      onLeft: (caller) => void this.#followUps.addLeft(caller),
      onSeveralCalls: (bridge) => this.#followUps.addMerger(bridge),
      isTrunk: isTrunkOf(options.trunks),
      figures: options.figures,
    });
    const without = new Set(options.without);
    const emit = (changes: readonly Change[]) => this.#emit(changes);
    this.#state = state;
    this.#synchronizer = new Synchronizer({
      dami,
      state,
      without,
      emit,
      onFailure: (error) =>
        this.#guard.report(error, "The snapshots could not be taken"),
    });
    const synchronizer = this.#synchronizer;
    this.#followUps = new FollowUps({
      dami,
      state,
      synchronizer,
      without,
      emit,
    });
    this.#silence = new SilenceWatch({
      dami,
      state,
      synchronizer,
      without,
      emit,
      interval: checkedInterval(options.checkInterval ?? 10_000),
    });
    this.#listen();
  }

  /**
   * Takes the snapshots, and keeps the state up to date from then on. It calls
   * `listen()`, as it needs the events; the connection remains that of the
   * program.
   *
   * A snapshot that the PBX refuses is left out, and reported by
   * {@linkcode LivePbx.problems}.
   *
   * @param dami A client that is logged in.
   * @param options What to follow.
   * @returns The live state.
   * @throws {AmiClosedError | AmiConnectionError} If there is no connection, or it is lost meanwhile.
   * @throws {AmiVersionError} If the PBX is Asterisk 11 or older.
   * @throws {TypeError | RangeError} If an option is wrong.
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
   * console.log(pbx.problems.size === 0 ? "complete" : [...pbx.problems]);
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
      // Events that were held until now are delivered by a timer. They are
      // older than the snapshots, and must not follow them.
      await new Promise((resolve) => setTimeout(resolve, 0));
      await pbx.#synchronizer.sync({ signal: options.signal });
      pbx.#isEmitting = true;
      pbx.#silence.start();
      return pbx;
    } catch (error) {
      pbx.stop();
      throw error;
    }
  }

  /**
   * Reports whether the maps are up to date.
   *
   * @returns The state.
   */
  get state(): LiveState {
    return this.#synchronizer.state;
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
   * The extensions with a hint, by `exten@context`.
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
   * The figures of queues and agents: today, in each of the last 60 minutes,
   * and since the start.
   *
   * @returns The figures.
   */
  get figures(): Figures {
    return this.#state.figures;
  }

  /**
   * The snapshots that failed the last time, or that stand in for events that
   * do not come, and why.
   *
   * @returns A view.
   */
  get problems(): ReadonlyMap<SnapshotKind, Error> {
    return this.#synchronizer.problems;
  }

  /**
   * Returns the changes from this call on. A slow reader holds nothing up: the
   * changes wait in a bounded queue. The iterator ends when this is stopped.
   *
   * @param options Its bounds.
   * @returns The changes, to be read with `for await`.
   * @throws {AmiClosedError} If it is stopped already; the message says by what.
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
    if (this.state === "stopped") throw this.#synchronizer.stopped.reason;
    const stream = this.#streams.open({ maxQueue, overflow, signal });
    return stream;
  }

  /**
   * Takes all snapshots again, and reports what differs. After a `Reload` of
   * the PBX that happens by itself.
   *
   * @returns Resolves when the maps are up to date.
   * @throws {AmiClosedError | AmiConnectionError} If the connection is lost meanwhile.
   */
  async refresh(): Promise<void> {
    await this.#synchronizer.resync("refresh");
  }

  /**
   * Ends it: the listeners are removed, the iterators end. What was last known
   * can still be read. May be called again.
   */
  stop(): void {
    this.#end("The live PBX was stopped by stop()");
  }

  /** Does the same as {@linkcode LivePbx.stop}. */
  [Symbol.dispose](): void {
    this.#end("The live PBX was stopped as its variable went out of scope");
  }

  #end(message: string): void {
    if (this.state === "stopped") return;
    this.#synchronizer.stop(new AmiClosedError(message));
    this.#followUps.stop();
    this.#streams.end();
    this.dispatchEvent(new Event("stop"));
  }

  #listen(): void {
    const { stopped: signal } = this.#synchronizer;
    for (const name of this.#state.events) {
      this.#dami.on(
        name,
        (event) => this.#emit(this.#state.apply(name, event)),
        { signal },
      );
    }
    this.#dami.on("FullyBooted", (event) => {
      this.#state.classes.hear(event);
      this.#onBooted(event.Uptime);
    }, { signal });
    this.#dami.on("Reload", (event) => {
      this.#state.classes.hear(event);
      this.#followUps.addReload();
    }, { signal });
    this.#dami.addEventListener(
      "disconnect",
      ({ detail }) => {
        this.#followUps.clear();
        this.#synchronizer.lose(detail.error);
      },
      { signal },
    );
    this.#dami.addEventListener(
      "gap",
      ({ detail: { from } }) => {
        this.#state.miss(from.getTime());
        void this.#synchronizer.catchUp("gap");
      },
      { signal },
    );
    this.#dami.addEventListener(
      "close",
      () => this.#end("The live PBX was stopped as its client was closed"),
      { signal },
    );
  }

  /**
   * Asterisk accepts logins before it has loaded everything, and announces when
   * it has; clients that log in later get the event at once (main/manager.c).
   */
  #onBooted(uptime: string | number | undefined): void {
    if (this.#synchronizer.isCurrent) void this.#synchronizer.catchUp("boot");
    else if (!(Number(uptime) > BOOT_TIME)) this.#synchronizer.expectLater();
  }

  #emit(changes: readonly Change[]): void {
    if (!this.#isEmitting) return;
    for (const change of changes) {
      this.#streams.push(change);
      const { type } = change;
      if (!this.isHeard(type)) continue;
      this.dispatchEvent(new CustomEvent(type, { detail: change }));
    }
  }
}

/** Returns a valid interval: timers take no more than 2³¹ - 1 ms. */
function checkedInterval(interval: number): number {
  if (typeof interval !== "number") {
    throw new TypeError(
      `Cannot use option 'checkInterval' as it must be a number: current value is ${interval}`,
    );
  }
  if (interval === Infinity || (interval >= 1 && interval < 2 ** 31)) {
    return interval;
  }
  throw new RangeError(
    `Cannot use option 'checkInterval' as it must be from 1 to 2147483647, or Infinity: current value is ${interval}`,
  );
}

/** Returns the function that tells trunks from phones; `undefined` if they are not named. */
function isTrunkOf(
  trunks: LivePbxOptions["trunks"],
): ((device: string) => boolean) | undefined {
  if (trunks === undefined || typeof trunks === "function") return trunks;
  if (!Array.isArray(trunks)) {
    throw new TypeError(
      `Cannot use option 'trunks' as it must be an array of devices, or a function: current value is ${trunks}`,
    );
  }
  const devices = new Set(trunks);
  return (device) => devices.has(device);
}
