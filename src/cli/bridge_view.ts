import type { Fleet } from "../fleet/fleet.ts";
import type { NatsBridgeStats } from "../nats/nats.ts";
import { type Cell, table } from "./terminal/table.ts";
import type { Terminal } from "./terminal/terminal.ts";

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
    stats.holds ? { text: "held", style: "green" } : "elsewhere",
    String(stats.published),
    String(stats.spooled),
    String(stats.dropped),
    String(stats.gaps),
    String(stats.resent),
  ]);
  const nats = isConnected
    ? "NATS is connected"
    : terminal.paint("red", "NATS is disconnected");
  const spool = `${Math.round(spoolBytes / 1_024)} KiB waiting to be published`;
  return {
    head: [`${terminal.paint("bold", "Bridge")}  ${nats}, ${spool}`, ""],
    body: table(COLUMNS, rows, terminal),
  };
}
