/**
 * Telemetry: metrics of DAMI and the PBX for Prometheus and OpenTelemetry, and
 * health checks for the supervisor of the program.
 *
 * ## Prometheus
 *
 * ```ts
 * import { Fleet } from "@dami/dami/fleet";
 * import { metricsHandler } from "@dami/dami/telemetry";
 *
 * const fleet = new Fleet({
 *   berlin: { hostname: "pbx1.example.org" },
 *   wien: { hostname: "pbx3.example.org" },
 * }, { username: "dami", secret: "mysecret" });
 * await fleet.start();
 * const live = await fleet.live();
 * Deno.serve({
 *   hostname: "127.0.0.1",
 *   port: 9464,
 *   handler: metricsHandler(fleet, { live }),
 *   onListen: () => console.log("Metrics at http://127.0.0.1:9464/metrics"),
 * });
 * ```
 *
 * There are `/metrics`, `/healthz` and `/readyz`; `dami exporter` serves the
 * same as a command. A dashboard of Grafana and alert rules are in
 * `examples/grafana` and `examples/prometheus`.
 *
 * | figure | |
 * | --- | --- |
 * | `dami_connected`, `dami_live` | whether it is logged in, and the live state is up to date |
 * | `dami_events_total`, `dami_events_unread_total` | events, and those without a listener |
 * | `dami_reconnects_total`, `dami_gaps_total`, `dami_gaps_duration_seconds_total` | losses of the connection, and the time without events |
 * | `dami_reader_lag_seconds`, `dami_listeners_duration_seconds` | how well the program keeps up |
 * | `dami_actions_pending`, `…_answered_total`, `…_failed_total` | actions |
 * | `dami_frames_total`, `dami_frames_dropped_total`, `dami_lines_unparsed_total`, `dami_io_bytes_total` | the wire |
 * | `dami_last_event_timestamp_seconds`, `dami_last_frame_timestamp_seconds` | the last sign of life |
 * | `dami_label_sets_dropped` | values that are over the bound of a figure |
 * | `dami_bus_connected`, `dami_bus_spool_bytes`, `dami_lease_held`, `dami_bus_published_total`, `…_resent_total`, `…_spooled`, `…_dropped_total`, `…_gaps_total` | the bridge to NATS, with the option `bridge` |
 * | `asterisk_calls`, `asterisk_channels`, `asterisk_endpoints{status}` | what goes on in the PBX |
 * | `asterisk_queue_callers`, `asterisk_queue_longest_wait_seconds`, `asterisk_queue_members{status}` | each queue now |
 * | `asterisk_queue_answered_total`, `asterisk_queue_abandoned_total`, `asterisk_queue_service_level_ratio` | each queue, as Asterisk counts |
 *
 * In a fleet, each one has the label `pbx`.
 *
 * ## OpenTelemetry
 *
 * ```ts
 * import { DAMI } from "@dami/dami";
 * import { observe } from "@dami/dami/telemetry";
 *
 * const dami = new DAMI({ reconnect: true });
 * observe(dami);
 * await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
 * const [response] = await dami.to("QueueReload");
 * console.log(response.Message);
 * ```
 *
 * With `OTEL_DENO=true` Deno exports the same figures, a client span for each
 * action, and their durations. Given the live state, it exports a trace for
 * each call that has ended, with its rings, waits, talks, holds, parking and
 * transfers. This needs `@opentelemetry/api`, and no SDK.
 *
 * ## What it costs, and what it keeps to itself
 *
 * Nothing is done per event: the counters of `stats()` and the live state
 * are read on request. No secret, no telephone number, no channel
 * and no name of a person is among the labels and attributes; the option
 * `identities` of {@linkcode observe} adds numbers and names to the traces of
 * calls. Queues and PBXs appear by name.
 *
 * @module
 */

export {
  type MetricsHandler,
  metricsHandler,
  type MetricsHandlerOptions,
} from "./metrics_handler.ts";
export { observe, type ObserveOptions } from "./observe.ts";
export type {
  ClientSource,
  LiveSource,
  TelemetryBridge,
  TelemetryBridgePbx,
  TelemetryFleet,
  TelemetryFleetChange,
  TelemetryFleetLive,
} from "./sources.ts";
