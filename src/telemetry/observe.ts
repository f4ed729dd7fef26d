import { metrics, trace } from "@opentelemetry/api";
import { CallTraces } from "./call_traces.ts";
import { ObservedActions } from "./observed_actions.ts";
import { observeFigures } from "./observed_figures.ts";
import { checkMaxLabelSets, MAX_LABEL_SETS } from "./label_bound.ts";
import type { ClientSource, LiveSource, TelemetryBridge } from "./sources.ts";

/** The name under which DAMI makes its instruments and spans. */
const SCOPE = "@dami/dami";

/** Options of {@linkcode observe}. */
export interface ObserveOptions {
  /**
   * The live state of the PBX, or of the fleet: its figures are reported, and a
   * trace for each call that has ended.
   */
  live?: LiveSource | undefined;
  /** The bridge that publishes the events on NATS: a `NatsBridge`. Its figures are reported. */
  bridge?: TelemetryBridge | undefined;
  /**
   * Puts into the spans of calls the numbers and names of those who take
   * part, and their channels.
   *
   * @default {false}
   */
  identities?: boolean;
  /**
   * The most values of one figure, such as one for each queue. Values over the
   * limit are left out, and counted by `dami.label_sets.dropped`.
   *
   * @default {5_000}
   */
  maxLabelSets?: number;
}

/**
 * Reports to OpenTelemetry what a client, a fleet or a live state does:
 *
 * - the counters of `stats()`, and the figures of the live state, read whenever
 *   they are exported, so that nothing is done for each event;
 * - a client span for each action, beneath the span of the code that calls
 *   `to()`, and its duration in the histogram `rpc.client.call.duration`;
 * - with a live state, a trace for each call that has ended, with its rings,
 *   waits, talks, holds, parking and transfers, at their times.
 *
 * With `OTEL_DENO=true` Deno exports it by itself. Without that, or an SDK, all
 * this does nothing. No header of an action is ever reported.
 *
 * @param source The client, the fleet, or the live state.
 * @param options The live state, and the attributes of calls.
 * @returns Ends it, at the end of a block that says `using`.
 * @throws {TypeError | RangeError} If an option is wrong.
 * @throws {AmiClosedError} If the live state of a fleet was stopped.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { LivePbx } from "@dami/dami/live";
 * import { observe } from "@dami/dami/telemetry";
 *
 * const dami = new DAMI({ reconnect: true });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * const live = await LivePbx.start(dami);
 * const observation = observe(dami, { live });
 * await dami.to("QueueReload");
 * observation[Symbol.dispose]();
 * ```
 */
export function observe(
  source: ClientSource | LiveSource,
  options: ObserveOptions = {},
): Disposable {
  const { bridge, identities = false, maxLabelSets = MAX_LABEL_SETS } = options;
  checkMaxLabelSets(maxLabelSets);
  const isLive = "calls" in source;
  const clients = isLive ? undefined : source;
  const live = isLive ? source : options.live;
  const meter = metrics.getMeter(SCOPE);
  const tracer = trace.getTracer(SCOPE);
  const ending = new AbortController();
  if (live !== undefined) {
    new CallTraces(tracer, { identities }).observe(live, ending.signal);
  }
  if (clients !== undefined) {
    new ObservedActions(tracer, meter).observe(clients, ending.signal);
  }
  const endFigures = observeFigures(
    meter,
    { clients, live, bridge },
    maxLabelSets,
  );
  return {
    [Symbol.dispose]: () => {
      ending.abort();
      endFigures();
    },
  };
}
