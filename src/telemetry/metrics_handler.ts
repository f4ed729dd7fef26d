import { RANGES } from "../listener_times.ts";
import type { ClientReading } from "./client_figures.ts";
import { ConnectionWatch, type Unready } from "./connection_watch.ts";
import { prometheusName } from "./figure.ts";
import { isCurrent } from "./live_figures.ts";
import { CONTENT_TYPE, PrometheusText } from "./prometheus_text.ts";
import {
  BOUND_FIGURES,
  checkMaxLabelSets,
  LabelBound,
  MAX_LABEL_SETS,
  withPbx,
} from "./label_bound.ts";
import { readClients } from "./readings.ts";
import { type Section, section, sectionsOf } from "./sections.ts";
import {
  type ClientSource,
  livesOf,
  type LiveSource,
  type OfPbx,
  type TelemetryBridge,
} from "./sources.ts";

/** Options of {@linkcode metricsHandler}. */
export interface MetricsHandlerOptions {
  /**
   * The live state of the PBX, or of the fleet. Without it, there are figures
   * of the connection alone.
   */
  live?: LiveSource | undefined;
  /** The bridge that publishes the events on NATS: a `NatsBridge`. */
  bridge?: TelemetryBridge | undefined;
  /**
   * The most values of one figure, such as one for each queue. Values over the
   * limit are left out, and counted by `dami_label_sets_dropped`.
   *
   * @default {5_000}
   */
  maxLabelSets?: number;
  /** Ends the watch of the connections, when the handler is no longer used. */
  signal?: AbortSignal | undefined;
}

/** Answers requests, as `Deno.serve()` takes it. */
export type MetricsHandler = (request: Request) => Response;

/**
 * Makes a handler for `Deno.serve()` that answers
 *
 * - `/metrics` with the figures, in the text format of Prometheus;
 * - `/healthz` with 200 if every PBX is ready, otherwise with 503 and the names
 *   of those that are not, and for how long;
 * - `/readyz` with 200 if, besides, the live state of every PBX is up to date.
 *
 * The figures are read on request, so that nothing is done for
 * each event. Figures of the live state are left out while it is not up to
 * date. There is no authentication: serve it on an address that only Prometheus
 * can reach.
 *
 * @param source The client, or the fleet.
 * @param options The live state, and the bound of the figures.
 * @returns The handler.
 * @throws {TypeError | RangeError} If an option is wrong.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { LivePbx } from "@dami/dami/live";
 * import { metricsHandler } from "@dami/dami/telemetry";
 *
 * const dami = new DAMI({ reconnect: true });
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * const live = await LivePbx.start(dami);
 * Deno.serve(
 *   { hostname: "127.0.0.1", port: 9464 },
 *   metricsHandler(dami, { live }),
 * );
 * ```
 */
export function metricsHandler(
  source: ClientSource,
  options: MetricsHandlerOptions = {},
): MetricsHandler {
  const { live, bridge, signal, maxLabelSets: max = MAX_LABEL_SETS } = options;
  checkMaxLabelSets(max);
  const watch = new ConnectionWatch(source, signal);
  return (request) => {
    const { pathname } = new URL(request.url);
    const answer = answerTo(pathname, { source, live, bridge, watch, max });
    if (answer === undefined) return plain(404, "Not found\n");
    if (request.method !== "GET" && request.method !== "HEAD") {
      return plain(405, "Only GET is allowed\n", { Allow: "GET, HEAD" });
    }
    return answer();
  };
}

/** The sources of the answers. */
interface Context {
  readonly source: ClientSource;
  readonly live: LiveSource | undefined;
  readonly bridge: TelemetryBridge | undefined;
  readonly watch: ConnectionWatch;
  readonly max: number;
}

function answerTo(
  pathname: string,
  context: Context,
): (() => Response) | undefined {
  switch (pathname) {
    case "/metrics":
      return () =>
        plain(200, metricsText(context), { "Content-Type": CONTENT_TYPE });
    case "/healthz":
      return () => verdict(unreadyOf(context));
    case "/readyz":
      return () => verdict([...unreadyOf(context), ...outdatedOf(context)]);
    default:
      return undefined;
  }
}

function plain(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(text, {
    status,
    headers: { "Cache-Control": "no-store", ...headers },
  });
}

function verdict(complaints: readonly string[]): Response {
  return complaints.length === 0
    ? plain(200, "ok\n")
    : plain(503, complaints.map((line) => `${line}\n`).join(""));
}

function unreadyOf({ watch }: Context): string[] {
  return watch.unready().map(describe);
}

function describe({ pbx, state, time, reason }: Unready): string {
  const why = reason === undefined ? "" : ` (${reason})`;
  const seconds = Math.floor(time / 1_000);
  return `${subject(pbx)} has not been ready for ${seconds} s: ${state}${why}`;
}

/** Lists the live states that are not up to date. */
function outdatedOf({ live }: Context): string[] {
  if (live === undefined) return [];
  return livesOf(live).filter(({ of }) => !isCurrent(of)).map(({ pbx, of }) =>
    `The live state of ${object(pbx)} is ${of?.state ?? "not available yet"}`
  );
}

function subject(pbx: string | undefined): string {
  return pbx === undefined ? "The PBX" : `PBX ${pbx}`;
}

function object(pbx: string | undefined): string {
  return pbx === undefined ? "the PBX" : `PBX ${pbx}`;
}

function metricsText(context: Context): string {
  const { source, max } = context;
  const text = new PrometheusText();
  const bound = new LabelBound(max);
  for (const each of sectionsOf({ ...context, clients: source })) {
    write(text, bound, each);
  }
  writeListenerTimes(text, readClients(source).slice(0, max));
  write(
    text,
    bound,
    section(BOUND_FIGURES, () => [{ pbx: undefined, of: bound }]),
  );
  return text.toString();
}

function write(text: PrometheusText, bound: LabelBound, each: Section): void {
  for (const [figure, samples] of each.read(bound)) {
    const name = prometheusName(figure);
    text.begin({ name, type: figure.kind, help: figure.description });
    for (const { labels, value } of samples) {
      text.sample(name, { ...labels }, value);
    }
  }
}

function writeListenerTimes(
  text: PrometheusText,
  readings: readonly OfPbx<ClientReading>[],
): void {
  const name = "dami_listeners_duration_seconds";
  text.begin({
    name,
    type: "histogram",
    help:
      "The time that the listeners of an event took, for one event per read",
  });
  for (const { pbx, of: { stats: { listenerTimes } } } of readings) {
    const labels = { ...withPbx({}, pbx) };
    let count = 0;
    for (const [range, end] of RANGES) {
      count += listenerTimes.ranges[range];
      const le = end === Infinity ? "+Inf" : String(end / 1_000);
      text.sample(`${name}_bucket`, { ...labels, le }, count);
    }
    text.sample(`${name}_sum`, labels, listenerTimes.total / 1_000);
    text.sample(`${name}_count`, labels, listenerTimes.events);
  }
}
