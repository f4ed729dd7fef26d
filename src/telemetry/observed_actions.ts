import {
  type Attributes,
  type Histogram,
  type Meter,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from "@opentelemetry/api";
import type { ActionDetail } from "../../mod.ts";
import type { AmiClient } from "../client.ts";
import { AmiError, AmiResponseError } from "../errors.ts";
import { PBX } from "./attributes.ts";
import { clientsOf, type ClientSource, isFleet } from "./sources.ts";

/** The name of the manager interface among the systems of remote procedure calls. */
const SYSTEM = "ami";

/** The word for values outside a bounded set (https://opentelemetry.io/docs/specs/semconv/rpc/). */
const OTHER = "_OTHER";

/** The bounds that the conventions name for the duration of calls (seconds). */
const BOUNDS = [
  0.005,
  0.01,
  0.025,
  0.05,
  0.075,
  0.1,
  0.25,
  0.5,
  0.75,
  1,
  2.5,
  5,
  7.5,
  10,
];

/** The names of errors that neither DAMI nor the program defines. */
const KNOWN_ERRORS: ReadonlySet<string> = new Set([
  "AbortError",
  "TimeoutError",
  "TypeError",
  "RangeError",
]);

/** Returns the kind of an error in a word; `undefined` for an empty list, which Asterisk reports as an error. */
function errorType(error: Error | undefined): string | undefined {
  if (error instanceof AmiResponseError && error.emptyList) return undefined;
  if (error instanceof AmiError) return error.code;
  if (error === undefined || KNOWN_ERRORS.has(error.name)) return error?.name;
  return OTHER;
}

/** Reports each action as a span, and its duration in a histogram. */
export class ObservedActions {
  readonly #tracer: Tracer;
  readonly #duration: Histogram;

  /**
   * @param tracer Makes the spans.
   * @param meter Makes the histogram.
   */
  constructor(tracer: Tracer, meter: Meter) {
    this.#tracer = tracer;
    this.#duration = meter.createHistogram("rpc.client.call.duration", {
      unit: "s",
      description:
        "The time from the call of an action to the end of its answer",
      advice: { explicitBucketBoundaries: BOUNDS },
    });
  }

  /**
   * Observes the actions of clients, also of those that are added later.
   *
   * @param source One client, or a fleet.
   * @param signal Ends it.
   */
  observe(source: ClientSource, signal: AbortSignal): void {
    const add = (client: AmiClient, pbx: string | undefined) =>
      client.addEventListener(
        "action",
        ({ detail }) => void this.#report(detail, pbx),
        { signal },
      );
    for (const { pbx, of } of clientsOf(source)) add(of, pbx);
    if (!isFleet(source)) return;
    source.addEventListener(
      "add",
      ({ detail: { pbx } }) => add(source.get(pbx), pbx),
      { signal },
    );
  }

  /** Reports one action. Runs in the context of its caller, which the span takes over. Never rejects. */
  async #report(detail: ActionDetail, pbx: string | undefined): Promise<void> {
    const begin = performance.now();
    const method = detail.isDocumented ? detail.action : OTHER;
    const attributes: Attributes = {
      "rpc.system.name": SYSTEM,
      "rpc.method": method,
      ...(detail.hostname !== undefined && {
        "server.address": detail.hostname,
        "server.port": detail.port,
      }),
      ...(pbx !== undefined && { [PBX]: pbx }),
    };
    const span = this.#tracer.startSpan(
      method === OTHER ? SYSTEM : method,
      { kind: SpanKind.CLIENT, attributes },
    );
    const type = errorType(await detail.ended);
    this.#end(span, type);
    this.#duration.record((performance.now() - begin) / 1_000, {
      ...attributes,
      ...(type !== undefined && { "error.type": type }),
    });
  }

  #end(span: Span, type: string | undefined): void {
    if (type !== undefined) {
      span.setAttribute("error.type", type);
      // Its message may repeat the action.
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  }
}
