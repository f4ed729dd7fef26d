import type { Command, OptionSpecs } from "./command.ts";
import {
  COMMON_OPTIONS,
  FLEET_OPTIONS,
  TARGET_OPTIONS,
} from "./command_line.ts";
import { COMMANDS } from "./commands.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { wrap } from "./terminal/wrap.ts";

const ENVIRONMENT =
  "DAMI_HOSTNAME, DAMI_PORT, DAMI_USERNAME, DAMI_SECRET, DAMI_SECRET_FILE, " +
  "DAMI_TLS (1 or 0), DAMI_CA and DAMI_SERVER_NAME replace the options.";

/** The widest help (columns): longer lines are hard to read. */
const WIDEST = 80;

/** The narrowest column of summaries; below it, they go on lines of their own (columns). */
const NARROWEST = 24;

/** Breaks text between words, and indents each line. */
function indented(text: string, indent: string, terminal: Terminal): string[] {
  const width = Math.min(WIDEST, terminal.columns) - indent.length;
  return wrap(text, width).map((line) => `${indent}${line}`);
}

/** Breaks whole sentences between words, into paragraphs. */
function paragraphs(text: string, terminal: Terminal): string {
  return text.split("\n\n").map((paragraph) =>
    indented(paragraph.replaceAll("\n", " "), "", terminal).join("\n")
  ).join("\n\n");
}

/** Returns names on the left, with their summaries on the right. */
function list(
  rows: readonly (readonly [string, string])[],
  terminal: Terminal,
): string[] {
  const left = Math.max(0, ...rows.map(([name]) => name.length)) + 4;
  const isNarrow = Math.min(WIDEST, terminal.columns) - left < NARROWEST;
  return rows.flatMap(([name, summary]) => {
    const lines = indented(summary, " ".repeat(isNarrow ? 8 : left), terminal);
    if (isNarrow) return [`  ${name}`, ...lines];
    const [first = "", ...more] = lines;
    return [`  ${name}`.padEnd(left) + first.trimStart(), ...more];
  });
}

/** Returns the options in the order of their specification. */
function optionList(options: OptionSpecs, terminal: Terminal): string[] {
  return list(
    Object.entries(options).map(([name, { value, short, summary }]) => {
      const dashed = short === undefined
        ? `    --${name}`
        : `-${short}, --${name}`;
      return [value === undefined ? dashed : `${dashed} ${value}`, summary];
    }),
    terminal,
  );
}

function section(
  heading: string,
  lines: readonly string[],
  terminal: Terminal,
): string {
  return `\n${terminal.paint("bold", heading)}\n${lines.join("\n")}\n`;
}

/**
 * Returns the general help.
 *
 * @param terminal The terminal: its width and colors.
 * @returns The text.
 */
export function generalHelp(terminal: Terminal): string {
  const commands = COMMANDS.map(({ name, summary }) =>
    [name, summary] as const
  );
  return [
    `${
      paragraphs(
        "dami talks to Asterisk through its manager interface (AMI).",
        terminal,
      )
    }\n`,
    section(
      "Usage",
      indented(
        "dami [OPTION…] [dami://USERNAME@HOST:PORT] COMMAND [ARGUMENT…]",
        "  ",
        terminal,
      ),
      terminal,
    ),
    section("Commands", list(commands, terminal), terminal),
    section(
      "Where to connect",
      optionList({ ...TARGET_OPTIONS, ...FLEET_OPTIONS }, terminal),
      terminal,
    ),
    section("Other options", [
      ...optionList({
        ...COMMON_OPTIONS,
        version: { summary: "Show the version" },
      }, terminal),
    ], terminal),
    section("Environment", indented(ENVIRONMENT, "  ", terminal), terminal),
    section("Examples", [
      "  dami dami://admin@pbx.example tail Hangup",
      "  dami do CoreStatus",
      "  dami help do",
    ], terminal),
  ].join("");
}

/**
 * Returns the help of a command.
 *
 * @param name Its name.
 * @param command The command.
 * @param terminal The terminal: its width and colors.
 * @returns The text.
 */
export function commandHelp(
  name: string,
  command: Command,
  terminal: Terminal,
): string {
  const { usage, description, options, examples } = command;
  const { connects = true, fleet = false } = command;
  const whereOptions = {
    ...TARGET_OPTIONS,
    ...(fleet ? FLEET_OPTIONS : {}),
  };
  const exampleList = examples.flatMap(({ line, summary }) => [
    ...indented(`# ${summary}`, "  ", terminal)
      .map((comment) => terminal.paint("dim", comment)),
    // A command line is never broken, so that it can be copied.
    `  ${line}`,
  ]);
  return [
    `${paragraphs(description, terminal)}\n`,
    section(
      "Usage",
      indented(`dami ${name} [OPTION…] ${usage}`.trimEnd(), "  ", terminal),
      terminal,
    ),
    section(
      "Options",
      optionList({ ...options, ...COMMON_OPTIONS }, terminal),
      terminal,
    ),
    connects
      ? section(
        "Where to connect",
        optionList(whereOptions, terminal),
        terminal,
      ) +
        section("Environment", indented(ENVIRONMENT, "  ", terminal), terminal)
      : "",
    section("Examples", exampleList, terminal),
  ].join("");
}
