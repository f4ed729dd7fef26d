import { printable } from "../terminal/printable.ts";
import type { Style, Terminal } from "../terminal/terminal.ts";
import { wrap } from "../terminal/wrap.ts";
import type { CheckResult } from "./check.ts";
import { capitalized, type Finding, type Level } from "./finding.ts";

/** The marks of findings. */
const MARKS: Readonly<Record<Level, { mark: string; style: Style }>> = {
  ok: { mark: "✔", style: "green" },
  note: { mark: "•", style: "blue" },
  warning: { mark: "!", style: "yellow" },
  problem: { mark: "✘", style: "red" },
};

const INDENT = "  ";

/** After the mark and the longest word. */
const HANGING = " ".repeat(13);

const NARROWEST = 40;

/** Prefixes the first line of a text, and indents the others. */
function hanging(first: string, text: string, terminal: Terminal): string[] {
  const width = Math.max(NARROWEST, terminal.columns - HANGING.length);
  return wrap(printable(text), width).map((line, index) =>
    `${index === 0 ? first : HANGING}${line}`
  );
}

function findingLines(
  { level, what, advice = [] }: Finding,
  terminal: Terminal,
): string[] {
  const { mark, style } = MARKS[level];
  const first = terminal.paint(style, `${mark} ${level.padEnd(8)}`);
  return [
    ...hanging(`${INDENT}${first} `, what, terminal),
    ...advice.flatMap((each) =>
      hanging(`${HANGING.slice(2)}→ `, each, terminal)
    ),
  ];
}

/**
 * The findings of a check as they are shown.
 *
 * @param check The subject of the check.
 * @param findings The findings.
 * @param terminal The terminal: its width and colors.
 * @returns The lines, without their ends.
 */
export function checkLines(
  check: string,
  findings: readonly Finding[],
  terminal: Terminal,
): string[] {
  return [
    terminal.paint("bold", check),
    ...findings.flatMap((finding) => findingLines(finding, terminal)),
  ];
}

/**
 * Returns the lines about checks that were not made.
 *
 * @param checks The subjects of the checks.
 * @param reason The reason.
 * @param terminal The terminal: its width and colors.
 * @returns The lines, without their ends.
 */
export function notCheckedLines(
  checks: readonly string[],
  reason: string,
  terminal: Terminal,
): string[] {
  return [
    terminal.paint("bold", "Not checked"),
    ...hanging(
      `${INDENT}${terminal.paint("dim", "-         ")} `,
      `${checks.join(", ")}: ${reason}`,
      terminal,
    ),
  ];
}

/** Writes results as they arrive; checks that were skipped for the same reason share a line. */
export class Report {
  readonly #write: (text: string) => void;
  readonly #terminal: Terminal;
  readonly #results: CheckResult[] = [];
  #notChecked: string[] = [];
  #reason = "";

  /**
   * Makes an empty report.
   *
   * @param terminal The terminal: its width and colors.
   * @param write Writes a piece of text.
   */
  constructor(terminal: Terminal, write: (text: string) => void) {
    this.#terminal = terminal;
    this.#write = write;
  }

  /**
   * Takes a result.
   *
   * @param result The result.
   */
  take(result: CheckResult): void {
    this.#results.push(result);
    if ("notChecked" in result) {
      if (result.notChecked !== this.#reason) this.#flush();
      this.#reason = result.notChecked;
      this.#notChecked.push(result.check);
      return;
    }
    this.#flush();
    this.#paragraph(
      checkLines(result.check, result.findings, this.#terminal),
    );
  }

  /** Writes the summary. */
  end(): void {
    this.#flush();
    this.#paragraph(
      summaryLines(this.#results).flatMap((line) =>
        wrap(line, Math.max(NARROWEST, this.#terminal.columns))
      ),
    );
  }

  #flush(): void {
    if (this.#notChecked.length === 0) return;
    this.#paragraph(
      notCheckedLines(this.#notChecked, this.#reason, this.#terminal),
    );
    this.#notChecked = [];
  }

  #paragraph(lines: readonly string[]): void {
    this.#write(`\n${lines.join("\n")}\n`);
  }
}

/** The number of findings of each level. */
export type Counts = Readonly<Record<Level, number>>;

/**
 * Counts findings.
 *
 * @param results The results.
 * @returns The number of each level.
 */
export function count(results: readonly CheckResult[]): Counts {
  const counts = { ok: 0, note: 0, warning: 0, problem: 0 };
  for (const result of results) {
    if ("notChecked" in result) continue;
    for (const { level } of result.findings) counts[level]++;
  }
  return counts;
}

/**
 * Returns a number with a word.
 *
 * @param number The number.
 * @param word The word for one.
 * @returns `no problems`, `1 problem` or `2 problems`.
 */
export function several(number: number, word: string): string {
  return `${number === 0 ? "no" : number} ${word}${number === 1 ? "" : "s"}`;
}

/**
 * Returns the lines of the summary.
 *
 * @param results The results.
 * @returns The lines, without their ends.
 */
export function summaryLines(results: readonly CheckResult[]): string[] {
  const { problem, warning } = count(results);
  const sentence = `${several(problem, "problem")}, ${
    several(warning, "warning")
  }`;
  const lines = [capitalized(sentence)];
  const isAboutConfiguration = results.some((result) =>
    "findings" in result &&
    result.findings.some(({ level, advice = [] }) =>
      (level === "problem" || level === "warning") &&
      advice.some((each) => each.includes("manager.conf, ["))
    )
  );
  if (isAboutConfiguration) {
    lines.push(
      'After changing manager.conf, run asterisk -rx "manager reload" and log in again: a session keeps the rights it started with',
    );
  }
  return lines;
}
