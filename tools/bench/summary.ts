import { DAMI_NAME } from "./clients.ts";
import { today } from "./machine.ts";
import { markdownTable } from "./markdown.ts";
import { formatCount, formatRatio } from "./numbers.ts";
import { medianOf, type ReportContext } from "./report.ts";
import { rateOf } from "./results.ts";
import { fastestPeer } from "./targets.ts";

/** The workloads that a reader of the README compares, in its words. */
const ROWS: readonly { id: string; what: string }[] = [
  { id: "a", what: "Events, all to one listener" },
  { id: "b", what: "Events, one in twenty to a listener" },
  { id: "h", what: "Events on 100 connections" },
  { id: "d", what: "Actions, one after another" },
  { id: "e", what: "Actions, 100 at a time" },
  { id: "f", what: "A list of 20,000 items" },
  { id: "g", what: "A `Command` answer of 200,000 lines" },
];

function row(
  { results, workloads }: ReportContext,
  { id, what }: { id: string; what: string },
): string[][] {
  const unit = workloads.find((workload) => workload.id === id)?.unit;
  const rate = results.median(id, DAMI_NAME, rateOf);
  if (unit === undefined || rate === undefined) return [];
  const peer = fastestPeer(results, id);
  const peerRate = peer && results.median(id, peer, rateOf);
  const ratio = peer && results.ratio([id, DAMI_NAME], [id, peer]);
  return [[
    what,
    `**${formatCount(rate)}** ${unit}/s`,
    peerRate ? `${formatCount(peerRate)} (${peer})` : "–",
    ratio ? formatRatio(ratio) : "–",
  ]];
}

/**
 * Writes the section of the README: one table of what matters most, and a chart.
 *
 * @param context What was measured.
 * @returns Markdown.
 */
export function readmeSummary(context: ReportContext): string {
  return [
    markdownTable(
      ["", "DAMI", "the fastest from npm", "ratio"],
      ROWS.flatMap((each) => row(context, each)),
    ),
    "![How fast DAMI and the clients from npm are](./tools/bench/results/benchmark.svg)",
    "",
    `${
      medianOf(context)
    }, ${today()}. [Every figure, of all clients](./tools/bench/), the machine, and how it is measured.`,
    "",
  ].join("\n");
}
