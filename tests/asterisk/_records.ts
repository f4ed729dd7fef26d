/**
 * The logs that Asterisk itself writes about calls and queues, to be compared
 * with records and figures.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { DAMIData } from "../../mod.ts";
import type {
  EndedCallRecord,
  FiguresReport,
} from "../../src/live/live_pbx.ts";

/** The most by which times of Asterisk, in whole seconds, may differ from those of events (milliseconds). */
const TOLERANCE = 1_100;

/** Time zones are apart by whole quarters of an hour (milliseconds). */
const QUARTER = 900_000;

/** The lines of `queue_log` that are counted, and as what. */
const COUNTED: ReadonlyMap<string, string> = new Map([
  ["ENTERQUEUE", "offered"],
  ["CONNECT", "answered"],
  ["ABANDON", "abandoned"],
  ["COMPLETECALLER", "completed"],
  ["COMPLETEAGENT", "completed"],
  ["BLINDTRANSFER", "completed"],
  ["ATTENDEDTRANSFER", "completed"],
  ["EXITWITHTIMEOUT", "timedOut"],
  ["EXITWITHKEY", "leftByKey"],
  ["EXITEMPTY", "leftEmpty"],
  ["RINGNOANSWER", "missed"],
  ["PAUSE", "pauses"],
]);

type Totals = Record<string, Record<string, number>>;

function count(totals: Totals, whose: string, what: string, by = 1): void {
  const counts = totals[whose] ??= {};
  if (by > 0) counts[what] = (counts[what] ?? 0) + by;
}

/** The totals of each queue and each agent in a `queue_log`. */
function totalsOf(
  log: string,
  nameOf: (location: string) => string,
): { queues: Totals; agents: Totals } {
  const [queues, agents]: [Totals, Totals] = [{}, {}];
  for (const line of log.split("\n")) {
    const [, , queue = "", agent = "", event = "", data] = line.split("|");
    // Who joins in a pause has one line, which holds no name.
    const isPaused = event === "ADDMEMBER" && data === "PAUSED";
    if (isPaused) count(agents, nameOf(agent), "pauses");
    const what = COUNTED.get(event);
    if (what === undefined) continue;
    if (what !== "pauses") count(queues, queue, what);
    const isOfAgent = ["CONNECT", "RINGNOANSWER", "PAUSE"].includes(event);
    if (isOfAgent) count(agents, agent, what);
  }
  return { queues, agents };
}

/** The same by the figures. */
function countedBy(report: FiguresReport): { queues: Totals; agents: Totals } {
  const [queues, agents]: [Totals, Totals] = [{}, {}];
  const names = new Set(COUNTED.values());
  for (const { queue, sinceStart } of report.queues) {
    if (sinceStart.offered === 0) continue;
    for (const [name, value] of Object.entries(sinceStart)) {
      if (names.has(name)) count(queues, queue, name, value);
    }
  }
  for (
    const { name, sinceStart: { answered, missed, pauses } } of report.agents
  ) {
    const paused = pauses.reduce((sum, each) => sum + each.count, 0);
    if (answered + missed + paused === 0) continue;
    count(agents, name, "answered", answered);
    count(agents, name, "missed", missed);
    count(agents, name, "pauses", paused);
  }
  return { queues, agents };
}

/** Asserts that the figures are those of `queue_log`. */
export function assertFigures(report: FiguresReport, log: string): void {
  const nameOf = (location: string) =>
    report.agents.find((agent) => agent.interface === location)?.name ?? "";
  assertEquals(countedBy(report), totalsOf(log, nameOf), log);
}

/** A time of `Cdr`, in an unknown time zone; `undefined` if there is none. */
function timeOf(value: unknown): number | undefined {
  const text = String(value ?? "");
  return text === "" ? undefined : Date.parse(`${text.replace(" ", "T")}Z`);
}

/** Asserts that the records agree with what Asterisk has written down of each channel. */
export function assertCdrs(
  records: readonly EndedCallRecord[],
  cdrs: readonly DAMIData[],
): void {
  assert(cdrs.length > 0, "no Cdr came");
  let seen = 0;
  for (const cdr of cdrs) {
    const record = records.find(({ legs }) =>
      legs.some(({ uniqueid }) => uniqueid === cdr.UniqueID)
    );
    const leg = record?.legs.find(({ uniqueid }) => uniqueid === cdr.UniqueID);
    // Halves of Local channels are no legs.
    if (record === undefined || leg === undefined) {
      assert(String(cdr.Channel).startsWith("Local/"), Deno.inspect(cdr));
      continue;
    }
    seen++;
    const what = Deno.inspect({ cdr, record }, { depth: 4 });
    const start = timeOf(cdr.StartTime) ?? 0;
    const zone = Math.round((start - leg.startedAt) / QUARTER) * QUARTER;
    const isNear = (told: number | undefined, own: number) =>
      told !== undefined && Math.abs(told - zone - own) <= TOLERANCE;
    const begins = [
      leg.startedAt,
      ...record.legs.map(({ startedAt }) => startedAt),
      ...record.talks.map(({ to = 0 }) => to),
      ...record.transfers.map(({ at }) => at),
    ];
    // In a conference, each who comes or goes makes one.
    const isOfConference = record.conferences.length > 0 &&
      start - zone >= leg.startedAt - TOLERANCE;
    const isBegin = isOfConference ||
      begins.some((begin) => isNear(start, begin));
    assert(isBegin, `start: ${what}`);
    const end = timeOf(cdr.EndTime) ?? 0;
    assert(end - zone <= record.endedAt + TOLERANCE, `end: ${what}`);
    const answer = timeOf(cdr.AnswerTime);
    if (cdr.Disposition === "ANSWERED" && !isOfConference) {
      const answers = record.legs.flatMap(({ answeredAt }) => answeredAt ?? []);
      const isTold = answers.some((at) => isNear(answer, at)) ||
        isNear(answer, leg.startedAt) ||
        // What goes on in another way begins with its answer.
        begins.some((begin) => isNear(answer, begin));
      assert(isTold, `answer: ${what}`);
    }
    // In a conference, it is one of another call.
    const others = record.conferences.length > 0 ? records : [record];
    const other = String(cdr.DestinationChannel);
    if (other !== "" && !other.startsWith("Local/")) {
      const isThere = others.some(({ legs }) =>
        legs.some(({ channel }) => channel === other)
      );
      assert(isThere, `other: ${what}`);
    }
    if (cdr.Disposition === "BUSY") assertEquals(record.disposition, "busy");
  }
  assert(seen > 10, `only ${seen} of ${cdrs.length} Cdr are of legs`);
}
