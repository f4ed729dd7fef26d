import {
  type Attributes,
  ROOT_CONTEXT,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import type { EventStream } from "../events/event_stream.ts";
import type { EndedCallRecord } from "../live/live_pbx.ts";
import { PBX } from "./attributes.ts";
import { type Phase, phasesOf } from "./call_phases.ts";
import {
  isFleetLive,
  type LiveSource,
  type TelemetryFleetChange,
} from "./sources.ts";

/** Options of {@linkcode CallTraces}. */
export interface CallTracesOptions {
  /** `true` to put numbers, names and channels into the spans. */
  readonly identities: boolean;
}

/** The most changes that may wait: they are read at once, unless the program is busy. */
const MAX_QUEUE = 1_000_000;

/** Makes a trace of each call that has ended, with the times as they were. */
export class CallTraces {
  readonly #tracer: Tracer;
  readonly #options: CallTracesOptions;

  /**
   * @param tracer Makes the spans.
   * @param options The attributes.
   */
  constructor(tracer: Tracer, options: CallTracesOptions) {
    this.#tracer = tracer;
    this.#options = options;
  }

  /**
   * Observes the calls of one PBX, or of a fleet.
   *
   * @param live The live state.
   * @param signal Ends it. Calls that have not ended by then are not reported.
   */
  observe(live: LiveSource, signal: AbortSignal): void {
    if (isFleetLive(live)) {
      const changes = live.changes({
        maxQueue: MAX_QUEUE,
        overflow: "drop-oldest",
      });
      signal.addEventListener("abort", () => void changes.return());
      void this.#read(changes);
    } else {
      live.addEventListener(
        "call-ended",
        ({ detail: { record } }) => this.#report(record, undefined),
        { signal },
      );
    }
  }

  /** Reads the changes of a fleet until they end. Never rejects, as the queue drops excess changes. */
  async #read(changes: EventStream<TelemetryFleetChange>): Promise<void> {
    for await (const change of changes) {
      if (change.type === "call-ended") this.#report(change.record, change.pbx);
    }
  }

  #report(record: EndedCallRecord, pbx: string | undefined): void {
    const ofPbx = pbx === undefined ? {} : { [PBX]: pbx };
    const { startedAt, endedAt } = record;
    const span = this.#tracer.startSpan("call", {
      root: true,
      startTime: new Date(startedAt),
      attributes: {
        ...ofPbx,
        ...callAttributes(record),
        ...(this.#options.identities ? partyAttributes(record) : {}),
      },
    }, ROOT_CONTEXT);
    const around = trace.setSpan(ROOT_CONTEXT, span);
    for (const phase of phasesOf(record)) {
      this.#tracer.startSpan(phase.name, {
        startTime: new Date(phase.begin),
        attributes: { ...ofPbx, ...phaseAttributes(phase) },
      }, around).end(new Date(phase.end));
    }
    span.end(new Date(Math.max(startedAt, endedAt)));
  }
}

function callAttributes(
  { id, disposition, direction, answeredAt, cause, endedBy, lost }:
    EndedCallRecord,
): Attributes {
  return {
    "asterisk.call.id": id,
    "asterisk.call.disposition": disposition,
    ...(direction && { "asterisk.call.direction": direction }),
    "asterisk.call.answered": answeredAt !== undefined,
    "asterisk.call.cause": cause,
    ...(endedBy && { "asterisk.call.ended_by": endedBy }),
    "asterisk.call.lost": lost,
  };
}

/** Returns the participants. Only on request. */
function partyAttributes({ legs, dialed }: EndedCallRecord): Attributes {
  return {
    "asterisk.call.dialed": dialed,
    "asterisk.call.numbers": legs.map(({ number }) => number),
    "asterisk.call.names": legs.map(({ name }) => name),
    "asterisk.call.channels": legs.map(({ channel }) => channel),
  };
}

function phaseAttributes(phase: Phase): Attributes {
  switch (phase.name) {
    case "ring":
      return {
        ...(phase.outcome && { "asterisk.ring.outcome": phase.outcome }),
      };
    case "wait":
      return {
        "asterisk.queue.name": phase.queue,
        ...(phase.outcome && { "asterisk.queue.outcome": phase.outcome }),
      };
    case "park":
      return { "asterisk.parking.lot": phase.lot };
    case "transfer":
      return { "asterisk.transfer.kind": phase.kind };
    default:
      return {};
  }
}
