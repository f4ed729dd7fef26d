import { delay } from "@std/async/delay";
import type { Change, SnapshotKind } from "../change.ts";
import type { EventClass } from "../state/event_classes.ts";
import type { PbxState } from "../state/pbx_state.ts";
import { type Asked, takeSnapshots } from "./snapshots.ts";
import type { Synchronizer } from "./synchronizer.ts";

/** Time that an event reporting a difference may take (milliseconds). */
const GRACE = 1_000;

/** A part of the state that only the events of one class report. */
interface Subject {
  /** The snapshots of that part. */
  readonly kinds: readonly SnapshotKind[];
  /** Reports whether an event would have reported a change. */
  readonly isReported: (change: Change) => boolean;
}

const SUBJECTS: Readonly<Record<EventClass, Subject>> = {
  call: {
    kinds: ["channels", "parking", "bridges", "devices", "extensions"],
    isReported: ({ type }) =>
      type === "channel-started" || type === "channel-ended",
  },
  agent: {
    kinds: ["queues"],
    isReported: ({ type }) =>
      type === "caller-joined" || type === "caller-left" ||
      type === "member-paused" || type === "member-unpaused" ||
      type === "member-state-changed",
  },
  system: {
    kinds: ["endpoints"],
    isReported: (change) =>
      change.type === "endpoint-changed" && change.before !== undefined &&
      change.before.contacts.join() !== change.endpoint.contacts.join(),
  },
  dialplan: {
    kinds: ["channels"],
    isReported: (change) =>
      change.type === "channel-changed" &&
      change.before.application !== change.channel.application,
  },
};

const KINDS: readonly SnapshotKind[] = Object.values(SUBJECTS).flatMap((
  { kinds },
) => kinds);

/** Options of {@linkcode SilenceWatch}. */
export interface SilenceWatchOptions {
  /** The PBX. */
  readonly dami: Asked;
  /** Adopts the snapshots. */
  readonly state: PbxState;
  /** Knows what is up to date. */
  readonly synchronizer: Synchronizer;
  /** The kinds of which no snapshot is taken. */
  readonly without: ReadonlySet<SnapshotKind>;
  /** Takes the changes. */
  readonly emit: (changes: readonly Change[]) => void;
  /** The time between two looks (milliseconds). */
  readonly interval: number;
}

/**
 * Finds classes of events that do not arrive, as the user may not read them: as
 * long as no event of a class has come, snapshots are taken at an interval. A
 * difference that no event reports shows that none will. From then on the state
 * is kept by these snapshots alone.
 */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param options The PBX, and what takes its answers. */
  constructor(options: SilenceWatchOptions) {
    this.#options = options;
  }

  /** Begins, until the synchronizer is stopped. */
  start(): void {
    const { interval, synchronizer: { stopped } } = this.#options;
    if (interval === Infinity) return;
    stopped.addEventListener("abort", () => clearTimeout(this.#timer));
    this.#wait();
  }

  #wait(): void {
    const { interval, synchronizer } = this.#options;
    if (synchronizer.stopped.aborted) return;
    this.#timer = setTimeout(() => void this.#look(), interval);
  }

  /** Looks once, and waits for the next time. Never rejects. */
  async #look(): Promise<void> {
    const { state, synchronizer } = this.#options;
    try {
      for (const each of synchronizer.silentClasses) {
        if (!state.classes.unheard.has(each)) synchronizer.endSilence(each);
      }
      if (synchronizer.isCurrent && !synchronizer.isBusy) {
        await this.#compare();
      }
    } catch {
      // The connection is lost: the snapshots after the gap will show.
    } finally {
      this.#wait();
    }
  }

  async #compare(): Promise<void> {
    const { dami, state, synchronizer, without, emit } = this.#options;
    const { unheard } = state.classes;
    const asked = new Set(
      [...unheard].flatMap((each) => SUBJECTS[each].kinds),
    );
    const except = new Set(without);
    for (const kind of KINDS) if (!asked.has(kind)) except.add(kind);
    if (KINDS.every((kind) => except.has(kind))) return;
    using interval = state.record(except);
    const snapshots = await takeSnapshots(dami, {
      except,
      signal: synchronizer.stopped,
      // It is a problem of all snapshots already.
      onProblem: () => {},
    });
    // A round of all snapshots is newer.
    if (!synchronizer.isCurrent || synchronizer.isBusy) return;
    // There will be another look.
    if (interval.hasOverflowed) return;
    const { silentClasses } = synchronizer;
    const changes = state.sync(snapshots, interval.events, false, {
      calls: silentClasses.includes("call"),
      queues: silentClasses.includes("agent"),
    });
    emit(changes);
    const suspects = [...unheard].filter((each) =>
      changes.some(SUBJECTS[each].isReported)
    );
    if (suspects.length === 0) return;
    await delay(GRACE, { signal: synchronizer.stopped });
    if (!synchronizer.isCurrent) return;
    for (const each of suspects) {
      if (!unheard.has(each)) continue;
      synchronizer.beginSilence(each, SUBJECTS[each].kinds);
    }
  }
}
