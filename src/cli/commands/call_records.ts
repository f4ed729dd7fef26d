import type { EndedCallRecord } from "../../live/live_pbx.ts";
import type { CommandContext } from "../command.ts";
import { eachPbx, reportFailures } from "../each_pbx.ts";
import { asError } from "../../error_text.ts";
import { CommandError } from "../failures/command_error.ts";
import { isChosen } from "../pbx_choice.ts";
import { timeOfDay } from "../terminal/event_line.ts";
import { printable, printableJson } from "../terminal/printable.ts";
import { clock } from "../values/duration.ts";
import { party } from "./party.ts";

/** The form of the lines. */
export type RecordFormat = "line" | "json" | "csv";

/** The longest wait for an answer (milliseconds). */
const PATIENCE = 10_000;

/** The columns of CSV, and their values. Times are seconds. */
const COLUMNS: readonly (readonly [
  name: string,
  value: (record: EndedCallRecord) => string,
])[] = [
  ["started", ({ startedAt }) => new Date(startedAt).toISOString()],
  ["id", ({ id }) => id],
  ["caller", ({ caller }) => caller?.number ?? ""],
  ["caller_name", ({ caller }) => caller?.name ?? ""],
  ["dialed", ({ dialed }) => dialed],
  ["queue", ({ queues }) => queues.at(-1)?.queue ?? ""],
  ["answered_by", (record) => answererOf(record)],
  ["disposition", ({ disposition }) => disposition],
  ["ended_by", ({ endedBy = "" }) => endedBy],
  ["ring", ({ ringTime }) => seconds(ringTime)],
  ["wait", ({ waitTime }) => seconds(waitTime)],
  ["talk", ({ talkTime }) => seconds(talkTime)],
  ["hold", ({ holdTime }) => seconds(holdTime)],
  ["total", ({ totalTime }) => seconds(totalTime)],
];

/**
 * Writes the record of each call as it ends, until the command ends.
 *
 * @param context The context of the command.
 * @param format The form of the lines.
 * @returns The exit status.
 */
export async function streamRecords(
  context: CommandContext,
  format: RecordFormat,
): Promise<number> {
  const { args, output } = context;
  if (format === "csv") {
    const names = COLUMNS.map(([name]) => name);
    const isNamed = args.has("fleet") || args.has("nats");
    output.line((isNamed ? ["pbx", ...names] : names).join(","));
  }
  const streamed = new Set<string | undefined>();
  const begin = async (pbx: CommandContext): Promise<void> => {
    if (streamed.has(pbx.pbx)) return;
    streamed.add(pbx.pbx);
    await stream(pbx, format);
  };
  using _later = await joinLater(context, begin);
  return await reportFailures(await eachPbx(context, begin));
}

/** Begins with each PBX that appears on the bus, from now on. */
async function joinLater(
  context: CommandContext,
  begin: (pbx: CommandContext) => Promise<void>,
): Promise<Disposable | undefined> {
  const bus = await context.bus?.();
  const fleet = bus?.fleet(isChosen(context.args.texts("pbx")));
  fleet?.addEventListener("add", async ({ detail: { pbx } }) => {
    const named = context.named(pbx);
    try {
      await begin(named);
    } catch (error) {
      if (context.signal.aborted) return;
      await reportFailures([{ context: named, error: asError(error) }]);
    }
  });
  return fleet;
}

async function stream(
  context: CommandContext,
  format: RecordFormat,
): Promise<never> {
  const { output, signal, pbx, tell } = context;
  await using client = await context.open({
    events: "system,call,agent,dialplan",
    reconnect: true,
    timeout: PATIENCE,
  });
  // Loaded here: the help does not need them.
  const { LivePbx } = await import("../../live/live_pbx.ts");
  const { kindsWithout } = await import("./snapshots.ts");
  const without = kindsWithout(["channels", "parking", "bridges", "queues"]);
  using live = await LivePbx.start(client, { signal, dialplan: true, without });
  for await (const change of live.changes({ signal })) {
    if (change.type === "stale") tell("Connection lost, reconnecting");
    if (change.type === "problem") tell(change.error.message);
    if (change.type !== "call-ended") continue;
    output.line(recordLine(change.record, format, pbx));
  }
  throw new CommandError("The connection was closed");
}

/**
 * Writes the record of a call as a line.
 *
 * @param record The record.
 * @param format The form of the line.
 * @param pbx The name of the PBX, if it is of a fleet.
 * @returns The line without its end.
 */
export function recordLine(
  record: EndedCallRecord,
  format: RecordFormat,
  pbx?: string,
): string {
  if (format === "json") {
    const named = pbx === undefined ? record : { pbx, ...record };
    return printableJson(JSON.stringify(named));
  }
  if (format === "csv") {
    const values = COLUMNS.map(([, value]) => value(record));
    return (pbx === undefined ? values : [pbx, ...values])
      .map((value) => csvField(printable(value))).join(",");
  }
  const { caller, dialed, queues, disposition, startedAt } = record;
  const who = party(caller?.name ?? "", caller?.number ?? "") ||
    caller?.device || "somebody";
  const whom = queues.at(-1)?.queue ?? dialed;
  const answerer = answererOf(record);
  const parts = [
    ...(pbx === undefined ? [] : [pbx]),
    timeOfDay(startedAt),
    `${who} -> ${whom === "" ? "?" : whom}`,
    disposition,
    ...(answerer === "" ? [] : [`by ${answerer}`]),
    ...times(record),
  ];
  return printable(parts.join("  "));
}

function times(record: EndedCallRecord): string[] {
  const { waitTime, ringTime, talkTime, totalTime } = record;
  const named: [string, number][] = [
    ["waited", waitTime],
    ["rang", ringTime],
    ["talked", talkTime],
    ["total", totalTime],
  ];
  return named.filter(([, time]) => time >= 500)
    .map(([name, time]) => `${name} ${clock(time / 1_000)}`);
}

function answererOf({ queues, answeredBy }: EndedCallRecord): string {
  return queues.at(-1)?.member ?? answeredBy?.device ?? "";
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}

/** Quotes a field if necessary (RFC 4180). */
function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
