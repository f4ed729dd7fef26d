import type { DAMIData } from "../../data.ts";
import type { Change, SnapshotKind } from "../change.ts";
import { FigureRecorder } from "../figures/figure_recorder.ts";
import type { Figures, FiguresOptions } from "../figures/figures.ts";
import {
  type Device,
  DEVICE_EVENT,
  deviceChange,
  reduceDevice,
} from "../records/device.ts";
import {
  type Endpoint,
  ENDPOINT_EVENTS,
  endpointChange,
  endpointName,
  endpointOf,
  listedName,
  reduceEndpoint,
} from "../records/endpoint.ts";
import {
  type Extension,
  EXTENSION_EVENT,
  extensionChange,
  extensionKey,
  reduceExtension,
} from "../records/extension.ts";
import type { IsTrunk } from "../records/direction.ts";
import { text, timeOf } from "../records/fields.ts";
import { queuesOf } from "../records/queue.ts";
import type { QueueCaller } from "../records/queue_caller.ts";
import { Texts } from "../records/texts.ts";
import { EventClasses } from "./event_classes.ts";
import {
  type Handlers,
  joinHandlers,
  NO_CHANGES,
  observed,
} from "./handler.ts";
import { type Interval, type IntervalEvent, Intervals } from "./interval.ts";
import { waitLimit } from "./leave.ts";
import { lineStatus } from "./line_status.ts";
import { QueueRecorder } from "./queue_recorder.ts";
import { QueueState, SHOWN_BY_QUEUES } from "./queue_state.ts";
import { RecordStore } from "./record_store.ts";
import { Switchboard } from "./switchboard.ts";

/** The items of the lists; `undefined` stands for a list that could not be read. */
export interface Snapshots {
  /** `CoreShowChannels` or `Status`. */
  readonly channels?: readonly DAMIData[] | undefined;
  /** `ParkedCalls`. */
  readonly parking?: readonly DAMIData[] | undefined;
  /** `BridgeList`. */
  readonly bridges?: readonly DAMIData[] | undefined;
  /** `QueueStatus`. */
  readonly queues?: readonly DAMIData[] | undefined;
  /** `DeviceStateList`. */
  readonly devices?: readonly DAMIData[] | undefined;
  /** `ExtensionStateList`. */
  readonly extensions?: readonly DAMIData[] | undefined;
  /** `PJSIPShowEndpoints`, `SIPpeers` and `IAXpeerlist`. */
  readonly endpoints?: readonly DAMIData[] | undefined;
}

/** The parts of which events are missing. */
export interface Missing {
  /** Those of channels, bridges and calls. */
  readonly calls: boolean;
  /** Those of queues. */
  readonly queues: boolean;
}

/** Options of {@linkcode PbxState}. */
export interface PbxStateOptions {
  /** `true` to follow `Newexten`. */
  readonly dialplan: boolean;
  /** Takes the name of a queue to be read again. */
  readonly onStaleQueue: (queue: string) => void;
  /** Takes a caller who left a queue for a reason that no event holds. */
  readonly onLeft: (caller: QueueCaller) => void;
  /** Takes the id of a bridge whose channels are not known to be of one call. */
  readonly onSeveralCalls: (bridge: string) => void;
  /** Tells trunks from phones. */
  readonly isTrunk?: IsTrunk | undefined;
  /** The rules by which figures are counted. */
  readonly figures?: FiguresOptions | undefined;
}

/** The state of the PBX as events and snapshots report it, wherever they come from. */
export class PbxState {
  readonly #switchboard: Switchboard;
  readonly #queues: QueueState;
  readonly #visits: QueueRecorder;
  readonly #figures: FigureRecorder;
  readonly #devices = new RecordStore<Device>({
    events: [DEVICE_EVENT],
    keyOf: ({ Device }) => text(Device),
    reduce: reduceDevice,
    change: deviceChange,
  });
  readonly #extensions = new RecordStore<Extension>({
    events: [EXTENSION_EVENT],
    keyOf: extensionKey,
    reduce: reduceExtension,
    change: extensionChange,
  });
  readonly #endpoints = new RecordStore<Endpoint>({
    events: ENDPOINT_EVENTS,
    keyOf: endpointName,
    reduce: reduceEndpoint,
    keyOfItem: listedName,
    reduceItem: (previous, item, context) =>
      endpointOf(item, previous, context),
    change: endpointChange,
  });
  readonly #texts = new Texts();
  readonly #handlers: Handlers;
  readonly #classes: EventClasses;
  readonly #intervals = new Intervals();
  /** The names of the events of what each snapshot shows. */
  readonly #shown: ReadonlyMap<SnapshotKind, readonly string[]>;
  /** The time at which the queues were last known (milliseconds since 1970). */
  #queuesKnownAt: number | undefined;
  /** The time of the last event, by the clock of the PBX (milliseconds since 1970). */
  #lastEventAt = -Infinity;
  readonly #onSeveralCalls: (bridge: string) => void;

  /** @param options What is followed, and what takes what has to be asked for. */
  constructor(options: PbxStateOptions) {
    const { dialplan, onStaleQueue, onLeft, onSeveralCalls, isTrunk } = options;
    const { figures = {} } = options;
    this.#switchboard = new Switchboard(
      (uniqueid) => this.#queues.isWaiting(uniqueid),
      isTrunk,
    );
    const { recorder } = this.#switchboard;
    this.#visits = new QueueRecorder(recorder);
    this.#onSeveralCalls = onSeveralCalls;
    this.#classes = new EventClasses(
      dialplan
        ? ["call", "agent", "system", "dialplan"]
        : ["call", "agent", "system"],
    );
    this.#queues = new QueueState({
      onStale: onStaleQueue,
      onLeft,
      statusOf: (uniqueid) => lineStatus(this.#switchboard, uniqueid),
      limitOf: ({ uniqueid, queue }) =>
        waitLimit(this.#switchboard.channels.get(uniqueid), queue),
    });
    this.#figures = new FigureRecorder({
      options: figures,
      recordOf: (uniqueid) => recorder.find(uniqueid),
      queues: this.#queues.queues,
    });
    const channels = this.#switchboard.handlers(dialplan);
    const devices = this.#devices.handlers();
    const extensions = this.#extensions.handlers();
    const endpoints = this.#endpoints.handlers();
    const ofChannels = [...channels.keys()];
    this.#shown = new Map<SnapshotKind, readonly string[]>([
      ["channels", ofChannels],
      ["parking", ofChannels],
      ["bridges", ofChannels],
      ["queues", SHOWN_BY_QUEUES],
      ["devices", [...devices.keys()]],
      ["extensions", [...extensions.keys()]],
      ["endpoints", [...endpoints.keys()]],
    ]);
    this.#handlers = joinHandlers(
      observed(
        this.#queues.handlers(),
        (changes) => this.#observeQueues(changes),
      ),
      this.#visits.handlers(),
      this.#figures.handlers(),
      channels,
      devices,
      extensions,
      endpoints,
    );
  }

  /** The channels, bridges and calls. */
  get switchboard(): Switchboard {
    return this.#switchboard;
  }

  /** The queues. */
  get queues(): QueueState {
    return this.#queues;
  }

  /** The devices. */
  get devices(): ReadonlyMap<string, Device> {
    return this.#devices.records;
  }

  /** The extensions. */
  get extensions(): ReadonlyMap<string, Extension> {
    return this.#extensions.records;
  }

  /** The endpoints. */
  get endpoints(): ReadonlyMap<string, Endpoint> {
    return this.#endpoints.records;
  }

  /** The figures of queues and agents. */
  get figures(): Figures {
    return this.#figures.figures;
  }

  /** The classes of the events. */
  get classes(): EventClasses {
    return this.#classes;
  }

  /** The names of the events that it takes. */
  get events(): string[] {
    return [...this.#handlers.keys()];
  }

  /**
   * Applies an event.
   *
   * @param name Its name, one of {@linkcode PbxState.events}.
   * @param event The event.
   * @returns The changes.
   */
  apply(name: string, event: DAMIData): readonly Change[] {
    this.#classes.hear(event);
    const at = timeOf(event);
    this.#lastEventAt = at;
    if (!this.#intervals.isIdle) this.#intervals.add(name, event, at);
    const handle = this.#handlers.get(name);
    if (handle === undefined) return NO_CHANGES;
    const changes = handle(event, { at, texts: this.#texts });
    if (name === "BridgeEnter") {
      const bridge = text(event.BridgeUniqueid);
      if (this.#switchboard.isOfSeveralCalls(bridge)) {
        this.#onSeveralCalls(bridge);
      }
    }
    return this.#withFigures(changes, at);
  }

  #observeQueues(changes: readonly Change[]): void {
    this.#visits.observe(changes);
    this.#figures.observe(changes);
  }

  #withFigures(changes: readonly Change[], at: number): readonly Change[] {
    const counted = this.#figures.takeChanges(at);
    return counted.length === 0 ? changes : [...changes, ...counted];
  }

  /**
   * Keeps the events from here on, to be applied to snapshots.
   *
   * @param except The kinds of which no snapshot is taken.
   */
  record(except: ReadonlySet<SnapshotKind> = new Set()): Interval {
    const names = new Set<string>();
    for (const [kind, events] of this.#shown) {
      if (except.has(kind)) continue;
      for (const name of events) names.add(name);
    }
    return this.#intervals.open(names);
  }

  /** Keeps the events that the list of a queue shows from here on, to be applied to it. */
  recordQueues(): Interval {
    return this.#intervals.open(new Set(SHOWN_BY_QUEUES));
  }

  /**
   * Adopts the snapshots of everything.
   *
   * @param snapshots The snapshots.
   * @param events The events that came while they were under way.
   * @param isStale Whether events were missed: then records without a snapshot are dropped.
   * @param missing The parts of which events are missing, although what was known is still good for something.
   * @returns The differences from before.
   */
  sync(
    snapshots: Snapshots,
    events: readonly IntervalEvent[],
    isStale: boolean,
    missing: Missing = { calls: isStale, queues: isStale },
  ): readonly Change[] {
    const context = { at: Date.now(), texts: this.#texts };
    const { channels, parking, bridges, queues } = snapshots;
    // Where no event was missed, what events have reported is better than nothing.
    const isReplaced = (items: readonly DAMIData[] | undefined) =>
      isStale || items !== undefined;
    const parts: (readonly Change[])[] = [];
    if (isReplaced(channels)) {
      const snapshot = { channels, parking, bridges };
      parts.push(
        this.#switchboard.sync(snapshot, events, context, missing.calls),
      );
    }
    if (isReplaced(queues)) {
      const snapshots = queuesOf(queues ?? []);
      const missedSince = missing.queues ? this.#queuesKnownAt : undefined;
      const part = { missedSince };
      const changes = this.#queues.sync(snapshots, events, context, part);
      this.#queuesKnownAt = context.at;
      this.#figures.adopt(context.at, missing.queues);
      this.#observeQueues(changes);
      if (missing.queues) this.#figures.findTalks(context.at);
      parts.push(changes);
    }
    const { devices, extensions, endpoints } = snapshots;
    if (isReplaced(devices)) {
      parts.push(this.#devices.sync(devices ?? [], events, context));
    }
    if (isReplaced(extensions)) {
      parts.push(this.#extensions.sync(extensions ?? [], events, context));
    }
    if (isReplaced(endpoints)) {
      parts.push(this.#endpoints.sync(endpoints ?? [], events, context));
    }
    return this.#withFigures(parts.flat(), context.at);
  }

  /**
   * Adopts the snapshot of one queue.
   *
   * @param queue Its name.
   * @param items The items of `QueueStatus`.
   * @param events The events that came while it was under way.
   * @returns The differences from before.
   */
  syncQueue(
    queue: string,
    items: readonly DAMIData[],
    events: readonly IntervalEvent[],
  ): readonly Change[] {
    const context = { at: Date.now(), texts: this.#texts };
    const snapshots = queuesOf(items);
    const changes = this.#queues.sync(snapshots, events, context, {
      only: queue,
    });
    this.#observeQueues(changes);
    return this.#withFigures(changes, context.at);
  }

  /**
   * Reports a caller whose reason to leave was asked for.
   *
   * @param caller The caller.
   * @param status The variable `QUEUESTATUS` of the channel; `undefined` if it could not be read.
   * @param isStillThere Whether the channel would have been reported if it were gone.
   * @returns The change; none if an event has reported the reason meanwhile.
   */
  resolveLeave(
    caller: QueueCaller,
    status: string | undefined,
    isStillThere = false,
  ): readonly Change[] {
    const changes = this.#queues.resolveLeave(caller, status, isStillThere);
    this.#observeQueues(changes);
    return this.#withFigures(changes, Date.now());
  }

  /**
   * Notes that the events of a time were missed.
   *
   * @param from Its beginning (milliseconds since 1970).
   */
  miss(from: number): void {
    // The clock of the PBX may be ahead of this one: no record ends before its last event.
    this.#switchboard.recorder.miss(Math.max(from, this.#lastEventAt));
    this.#queuesKnownAt = from;
    this.#figures.miss(from);
  }
}
