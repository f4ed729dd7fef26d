import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  BRIDGE_FIGURES,
  BRIDGE_PBX_FIGURES,
} from "../../src/telemetry/bridge_figures.ts";
import {
  CLIENT_FIGURES,
  LISTENER_FIGURES,
} from "../../src/telemetry/client_figures.ts";
import { prometheusName } from "../../src/telemetry/figure.ts";
import {
  LIVE_FIGURES,
  LIVENESS_FIGURES,
} from "../../src/telemetry/live_figures.ts";
import { BOUND_FIGURES } from "../../src/telemetry/readings.ts";

const ALL = [
  ...CLIENT_FIGURES,
  ...LISTENER_FIGURES,
  ...LIVENESS_FIGURES,
  ...LIVE_FIGURES,
  ...BRIDGE_FIGURES,
  ...BRIDGE_PBX_FIGURES,
  ...BOUND_FIGURES,
];

Deno.test("figures are named in Prometheus by its rules", () => {
  assertEquals(ALL.map(prometheusName), [
    "dami_connected",
    "dami_events_total",
    "dami_events_unread_total",
    "dami_frames_total",
    "dami_frames_dropped_total",
    "dami_lines_unparsed_total",
    "dami_io_bytes_total",
    "dami_actions_pending",
    "dami_actions_answered_total",
    "dami_actions_failed_total",
    "dami_reconnects_total",
    "dami_gaps_total",
    "dami_gaps_duration_seconds_total",
    "dami_reader_lag_seconds",
    "dami_last_frame_timestamp_seconds",
    "dami_last_event_timestamp_seconds",
    "dami_listeners_events_total",
    "dami_listeners_duration_seconds_total",
    "dami_live",
    "asterisk_calls",
    "asterisk_channels",
    "asterisk_endpoints",
    "asterisk_queue_callers",
    "asterisk_queue_longest_wait_seconds",
    "asterisk_queue_members",
    "asterisk_queue_answered_total",
    "asterisk_queue_abandoned_total",
    "asterisk_queue_service_level_ratio",
    "dami_bus_connected",
    "dami_bus_spool_bytes",
    "dami_lease_held",
    "dami_bus_published_total",
    "dami_bus_resent_total",
    "dami_bus_spooled",
    "dami_bus_dropped_total",
    "dami_bus_gaps_total",
    "dami_label_sets_dropped",
  ]);
});

Deno.test("every figure has a description that is a sentence without its end", () => {
  for (const { name, description } of ALL) {
    assertMatch(description, /^[A-Z0-9].*[^.\s]$/, name);
    assertMatch(name, /^(?:dami|asterisk)(?:\.[a-z_]+)+$/);
  }
  assert(new Set(ALL.map(({ name }) => name)).size === ALL.length);
});
