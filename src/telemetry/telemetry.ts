/**
 * Telemetry: the figures of DAMI and of the PBX for Prometheus, and health
 * checks for whatever looks after the program.
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
 * Nothing is done for each event: the counters of `stats()` and the live state
 * are read when they are asked for. No secret, no telephone number and no name
 * of a person is among the labels.
 *
 * @module
 */

export {
  type MetricsHandler,
  metricsHandler,
  type MetricsHandlerOptions,
} from "./metrics_handler.ts";
export type {
  ClientSource,
  LiveSource,
  TelemetryFleet,
  TelemetryFleetLive,
} from "./sources.ts";
