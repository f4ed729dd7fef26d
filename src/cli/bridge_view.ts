import type { Fleet } from "../fleet/fleet.ts";
import type { NatsBridgeStats, PbxBridgeStats } from "../nats/nats.ts";
import { PrometheusText } from "../telemetry/prometheus_text.ts";
import { type Cell, table } from "./terminal/table.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** The figures of a bridge as Prometheus gets them. */
const FIGURES: readonly {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly value: (stats: PbxBridgeStats) => number;
}[] = [
  {
    name: "dami_lease_held",
    type: "gauge",
    help: "1 while this bridge publishes the events of the PBX",
    value: ({ holds }) => Number(holds),
  },
  {
    name: "dami_bus_published_total",
    type: "counter",
    help: "Messages that were stored in the stream",
    value: ({ published }) => published,
  },
  {
    name: "dami_bus_resent_total",
    type: "counter",
    help: "Times that NATS did not say whether it had stored messages",
    value: ({ resent }) => resent,
  },
  {
    name: "dami_bus_gaps_total",
    type: "counter",
    help: "Gaps that were announced",
    value: ({ gaps }) => gaps,
  },
  {
    name: "dami_bus_spooled",
    type: "gauge",
    help: "Events that wait to be stored",
    value: ({ spooled }) => spooled,
  },
  {
    name: "dami_bus_dropped_total",
    type: "counter",
    help: "Events that were dropped as the spool was full",
    value: ({ dropped }) => dropped,
  },
];

/**
 * Writes the figures of a bridge for Prometheus.
 *
 * @param stats The figures.
 * @returns The text.
 */
export function bridgeMetrics(
  { isConnected, spoolBytes, pbxs }: NatsBridgeStats,
): string {
  const text = new PrometheusText();
  const alone = [
    ["dami_bus_connected", "1 while NATS is connected", Number(isConnected)],
    ["dami_bus_spool_bytes", "Size of all events that are kept", spoolBytes],
  ] as const;
  for (const [name, help, value] of alone) {
    text.begin({ name, type: "gauge", help });
    text.sample(name, {}, value);
  }
  for (const { name, type, help, value } of FIGURES) {
    text.begin({ name, type, help });
    for (const [pbx, stats] of pbxs) text.sample(name, { pbx }, value(stats));
  }
  return text.toString();
}

const COLUMNS = [
  "PBX",
  "STATE",
  "LEASE",
  { heading: "PUBLISHED", side: "right" },
  { heading: "SPOOLED", side: "right" },
  { heading: "DROPPED", side: "right", leftOut: 2 },
  { heading: "GAPS", side: "right", leftOut: 3 },
  { heading: "RESENT", side: "right", leftOut: 1 },
] as const;

/**
 * Writes the state of a bridge for a terminal.
 *
 * @param fleet The PBXs.
 * @param stats The figures of the bridge.
 * @param terminal The terminal: its width and colors.
 * @returns The lines.
 */
export function bridgeLines(
  fleet: Fleet,
  { isConnected, spoolBytes, pbxs }: NatsBridgeStats,
  terminal: Terminal,
): { head: string[]; body: string[] } {
  const rows = [...pbxs].map(([pbx, stats]): Cell[] => [
    pbx,
    fleet.has(pbx) ? fleet.get(pbx).state : "removed",
    stats.holds ? { text: "held", style: "green" } : "of another",
    String(stats.published),
    String(stats.spooled),
    String(stats.dropped),
    String(stats.gaps),
    String(stats.resent),
  ]);
  const nats = isConnected
    ? "NATS is connected"
    : terminal.paint("red", "NATS is away");
  const spool = `${Math.round(spoolBytes / 1_024)} KiB are kept`;
  return {
    head: [`${terminal.paint("bold", "Bridge")}  ${nats}, ${spool}`, ""],
    body: table(COLUMNS, rows, terminal),
  };
}
