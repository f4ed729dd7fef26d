import type { Credentials, DAMIOptions } from "../../../mod.ts";
import type { Command, CommandContext } from "../command.ts";
import { FAILED, SUCCESS, UsageError } from "../failures/command_error.ts";
import { examine } from "./examination.ts";
import type { Patient, Trust } from "./patient.ts";
import { count, Report } from "./report.ts";
import { readDuration } from "../values/duration.ts";
import { printable, printableJson } from "../terminal/printable.ts";

/** The default time to listen to events (milliseconds). */
const LISTEN_TIME = 2_000;

/** The default limit of each step (milliseconds). */
const TIMEOUT = 5_000;

function duration(
  { args }: CommandContext,
  name: string,
  otherwise: number,
): number {
  const text = args.text(name);
  return text === undefined ? otherwise : readDuration(text, `--${name}`);
}

function trustOf(
  { tls = false }: DAMIOptions,
  hostname: string,
): Trust | undefined {
  if (tls === false) return undefined;
  const { caCerts = [], serverName = hostname } = tls === true ? {} : tls;
  return { caCerts, serverName };
}

/** Asks for the credentials once, so that the secret is typed once. */
function once(
  ask: () => Promise<Credentials>,
): () => Promise<Credentials> {
  let asked: Promise<Credentials> | undefined;
  return () => asked ??= ask();
}

async function patientOf(context: CommandContext): Promise<Patient> {
  const { args, target, signal } = context;
  const options = await context.options();
  return {
    hostname: target.hostname,
    port: target.port,
    trust: trustOf(options, target.hostname),
    username: target.username,
    options,
    events: args.texts("event"),
    actions: args.texts("action"),
    listenTime: duration(context, "listen", LISTEN_TIME),
    sendsUserEvent: args.has("user-event"),
    timeout: duration(context, "timeout", TIMEOUT),
    signal,
    credentials: once(context.credentials),
  };
}

/** Finds out why nothing comes, and says what to change. */
export const doctor: Command = {
  usage: "",
  description:
    `Finds out why events or answers are missing: it checks the host name, the port,
TLS, the login, the rights of the user, the network, and the clock. Each finding
says what to change, most often in manager.conf.

It changes nothing on the PBX. It logs in twice, reads [general] and the user's
own section of manager.conf if it may (and shows no secret), and listens for a
while. Only --user-event sends something that others can see: a UserEvent called
DamiDoctor. The exit status is 1 if there is a problem.`,
  options: {
    event: {
      value: "NAME",
      summary: "An event to explain the absence of; may be repeated",
      completes: "event",
    },
    action: {
      value: "NAME",
      summary: "An action to explain the refusal of; may be repeated",
      completes: "action",
    },
    listen: {
      value: "TIME",
      summary: "The time to listen to events (2s)",
    },
    "user-event": {
      summary: "Send a UserEvent, and check that it comes back",
    },
    timeout: {
      value: "TIME",
      summary: "The limit for each step (5s)",
    },
    json: { summary: "Show the findings as JSON" },
  },
  examples: [
    { line: "dami doctor", summary: "Examine the PBX on this machine" },
    {
      line:
        "dami doctor dami://wallboard@pbx.example --event QueueMemberStatus",
      summary: "Find out why this event is missing",
    },
    {
      line: "dami doctor --ca pbx.pem --hostname pbx.example --json",
      summary: "Examine an encrypted connection, for a program",
    },
  ],

  async run(context) {
    const { args, output, terminal, target } = context;
    const [word] = args.words;
    if (word !== undefined) {
      throw new UsageError(
        `Unexpected argument '${word}': give an event with --event, an action with --action`,
      );
    }
    const patient = await patientOf(context);
    const { hostname, port, username, trust } = patient;
    const isJson = args.has("json");
    if (!isJson) {
      const place = `${
        target.tls ? "damis" : "dami"
      }://${username}@${hostname}:${port}`;
      output.line(printable(`Examining ${place}`));
    }
    const report = new Report(terminal, (text) => output.write(text));
    const results = await examine(patient, (result) => {
      if (!isJson) report.take(result);
    });
    const counts = count(results);
    const isHealthy = counts.problem === 0;
    if (isJson) {
      const json = JSON.stringify({
        hostname,
        port,
        tls: trust !== undefined,
        username,
        isHealthy,
        counts,
        checks: results,
      });
      output.line(printableJson(json));
    } else {
      report.end();
    }
    return isHealthy ? SUCCESS : FAILED;
  },
};
