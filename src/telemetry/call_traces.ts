import {
  type Attributes,
  ROOT_CONTEXT,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import type { Change } from "../live/live_pbx.ts";
import { PBX } from "./attributes.ts";
import type { Phase } from "./call_timeline.ts";
import { CallTimelines, type EndedCall } from "./call_timelines.ts";
import {
  livesOf,
  type LiveSource,
  type TelemetryFleetChange,
} from "./sources.ts";

/** Options of {@linkcode CallTraces}. */
export interface CallTracesOptions {
  /** Whether the spans carry numbers, names and channels. */
  readonly identities: boolean;
}

/** A change, with the name of the PBX if it is one of several. */
type NamedChange = (Change & { readonly pbx?: string }) | TelemetryFleetChange;

/** How many changes may wait: they are read at once, unless the program is busy. */
const MAX_QUEUE = 1_000_000;

/** Makes a trace of each call that has ended, with the times as they were. */
export class CallTraces {
  readonly #tracer: Tracer;
  readonly #options: CallTracesOptions;
  readonly #timelines = new Map<string | undefined, CallTimelines>();
  readonly #stop: () => void;

  /**
   * @param tracer Makes the spans.
   * @param live The live state of one PBX, or of a fleet.
   * @param options The attributes.
   */
  constructor(tracer: Tracer, live: LiveSource, options: CallTracesOptions) {
    this.#tracer = tracer;
    this.#options = options;
    const changes = live.changes({
      maxQueue: MAX_QUEUE,
      overflow: "drop-oldest",
    });
    this.#stop = () => void changes.return();
    const at = Date.now();
    for (const { pbx, of } of livesOf(live)) {
      for (const call of of?.calls.values() ?? []) {
        this.#timelinesOf(pbx).update(call, at);
      }
    }
    void this.#read(changes);
  }

  /** Ends it. Calls that have not ended by now are not reported. */
  stop(): void {
    this.#stop();
  }

  /** Reads the changes until they end. Never rejects, as the queue drops what is too much. */
  async #read(changes: AsyncIterable<NamedChange>): Promise<void> {
    for await (const change of changes) {
      switch (change.type) {
        case "pbx-removed":
          this.#timelines.delete(change.pbx);
          break;
        case "pbx-added":
        case "pbx-state-changed":
          break;
        default: {
          const ended = this.#timelinesOf(change.pbx).apply(change);
          if (ended !== undefined) this.#report(ended);
        }
      }
    }
  }

  #timelinesOf(pbx: string | undefined): CallTimelines {
    const known = this.#timelines.get(pbx);
    if (known !== undefined) return known;
    const timelines = new CallTimelines(pbx);
    this.#timelines.set(pbx, timelines);
    return timelines;
  }

  #report(ended: EndedCall): void {
    const { pbx, call, phases, end } = ended;
    const { identities } = this.#options;
    const ofPbx = pbx === undefined ? {} : { [PBX]: pbx };
    const span = this.#tracer.startSpan("call", {
      root: true,
      startTime: new Date(call.startedAt),
      attributes: {
        ...ofPbx,
        ...callAttributes(ended),
        ...(identities ? partyAttributes(ended) : {}),
      },
    }, ROOT_CONTEXT);
    const around = trace.setSpan(ROOT_CONTEXT, span);
    for (const phase of phases) {
      this.#tracer.startSpan(phase.name, {
        startTime: new Date(phase.begin),
        attributes: { ...ofPbx, ...phaseAttributes(phase) },
      }, around).end(new Date(phase.end));
    }
    span.end(new Date(Math.max(call.startedAt, end)));
  }
}

function callAttributes(
  { call, answered, cause, lost }: EndedCall,
): Attributes {
  return {
    "asterisk.call.id": call.id,
    "asterisk.call.answered": answered,
    "asterisk.call.cause": cause,
    "asterisk.call.lost": lost,
  };
}

/** Returns who took part. Only if it was asked for. */
function partyAttributes({ parties }: EndedCall): Attributes {
  return {
    "asterisk.call.numbers": parties.map(({ callerIdNum }) => callerIdNum),
    "asterisk.call.names": parties.map(({ callerIdName }) => callerIdName),
    "asterisk.call.channels": parties.map(({ name }) => name),
  };
}

function phaseAttributes(phase: Phase): Attributes {
  switch (phase.name) {
    case "wait":
      return {
        "asterisk.queue.name": phase.queue,
        ...(phase.reason && { "asterisk.queue.leave_reason": phase.reason }),
      };
    case "park":
      return { "asterisk.parking.lot": phase.lot };
    case "transfer":
      return { "asterisk.transfer.kind": phase.kind };
    default:
      return {};
  }
}
