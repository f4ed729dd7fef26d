import type { Pbx } from "../calls/pbx.ts";

/** The output of a console command, and whether it succeeded. */
export interface CliResult {
  isSuccess: boolean;
  output: string[];
}

type CliCommand = (pbx: Pbx) => string[];

const COMMANDS: ReadonlyMap<string, CliCommand> = new Map([
  ["core show channels", showChannels],
  ["core show uptime", showUptime],
  ["core show version", showVersion],
]);

/** Runs a command of the console. */
export function runCommand(pbx: Pbx, text: string): CliResult {
  const words = text.trim().split(/\s+/);
  const command = COMMANDS.get(words.join(" ").toLowerCase());
  if (command !== undefined) return { isSuccess: true, output: command(pbx) };
  const line = `No such command '${text}' (type 'core show help ` +
    `${knownPart(words)}' for other possible commands)`;
  return { isSuccess: false, output: [line] };
}

/**
 * The words up to the first one that no command goes on with, that one
 * included (`find_best()`, main/cli.c).
 */
function knownPart(words: readonly string[]): string {
  const names = [...COMMANDS.keys(), "no debug channel"];
  for (let count = 1; count < words.length; count++) {
    const part = words.slice(0, count).join(" ").toLowerCase();
    if (!names.some((name) => `${name} `.startsWith(`${part} `))) {
      return words.slice(0, count).join(" ");
    }
  }
  return words.join(" ");
}

function showVersion({ options }: Pbx): string[] {
  return [`Asterisk ${options.asteriskVersion} built by dami @ testing`];
}

function showUptime({ startedAt }: Pbx): string[] {
  const seconds = Math.floor((Date.now() - startedAt) / 1_000);
  const text = `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  return [`System uptime: ${text}`, `Last reload: ${text}`];
}

function showChannels({ calls }: Pbx): string[] {
  const channels = calls.channels;
  const { active, processed } = calls;
  return [
    row("Channel", "Location", "State", "Application(Data)"),
    ...channels.map((channel) => {
      const { name, exten, context, priority } = channel;
      const { stateText, application, applicationData } = channel;
      const location = exten === ""
        ? "(None)"
        : `${exten}@${context}:${priority}`;
      const running = application === ""
        ? "(None)"
        : `${application}(${applicationData})`;
      return row(name, location, stateText, running);
    }),
    `${channels.length} active channel${channels.length === 1 ? "" : "s"}`,
    `${active} active call${active === 1 ? "" : "s"}`,
    `${processed} call${processed === 1 ? "" : "s"} processed`,
  ];
}

/** A row as `handle_chanlist()` of main/cli.c prints it. */
function row(
  channel: string,
  location: string,
  state: string,
  application: string,
): string {
  return [
    channel.slice(0, 20).padEnd(20),
    location.slice(0, 20).padEnd(20),
    state.slice(0, 7).padEnd(7),
    application.slice(0, 30).padEnd(30),
  ].join(" ");
}
