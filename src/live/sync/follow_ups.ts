import { delay } from "@std/async/delay";
import type { Change, SnapshotKind } from "../change.ts";
import { text } from "../records/fields.ts";
import type { QueueCaller } from "../records/queue_caller.ts";
import type { PbxState } from "../state/pbx_state.ts";
import { type Asked, isRefusal, takeQueue } from "./snapshots.ts";
import type { Synchronizer } from "./synchronizer.ts";

/** Delay before a queue with old figures is read again (milliseconds). */
const QUEUE_DELAY = 250;

/** Delay before calls that share a bridge are read again (milliseconds). */
const MERGE_DELAY = 250;

/** Delay after a reload, as several modules are reloaded at once (milliseconds). */
const RELOAD_DELAY = 250;

/** Delay that gives the variable with the reason of a caller's leaving time to arrive (milliseconds). */
const STATUS_DELAY = 100;

/** Delay that gives the `Hangup` of a channel that is gone time to arrive (milliseconds). */
const HANGUP_DELAY = 1_000;

/** Options of {@linkcode FollowUps}. */
export interface FollowUpsOptions {
  /** The PBX. */
  readonly dami: Asked;
  /** Adopts the answers. */
  readonly state: PbxState;
  /** Takes the snapshots of everything. */
  readonly synchronizer: Synchronizer;
  /** The kinds that are not asked for. */
  readonly without: ReadonlySet<SnapshotKind>;
  /** Takes the changes. */
  readonly emit: (changes: readonly Change[]) => void;
}

/** Asks for what events announce but do not contain: the figures of queues, calls that were merged, why a caller left, new configuration. */
export class FollowUps {
  readonly #options: FollowUpsOptions;
  readonly #staleQueues = new Set<string>();
  /** The bridges in which several calls have met. */
  readonly #mergers = new Set<string>();
  #mergeTimer: ReturnType<typeof setTimeout> | undefined;
  #queueTimer: ReturnType<typeof setTimeout> | undefined;
  #reloadTimer: ReturnType<typeof setTimeout> | undefined;
  #isReadingQueues = false;

  /** @param options The PBX, and what takes its answers. */
  constructor(options: FollowUpsOptions) {
    this.#options = options;
  }

  /** Forgets pending questions: the snapshots after a gap hold it. */
  clear(): void {
    this.#staleQueues.clear();
    this.#mergers.clear();
  }

  /** Ends it. */
  stop(): void {
    this.clear();
    clearTimeout(this.#queueTimer);
    clearTimeout(this.#mergeTimer);
    clearTimeout(this.#reloadTimer);
  }

  /**
   * Requests a new snapshot of calls whose channels share a bridge.
   *
   * @param bridge The bridge.
   */
  addMerger(bridge: string): void {
    const { without, synchronizer } = this.#options;
    if (without.has("channels") || synchronizer.state === "stopped") return;
    this.#mergers.add(bridge);
    this.#mergeTimer ??= setTimeout(() => this.#readMergers(), MERGE_DELAY);
  }

  #readMergers(): void {
    const { state: { switchboard }, synchronizer } = this.#options;
    this.#mergeTimer = undefined;
    const isOpen = [...this.#mergers].some((bridge) =>
      switchboard.isOfSeveralCalls(bridge)
    );
    this.#mergers.clear();
    // Most often an event has reported it meanwhile.
    if (!isOpen || !synchronizer.isCurrent) return;
    void synchronizer.catchUp("refresh");
  }

  /** Requests new snapshots of everything: the configuration was reloaded. */
  addReload(): void {
    const { synchronizer } = this.#options;
    this.#reloadTimer ??= setTimeout(() => {
      this.#reloadTimer = undefined;
      // After a gap, or at the start, it is read in any case.
      if (synchronizer.isCurrent) void synchronizer.catchUp("reload");
    }, RELOAD_DELAY);
  }

  /**
   * Asks why a caller left a queue. Never rejects.
   *
   * @param caller The caller.
   */
  async addLeft(caller: QueueCaller): Promise<void> {
    const { state, synchronizer, emit } = this.#options;
    let status: string | undefined;
    let isStillThere = false;
    try {
      status = await this.#statusOf(caller);
      if (status === "") {
        // It is set after the event (apps/app_queue.c).
        await delay(STATUS_DELAY, { signal: synchronizer.stopped });
        status = await this.#statusOf(caller);
      }
    } catch (error) {
      // The channel is gone, or the user may not ask: the reason follows from
      // the events alone. The one that the channel is gone may be on its way.
      if (isRefusal(error)) {
        await this.#waitForHangup();
        isStillThere = synchronizer.isCurrent;
      }
    }
    if (synchronizer.state === "stopped") return;
    emit(state.resolveLeave(caller, status, isStillThere));
  }

  async #waitForHangup(): Promise<void> {
    const { stopped: signal } = this.#options.synchronizer;
    await delay(HANGUP_DELAY, { signal }).catch(() => {});
  }

  async #statusOf({ channel }: QueueCaller): Promise<string> {
    const { dami, synchronizer } = this.#options;
    const [response] = await dami.to("Getvar", {
      Channel: channel,
      Variable: "QUEUESTATUS",
    }, { signal: synchronizer.stopped });
    return text(response.Value);
  }

  /**
   * Requests a new snapshot of a queue.
   *
   * @param queue Its name.
   */
  addQueue(queue: string): void {
    const { without, synchronizer } = this.#options;
    if (without.has("queues") || synchronizer.state === "stopped") return;
    this.#staleQueues.add(queue);
    // Many calls that end together cause one question.
    this.#queueTimer ??= setTimeout(() => void this.#readQueues(), QUEUE_DELAY);
  }

  /** Reads the queues one after the other. Never rejects. */
  async #readQueues(): Promise<void> {
    this.#queueTimer = undefined;
    if (this.#isReadingQueues) return;
    this.#isReadingQueues = true;
    // A queue that becomes stale during an answer is read in this loop, too.
    for (;;) {
      const [queue] = this.#staleQueues;
      if (queue === undefined) break;
      this.#staleQueues.delete(queue);
      await this.#readQueue(queue);
    }
    this.#isReadingQueues = false;
  }

  async #readQueue(queue: string): Promise<void> {
    const { dami, state, synchronizer, emit } = this.#options;
    using interval = state.recordQueues();
    try {
      const items = await takeQueue(dami, queue, synchronizer.stopped);
      // Snapshots of everything are newer, or will be.
      if (!synchronizer.isCurrent || synchronizer.isBusy) return;
      if (interval.hasOverflowed) this.addQueue(queue);
      else emit(state.syncQueue(queue, items, interval.events));
    } catch (error) {
      // Without a connection there will be a gap, and snapshots after it.
      if (isRefusal(error)) synchronizer.addProblem("queues", error);
    }
  }
}
