import type { Cell } from "../terminal/table.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { CheckResult } from "./check.ts";
import { examine } from "./examination.ts";
import type { Level } from "./finding.ts";
import type { Patient } from "./patient.ts";
import { checkLines, count, several, summaryLines } from "./report.ts";

/** The most simultaneous examinations: each one holds connections open, and times answers. */
const MOST_AT_ONCE = 16;

/** One address of a PBX of a fleet. */
export interface FleetPatient {
  /** The name of the PBX. */
  readonly pbx: string;
  /** The connection that is examined. */
  readonly patient: Patient;
}

/** The results for one address of a PBX of a fleet. */
export interface FleetResult extends FleetPatient {
  /** The results of the checks. */
  readonly results: readonly CheckResult[];
}

/**
 * Examines several PBXs, some of them at the same time.
 *
 * @param patients The PBXs.
 * @returns The results, in the order of the PBXs.
 * @throws The signal's reason, if it is aborted.
 */
export async function examineAll(
  patients: readonly FleetPatient[],
): Promise<FleetResult[]> {
  const results: FleetResult[] = [];
  const waiting = patients.entries();
  const work = async () => {
    for (const [index, each] of waiting) {
      results[index] = { ...each, results: await examine(each.patient) };
    }
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, work));
  return results;
}

function placeOf({ hostname, port }: Patient): string {
  return `${hostname}:${port}`;
}

function stateOf(results: readonly CheckResult[]): Cell {
  const { problem, warning } = count(results);
  if (problem > 0) return { text: several(problem, "problem"), style: "red" };
  return warning > 0
    ? { text: several(warning, "warning"), style: "yellow" }
    : { text: "healthy", style: "green" };
}

/** The levels of findings that need a change. */
const WRONG: ReadonlySet<Level> = new Set<Level>(["problem", "warning"]);

/** Returns the lines about the faults of one PBX; none if it has none. */
function wrongLines(
  { pbx, patient, results }: FleetResult,
  terminal: Terminal,
): string[] {
  const wrong = results.flatMap((result) => {
    if ("notChecked" in result) return [];
    const findings = result.findings.filter(({ level }) => WRONG.has(level));
    return findings.length === 0 ? [] : [{ ...result, findings }];
  });
  if (wrong.length === 0) return [];
  return [
    "",
    terminal.paint("bold", `${pbx} (${placeOf(patient)})`),
    ...wrong.flatMap(({ check, findings }) => [
      "",
      ...checkLines(check, findings, terminal),
    ]),
  ];
}

/**
 * Writes the results of several PBXs: a table of all, then what is wrong with
 * each one.
 *
 * @param all The results.
 * @param terminal The terminal: its width and colors.
 * @returns The lines, without their ends.
 */
export function fleetLines(
  all: readonly FleetResult[],
  terminal: Terminal,
): string[] {
  const rows = all.map(({ pbx, patient, results }): Cell[] => [
    pbx,
    placeOf(patient),
    stateOf(results),
  ]);
  return [
    "",
    ...table(["PBX", { heading: "Host", leftOut: 1 }, "State"], rows, terminal),
    ...all.flatMap((result) => wrongLines(result, terminal)),
    "",
    ...summaryLines(all.flatMap(({ results }) => results)),
  ];
}
