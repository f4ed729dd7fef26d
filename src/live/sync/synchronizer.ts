import { AmiClosedError, type AmiConnectionError } from "../../errors.ts";
import type { Change, SnapshotKind, SnapshotReason } from "../change.ts";
import type { EventClass } from "../state/event_classes.ts";
import type { PbxState } from "../state/pbx_state.ts";
import { MissingEventsError } from "./missing_events_error.ts";
import { requireFollowable } from "./required_version.ts";
import { type Asked, takeSnapshots } from "./snapshots.ts";

/**
 * The state of a {@linkcode LivePbx}.
 *
 * - `"live"`: the maps are up to date.
 * - `"polling"`: events of a class do not come, as the user may not read it or
 *   a filter drops them. The maps are read again at the interval of the option
 *   `checkInterval`; `problems` holds which, and what to do.
 * - `"stale"`: the connection is lost; the maps show what was last known.
 * - `"syncing"`: snapshots are being taken.
 * - `"stopped"`: the maps show what was last known, for ever.
 */
export type LiveState = "live" | "polling" | "stale" | "syncing" | "stopped";

/** Options of {@linkcode Synchronizer}. */
export interface SynchronizerOptions {
  /** The PBX. */
  readonly dami: Asked;
  /** Adopts the snapshots. */
  readonly state: PbxState;
  /** The kinds of which no snapshot is taken. */
  readonly without: ReadonlySet<SnapshotKind>;
  /** Takes the changes. */
  readonly emit: (changes: readonly Change[]) => void;
  /** Takes an error that nobody waits for. */
  readonly onFailure: (error: unknown) => void;
}

/** Options of {@linkcode Synchronizer.sync}. */
export interface SyncOptions {
  /** The reason; `undefined` for the first snapshots. */
  readonly reason?: SnapshotReason | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/** Snapshots that are being taken. */
interface Round {
  /** Gives them up. */
  readonly controller: AbortController;
  /** Resolves when they are adopted. */
  readonly done: Promise<void>;
}

/** Takes the snapshots of everything, and keeps track of whether the state is up to date. */
export class Synchronizer {
  readonly #options: SynchronizerOptions;
  readonly #problems = new Map<SnapshotKind, Error>();
  /** The classes whose events do not arrive, with the problem of each. */
  readonly #silent = new Map<EventClass, ReadonlyMap<SnapshotKind, Error>>();
  readonly #stopping = new AbortController();
  #state: Exclude<LiveState, "polling"> = "syncing";
  #round: Round | undefined;
  /** `true` if the current snapshots began before the latest request for them, or before the PBX had booted. */
  #isTooEarly = false;

  /** @param options The PBX, and what takes the snapshots. */
  constructor(options: SynchronizerOptions) {
    this.#options = options;
  }

  /** The state. */
  get state(): LiveState {
    return this.isCurrent && this.#silent.size > 0 ? "polling" : this.#state;
  }

  /** Reports whether the state is kept up to date, by events or by polling. */
  get isCurrent(): boolean {
    return this.#state === "live";
  }

  /** The classes whose events do not arrive. */
  get silentClasses(): EventClass[] {
    return [...this.#silent.keys()];
  }

  /**
   * Notes that the events of a class do not arrive.
   *
   * @param silent The class.
   * @param kinds The snapshots that replace them.
   */
  beginSilence(silent: EventClass, kinds: readonly SnapshotKind[]): void {
    if (this.#silent.has(silent)) return;
    const error = new MissingEventsError(silent);
    const followed = kinds.filter((kind) => !this.#options.without.has(kind));
    this.#silent.set(silent, new Map(followed.map((kind) => [kind, error])));
    for (const kind of followed) this.addProblem(kind, error);
  }

  /**
   * Notes that the events of a class arrive after all.
   *
   * @param heard The class.
   */
  endSilence(heard: EventClass): void {
    const problems = this.#silent.get(heard) ?? [];
    this.#silent.delete(heard);
    for (const [kind, error] of problems) {
      if (this.#problems.get(kind) === error) this.#problems.delete(kind);
    }
  }

  /** Reports whether snapshots of everything are being taken. */
  get isBusy(): boolean {
    return this.#round !== undefined;
  }

  /** The snapshots that failed the last time, and why. */
  get problems(): ReadonlyMap<SnapshotKind, Error> {
    return this.#problems;
  }

  /** Aborted when this is stopped. */
  get stopped(): AbortSignal {
    return this.#stopping.signal;
  }

  /**
   * Ends it.
   *
   * @param reason The error for callers that wait.
   */
  stop(reason: AmiClosedError): void {
    this.#state = "stopped";
    this.#stopping.abort(reason);
  }

  /**
   * Gives up the current snapshots: their connection is lost.
   *
   * @param error How it was lost; `undefined` if the program closed it.
   */
  lose(error: AmiConnectionError | undefined): void {
    this.#round?.controller.abort(
      error ?? new AmiClosedError("The connection was closed by this program"),
    );
    this.#state = "stale";
    // Another session may have other rights.
    this.#silent.clear();
    this.#options.state.classes.reset();
    this.#options.emit([{ type: "stale", at: Date.now() }]);
  }

  /** Requests another round of snapshots: they began before the PBX had booted. */
  expectLater(): void {
    this.#isTooEarly = true;
  }

  /**
   * Records a snapshot that failed.
   *
   * @param snapshot Its subject.
   * @param error The reason.
   */
  addProblem(snapshot: SnapshotKind, error: Error): void {
    this.#problems.set(snapshot, error);
    this.#options.emit([{ type: "problem", at: Date.now(), snapshot, error }]);
  }

  /**
   * Takes new snapshots that nobody waits for. Never rejects.
   *
   * @param reason The reason.
   */
  async catchUp(reason: SnapshotReason): Promise<void> {
    try {
      await this.resync(reason);
    } catch (error) {
      // A connection that is lost again will have another gap.
      if (this.#state !== "syncing") return;
      this.#options.onFailure(error);
    }
  }

  /**
   * Takes new snapshots, and emits where they begin and end.
   *
   * @param reason The reason.
   */
  async resync(reason: SnapshotReason): Promise<void> {
    const { emit } = this.#options;
    emit([{ type: "snapshot-begin", at: Date.now(), reason }]);
    await this.sync({ reason });
    emit([{ type: "snapshot-end", at: Date.now(), reason }]);
  }

  /**
   * Takes all snapshots and adopts them. A caller that asks meanwhile shares
   * the next round with others.
   *
   * @param options The reason, and the signal that ends the wait.
   */
  async sync({ reason, signal }: SyncOptions = {}): Promise<void> {
    // Those of a connection that was lost are of no use any more.
    while (this.#round?.controller.signal.aborted) {
      await this.#round.done.catch(() => {});
    }
    this.stopped.throwIfAborted();
    if (this.#round !== undefined) {
      this.#isTooEarly = true;
      return await this.#round.done;
    }
    if (isStale(reason)) this.#state = "syncing";
    const controller = new AbortController();
    const signals = [controller.signal, this.stopped];
    if (signal !== undefined) signals.push(signal);
    const done = this.#syncUntilLate(AbortSignal.any(signals), reason);
    this.#round = { controller, done };
    await done;
  }

  async #syncUntilLate(
    signal: AbortSignal,
    reason: SnapshotReason | undefined,
  ): Promise<void> {
    try {
      do {
        this.#isTooEarly = false;
        await this.#syncOnce(signal, reason);
      } while (this.#isTooEarly);
      this.#state = "live";
    } finally {
      this.#round = undefined;
    }
  }

  async #syncOnce(
    signal: AbortSignal,
    reason: SnapshotReason | undefined,
  ): Promise<void> {
    const { dami, state, without, emit } = this.#options;
    requireFollowable(dami.amiVersion);
    const problems = new Map<SnapshotKind, Error>();
    using interval = state.record(without);
    const snapshots = await takeSnapshots(dami, {
      except: without,
      signal,
      onProblem: (kind, error) => problems.set(kind, error),
    });
    signal.throwIfAborted();
    if (this.#isTooEarly) return;
    if (interval.hasOverflowed) {
      // The events that they waited behind have been applied by now.
      this.#isTooEarly = true;
      if (reason === undefined) return;
      emit([{ type: "snapshot-begin", at: Date.now(), reason }]);
      return;
    }
    this.#problems.clear();
    for (const silent of this.#silent.values()) {
      for (const [kind, error] of silent) this.#problems.set(kind, error);
    }
    for (const [kind, error] of problems) this.addProblem(kind, error);
    emit(state.sync(snapshots, interval.events, isStale(reason)));
  }
}

/** Reports whether events were missed: at the start, and after a gap. */
function isStale(reason: SnapshotReason | undefined): boolean {
  return reason === undefined || reason === "gap";
}
