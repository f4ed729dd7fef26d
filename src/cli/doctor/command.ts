import type { Credentials, DAMIOptions } from "../../../mod.ts";
import type { Command, CommandContext } from "../command.ts";
import { FAILED, SUCCESS, UsageError } from "../failures/command_error.ts";
import type { CheckResult } from "./check.ts";
import { examine } from "./examination.ts";
import type { FleetPatient } from "./fleet_examination.ts";
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

async function patientOf(
  context: CommandContext,
  hostname = context.target.hostname,
): Promise<Patient> {
  const { args, target, signal } = context;
  const options = { ...await context.options(), hostname };
  return {
    hostname,
    port: target.port,
    trust: trustOf(options, hostname),
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

/** Returns the results as JSON has them. */
function jsonOf(
  patient: Patient,
  results: readonly CheckResult[],
  pbx?: string,
): string {
  const counts = count(results);
  return printableJson(JSON.stringify({
    ...(pbx === undefined ? {} : { pbx }),
    hostname: patient.hostname,
    port: patient.port,
    tls: patient.trust !== undefined,
    username: patient.username,
    isHealthy: counts.problem === 0,
    counts,
    checks: results,
  }));
}

function isHealthy(results: readonly CheckResult[]): boolean {
  return count(results).problem === 0;
}

async function examineOne(context: CommandContext): Promise<number> {
  const { args, output, terminal, target } = context;
  const patient = await patientOf(context);
  const isJson = args.has("json");
  if (!isJson) {
    const { hostname, port, username } = patient;
    const scheme = target.tls ? "damis" : "dami";
    const place = `${scheme}://${username}@${hostname}:${port}`;
    output.line(printable(`Examining ${place}`));
  }
  const report = new Report(terminal, (text) => output.write(text));
  const results = await examine(patient, (result) => {
    if (!isJson) report.take(result);
  });
  if (isJson) output.line(jsonOf(patient, results));
  else report.end();
  return isHealthy(results) ? SUCCESS : FAILED;
}

async function examineFleet(
  context: CommandContext,
  file: string,
): Promise<number> {
  const { args, output, terminal } = context;
  const { examineAll, fleetLines } = await import("./fleet_examination.ts");
  const patients: FleetPatient[] = [];
  for (const pbx of await context.pbxs()) {
    const { hostname, fleet } = pbx.target;
    for (const host of [hostname, ...fleet?.others ?? []]) {
      patients.push({
        pbx: pbx.pbx ?? "",
        patient: await patientOf(pbx, host),
      });
    }
  }
  const isJson = args.has("json");
  if (!isJson) {
    output.line(printable(`Examining the PBXs of ${file}`));
    await output.flush();
  }
  const all = await examineAll(patients);
  const lines = isJson
    ? all.map(({ patient, results, pbx }) => jsonOf(patient, results, pbx))
    : fleetLines(all, terminal);
  for (const line of lines) output.line(line);
  return all.every(({ results }) => isHealthy(results)) ? SUCCESS : FAILED;
}

/** Finds out why no events arrive, and says what to change. */
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
      summary: "Explain why this event is missing; may be repeated",
      completes: "event",
    },
    action: {
      value: "NAME",
      summary: "Explain why this action is refused; may be repeated",
      completes: "action",
    },
    listen: {
      value: "TIME",
      summary: "How long to listen for events (2s)",
    },
    "user-event": {
      summary: "Send a UserEvent, and check that it comes back",
    },
    timeout: {
      value: "TIME",
      summary: "Time limit for each step (5s)",
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
    {
      line: "dami doctor --fleet fleet.json",
      summary: "Examine several PBXs: a table, then what is wrong",
    },
  ],

  fleet: true,

  async run(context) {
    const { args } = context;
    const [word] = args.words;
    if (word !== undefined) {
      throw new UsageError(
        `Unexpected argument '${word}': name an event with --event, an action with --action`,
      );
    }
    const file = args.text("fleet");
    return file === undefined
      ? await examineOne(context)
      : await examineFleet(context, file);
  },
};
