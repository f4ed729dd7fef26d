import { barChart, type ChartGroup } from "./chart.ts";
import { type ClientInfo, CLIENTS, DAMI_NAME, LINES_FLOOR } from "./clients.ts";
import { GROWTH, rateAt, rateRatio, timeFactors } from "./growth.ts";
import { markdownTable } from "./markdown.ts";
import type { Measurement } from "./measurement.ts";
import { BOUNDS, NOTES } from "./notes.ts";
import {
  formatBytes,
  formatCount,
  formatRatio,
  formatSeconds,
  formatSmall,
} from "./numbers.ts";
import { cpuOf, memoryOf, rateOf, type Results } from "./results.ts";
import { STARTUP, STARTUP_FLOOR } from "./startup.ts";
import { type Target, targetsOf } from "./targets.ts";
import type { Workload } from "./workload.ts";

/** The subject of the report. */
export interface ReportContext {
  /** The measurements. */
  results: Results;
  /** The workloads that were compared. */
  workloads: readonly Workload[];
  /** On what was measured. */
  machine: string;
  /** The number of rounds. */
  rounds: number;
}

/** The workload that measures idle connections of clients. */
const IDLE = "h";

/** The workloads of many connections in one process. */
const MANY_CONNECTIONS: readonly string[] = [IDLE, "h500"];

/** All workloads that measure idle connections. */
const IDLE_WORKLOADS: readonly string[] = [...MANY_CONNECTIONS, "k"];

/** The workloads that are drawn. */
const DRAWN: readonly string[] = ["a", "b", "e", "f", ...MANY_CONNECTIONS];

/** The text in place of a missing figure. */
const NOTHING = "–";

/** The workloads of the overview, and what each one is. */
const SUMMARY: readonly { id: string; meaning: string }[] = [
  {
    id: "a",
    meaning: "every event goes to one listener that reads three headers",
  },
  { id: "b", meaning: "a busy PBX, and a listener for one event in twenty" },
  { id: "d", meaning: "actions one after another" },
  { id: "e", meaning: "actions, 100 at a time" },
  { id: "f", meaning: "a list of 20,000 entries" },
  { id: "g", meaning: "a `Command` answer of 200,000 lines" },
];

/** The workload of which the overview has the cost. */
const MAIN = "a";

function nameOf({ name, version, kind }: ClientInfo): string {
  const full = version === undefined ? name : `${name} ${version}`;
  if (kind === "dami") return `**${full}**`;
  return kind === "floor" ? `_${full}_` : full;
}

function figure(
  { results }: ReportContext,
  workload: string,
  client: string,
  of: (measurement: Measurement) => number,
  format: (value: number) => string,
): string {
  const value = results.median(workload, client, of);
  return value === undefined ? NOTHING : format(value);
}

/** Formats the speed of a client, or the problem that it had. */
function rateFigure(
  context: ReportContext,
  workload: string,
  client: string,
): string {
  return context.results.problem(workload, client)?.kind ??
    figure(context, workload, client, rateOf, formatCount);
}

/** Lists the clients that have figures, or have failed. */
function measuredClients(
  { results }: ReportContext,
  workload: string,
): ClientInfo[] {
  return CLIENTS.filter(({ name }) =>
    results.median(workload, name, rateOf) !== undefined ||
    results.problem(workload, name) !== undefined
  );
}

function inSummary(
  { workloads }: ReportContext,
): { id: string; unit: string; meaning: string }[] {
  return SUMMARY.flatMap(({ id, meaning }) => {
    const workload = workloads.find((workload) => workload.id === id);
    return workload === undefined ? [] : [{ id, unit: workload.unit, meaning }];
  });
}

function summaryTable(context: ReportContext): string {
  const columns = inSummary(context);
  const clients = CLIENTS.filter(({ name }) =>
    columns.some(({ id }) =>
      measuredClients(context, id).some((client) => client.name === name)
    )
  );
  return markdownTable(
    [
      "",
      ...columns.map(({ id, unit }) => `${id}: ${unit}/s`),
      `CPU/event (${MAIN})`,
      `peak memory (${MAIN})`,
      `DAMI against it (${MAIN})`,
    ],
    clients.map((client) => {
      const { name } = client;
      const cells = [
        ...columns.map(({ id }) => rateFigure(context, id, name)),
        figure(
          context,
          MAIN,
          name,
          cpuOf,
          (value) => `${formatSmall(value)} µs`,
        ),
        figure(context, MAIN, name, memoryOf, formatBytes),
        ratioFigure(context, MAIN, client),
      ];
      return [
        nameOf(client),
        ...client.kind === "dami" ? cells.map((cell) => `**${cell}**`) : cells,
      ];
    }),
  );
}

/** Formats the ratio of DAMI's speed to that of a client. */
function ratioFigure(
  { results }: ReportContext,
  workload: string,
  { name, kind }: ClientInfo,
): string {
  const ratio = results.ratio([workload, DAMI_NAME], [workload, name]);
  return ratio === undefined || kind === "dami" ? NOTHING : formatRatio(ratio);
}

/**
 * Names the statistic that a figure is.
 *
 * @param context What was measured.
 * @returns It, as the beginning of a sentence.
 */
export function medianOf({ rounds }: ReportContext): string {
  return rounds === 1 ? "One round" : `Medians of ${rounds} rounds`;
}

/** Lists the figures that have no place in the table. */
function summaryLines(context: ReportContext): string[] {
  const { results } = context;
  const iterator = results.median("j", DAMI_NAME, rateOf);
  const idle = results.median(IDLE, DAMI_NAME, heapOf);
  const startup = results.median(STARTUP, DAMI_NAME, secondsOf);
  const floor = results.median(STARTUP, STARTUP_FLOOR, secondsOf);
  return [
    ...(iterator === undefined
      ? []
      : [`- All events with \`events()\`: ${formatCount(iterator)} events/s.`]),
    ...MANY_CONNECTIONS.flatMap((id) => {
      const rate = results.median(id, DAMI_NAME, rateOf);
      const title = context.workloads.find((each) => each.id === id)?.title;
      return rate === undefined || title === undefined
        ? []
        : [`- ${title}: ${formatCount(rate)} events/s.`];
    }),
    ...(idle === undefined
      ? []
      : [`- An idle connection: ${formatBytes(idle)} of heap and buffers.`]),
    ...(startup === undefined || floor === undefined ? [] : [
      `- From \`deno run\` to logged in: ${
        formatSeconds(startup)
      }; a script that imports the same modules of \`@std\` and connects: ${
        formatSeconds(floor)
      }.`,
    ]),
  ];
}

function secondsOf({ seconds }: Measurement): number {
  return seconds;
}

function heapOf({ idle }: Measurement): number {
  return idle === undefined ? NaN : idle.heapUsed + idle.external;
}

/** Compares all clients at a glance. */
function overview(context: ReportContext): string[] {
  return [
    "## All clients",
    "",
    summaryTable(context),
    ...inSummary(context).map(({ id, meaning }) => `- ${id}: ${meaning}`),
    ...summaryLines(context),
    "",
  ];
}

function workloadTable(context: ReportContext, workload: Workload): string {
  const { id, unit } = workload;
  const isIdle = IDLE_WORKLOADS.includes(id);
  return markdownTable(
    [
      "",
      `${unit}/s`,
      `CPU µs/${unit.slice(0, -1)}`,
      "peak memory",
      "DAMI against it",
      ...isIdle
        ? ["heap/connection", "buffers/connection", "process/connection"]
        : [],
    ],
    measuredClients(context, id).map((client) => {
      const { name } = client;
      return [
        nameOf(client),
        rateFigure(context, id, name),
        figure(context, id, name, cpuOf, formatSmall),
        figure(context, id, name, memoryOf, formatBytes),
        ratioFigure(context, id, client),
        ...isIdle
          ? [
            idleFigure(context, id, name, "heapUsed"),
            idleFigure(context, id, name, "external"),
            idleFigure(context, id, name, "rss"),
          ]
          : [],
      ];
    }),
  );
}

function idleFigure(
  context: ReportContext,
  workload: string,
  client: string,
  part: "heapUsed" | "external" | "rss",
): string {
  return figure(
    context,
    workload,
    client,
    ({ idle }) => Math.max(0, idle?.[part] ?? NaN),
    formatBytes,
  );
}

/** Explains why some clients have no figures. */
function notesFor(context: ReportContext, workload: Workload): string[] {
  return CLIENTS.flatMap((client) => {
    const note = NOTES.get(`${workload.id} ${client.name}`);
    const isMeasured =
      context.results.median(workload.id, client.name, rateOf) !== undefined;
    if (note === undefined || isMeasured) return [];
    const problem = context.results.problem(workload.id, client.name);
    const kind = problem === undefined ? "left out" : problem.kind;
    return [`- ${client.name}, ${kind}: ${note}`];
  });
}

function growthTable({ results }: ReportContext): string {
  const rows = GROWTH.flatMap((series) =>
    series.sizes.flatMap((size, i) => {
      const rate = rateAt(results, series, size);
      if (rate === undefined) return [];
      const first = series.sizes[0] ?? size;
      const ratio = rateRatio(results, series, size, first);
      const factor = timeFactors(results, series)
        .find((step) => step.size === size)?.factor;
      return [[
        i === 0 ? `${series.letter}: ${series.what}` : "",
        size.toLocaleString("en"),
        `${formatCount(rate)} ${series.unit}`,
        series.isLinear || ratio === undefined ? NOTHING : formatRatio(ratio),
        !series.isLinear || factor === undefined
          ? NOTHING
          : formatRatio(factor),
      ]];
    })
  );
  return markdownTable(
    ["", "how many", "speed", "speed against the first", "time for ten times"],
    rows,
  );
}

function targetTable(targets: readonly Target[]): string {
  return markdownTable(
    ["", "wanted", "measured", "held"],
    targets.map(({ id, what, wanted, measured, isHeld }) => [
      `${id}: ${what}`,
      wanted,
      measured,
      isHeld ? "yes" : "no",
    ]),
  );
}

/** Explains the targets that were missed. */
function boundsOf(targets: readonly Target[]): string[] {
  const missed = new Set(
    targets.filter(({ isHeld }) => !isHeld).map(({ id }) => id),
  );
  return Array.from(missed).flatMap((id) => {
    const bound = BOUNDS.get(id);
    return bound === undefined ? [] : [`- ${id}: ${bound}`];
  });
}

/** The method of measuring. */
const METHOD = `## How it is measured

- Each client runs in its own process, as its own documentation says, and a
  further process is the PBX. It sends real frames from \`tests/captures/\`, from
  bytes that were built before; of the events, one in twenty is a \`Hangup\`.
- All get the same bytes. A client that is slow gets fewer: as many as it reads
  in 1.5 s. It warms up with 100,000 events (or for 1 s), which do not count.
- The clock runs in the client's process, from the request to the last event,
  and so do the counters for CPU time (of all threads) and peak memory.
- The clients take turns within each round and each workload, in an order that
  changes. A figure is the median of all rounds, a ratio the median of the
  ratios of each round.
- In d the client and the PBX share a core, where there is \`taskset\`: to wake a
  core that sleeps takes longer than all that they do, and would be chance.
- e sends its 10,000 actions 20 times, and f asks for its list five times, as
  once is over too soon.
- Every answer is checked: that all events came, and what was read of them; that
  each action got its own answer; each item of a list; each line of a command's
  output. A client that fails is reported as such, and not compared.
- The bounds do less than any client has to. "bare TextLineStream" decodes, cuts
  lines with \`TextLineStream\` of \`@std/streams\` and counts them. "read and decode
  alone" is what its name says. "bare write and read" writes the text of actions
  and reads until there are as many answers.
`;

/**
 * Writes all that was measured.
 *
 * @param context What it is about.
 * @returns Markdown.
 */
export function detailedReport(context: ReportContext): string {
  const startups = [DAMI_NAME, STARTUP_FLOOR].map((name) => [
    name,
    figure(context, STARTUP, name, secondsOf, formatSeconds),
  ]);
  const targets = targetsOf(context.results);
  return [
    `${
      medianOf(context)
    }, on real events, each client in its own process: ${context.machine}.`,
    "",
    ...overview(context),
    ...context.workloads.flatMap((workload) => [
      `## ${workload.id}. ${workload.title}`,
      "",
      workloadTable(context, workload),
      ...notesFor(context, workload),
      "",
    ]),
    ...(context.results.median(STARTUP, DAMI_NAME, secondsOf) === undefined
      ? []
      : [
        "## i. From `deno run` to logged in",
        "",
        markdownTable(["", "time"], startups),
      ]),
    "## What grows",
    "",
    growthTable(context),
    "## What has to be reached",
    "",
    targetTable(targets),
    ...boundsOf(targets),
    "",
    METHOD,
  ].join("\n");
}

/**
 * Draws what stands in the README.
 *
 * @param context What it is about.
 * @returns SVG.
 */
export function chartReport(context: ReportContext): string {
  const groups = DRAWN.flatMap((id): ChartGroup[] => {
    const workload = context.workloads.find((workload) => workload.id === id);
    if (workload === undefined) return [];
    // The other bounds are so much faster that no bars could be told apart.
    const clients = measuredClients(context, id)
      .filter(({ name, kind }) => kind !== "floor" || name === LINES_FLOOR);
    return [{
      title: `${workload.title} (${workload.unit}/s)`,
      bars: clients.map(({ name, kind }) => ({
        label: name,
        kind,
        value: context.results.median(id, name, rateOf),
        text: rateFigure(context, id, name),
      })),
    }];
  });
  const spoken = groups.map(({ title, bars }) =>
    `${title}: ${bars.map(({ label, text }) => `${label} ${text}`).join(", ")}.`
  );
  return barChart(groups, {
    title: "How fast DAMI and the clients from npm are",
    description: spoken.join(" "),
  });
}
