import type { Command, OptionSpecs } from "./command.ts";
import { COMMON_OPTIONS, TARGET_OPTIONS } from "./command_line.ts";
import { COMMANDS } from "./commands.ts";
import type { Terminal } from "./terminal/terminal.ts";

const ENVIRONMENT =
  `  DAMI_HOSTNAME, DAMI_PORT, DAMI_USERNAME, DAMI_SECRET, DAMI_SECRET_FILE,
  DAMI_TLS (1 or 0), DAMI_CA and DAMI_SERVER_NAME replace the options.`;

/** Names on the left, what they are on the right. */
function list(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/** The options in the order of their specification. */
function optionList(options: OptionSpecs): string[] {
  return list(
    Object.entries(options).map(([name, { value, short, summary }]) => {
      const dashed = short === undefined
        ? `    --${name}`
        : `-${short}, --${name}`;
      return [value === undefined ? dashed : `${dashed} ${value}`, summary];
    }),
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
 * The help of the whole.
 *
 * @param terminal What is set off.
 * @returns The text.
 */
export function generalHelp(terminal: Terminal): string {
  const commands = COMMANDS.map(({ name, summary }) =>
    [name, summary] as const
  );
  return [
    "dami talks to Asterisk through its manager interface (AMI).\n",
    section("Usage", [
      "  dami [OPTION…] [dami://USERNAME@HOST:PORT] COMMAND [ARGUMENT…]",
    ], terminal),
    section("Commands", list(commands), terminal),
    section("Where to connect", optionList(TARGET_OPTIONS), terminal),
    section("Other options", [
      ...optionList({
        ...COMMON_OPTIONS,
        version: { summary: "Show the version" },
      }),
    ], terminal),
    section("Environment", [ENVIRONMENT], terminal),
    section("Examples", [
      "  dami dami://admin@pbx.example tail Hangup",
      "  dami do CoreStatus",
      "  dami help do",
    ], terminal),
  ].join("");
}

/**
 * The help of a command.
 *
 * @param name Its name.
 * @param command The command.
 * @param terminal What is set off.
 * @returns The text.
 */
export function commandHelp(
  name: string,
  command: Command,
  terminal: Terminal,
): string {
  const { usage, description, options, examples, connects = true } = command;
  const exampleList = examples.flatMap(({ line, summary }) => [
    terminal.paint("dim", `  # ${summary}`),
    `  ${line}`,
  ]);
  return [
    `${description}\n`,
    section("Usage", [`  dami ${name} [OPTION…] ${usage}`.trimEnd()], terminal),
    section("Options", optionList({ ...options, ...COMMON_OPTIONS }), terminal),
    connects
      ? section("Where to connect", optionList(TARGET_OPTIONS), terminal) +
        section("Environment", [ENVIRONMENT], terminal)
      : "",
    section("Examples", exampleList, terminal),
  ].join("");
}
