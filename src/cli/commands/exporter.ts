import { abortable } from "@std/async/abortable";
import { AmiAuthenticationError } from "../../../mod.ts";
import { Fleet, type FleetLive } from "../../fleet/fleet.ts";
import { metricsHandler } from "../../telemetry/metrics_handler.ts";
import type { Command, CommandContext } from "../command.ts";
import { memberOf } from "../fleet_member.ts";
import { reportConnections } from "../fleet_report.ts";
import { serve, urlOf } from "../serve.ts";
import { readListenAddress } from "../values/listen_address.ts";
import { kindsWithout, problemsOf } from "./snapshots.ts";

/** The port that exporters of OpenTelemetry for Prometheus have. */
const DEFAULT_ADDRESS = "127.0.0.1:9464";

/** The metrics need only these. */
const SNAPSHOTS = ["channels", "queues", "endpoints"] as const;

/** Returns a name for the only PBX, which is the value of its label: a host name may hold dots. */
function nameOf(hostname: string): string {
  return hostname.replaceAll(/[^A-Za-z0-9_-]/g, "-").slice(0, 64) || "pbx";
}

/** Returns the context of each PBX, by its name. */
async function contextsOf(
  context: CommandContext,
): Promise<ReadonlyMap<string, CommandContext>> {
  return new Map(
    (await context.pbxs()).map((each) => [
      each.pbx ?? nameOf(each.target.hostname),
      each,
    ]),
  );
}

async function makeFleet(
  contexts: ReadonlyMap<string, CommandContext>,
): Promise<Fleet> {
  const fleet = new Fleet();
  for (const [name, each] of contexts) {
    await fleet.add(name, await memberOf(each));
  }
  return fleet;
}

/** Reports the PBXs that are not connected yet; if there is only one, a refused login ends the command. */
function reportMissing(fleet: Fleet, tell: CommandContext["tell"]): void {
  const { names } = fleet;
  for (const name of names) {
    const failure = fleet.failure(name);
    if (failure instanceof AmiAuthenticationError) {
      if (names.length === 1) throw failure;
      continue;
    }
    if (failure !== undefined) tell(`${name}: ${failure.message}`);
  }
}

/** Reports which metrics will be missing. */
function reportProblems(
  live: FleetLive,
  contexts: ReadonlyMap<string, CommandContext>,
  tell: CommandContext["tell"],
): void {
  for (const [name, { target }] of contexts) {
    const pbx = live.pbx(name);
    if (pbx === undefined) continue;
    for (const { kind, error } of problemsOf(pbx, target)) {
      tell(`${name}: no ${kind}: ${error.message}`);
    }
  }
}

async function run(context: CommandContext): Promise<number> {
  const { args, output, signal, tell } = context;
  args.refuseWords();
  const address = readListenAddress(args.text("listen") ?? DEFAULT_ADDRESS);
  const contexts = await contextsOf(context);
  await using fleet = await makeFleet(contexts);
  reportConnections(fleet, tell);
  await fleet.start({ signal });
  reportMissing(fleet, tell);
  using live = await fleet.live({ without: kindsWithout(SNAPSHOTS), signal });
  reportProblems(live, contexts, tell);
  await using server = serve(address, metricsHandler(fleet, { live }));
  output.line(`Metrics at ${urlOf(server)}`);
  return await abortable(new Promise<never>(() => {}), signal);
}

/** `dami exporter`: serves metrics for Prometheus. */
export const exporter: Command = {
  usage: "",
  description:
    `Serves figures of a PBX, or of several, for Prometheus: calls, channels, queues, members and
endpoints, and how well DAMI keeps up with its events. It goes on while the PBX is
down. /healthz and /readyz say whether it is there. The user needs read =
system,call,agent and write = system,reporting. No telephone number and no
name of a person is among the figures.`,
  fleet: true,
  options: {
    listen: {
      value: "HOST:PORT",
      summary: `Address to serve on (${DEFAULT_ADDRESS})`,
    },
  },
  examples: [
    {
      line: "dami exporter --fleet fleet.json",
      summary: "Metrics of all PBXs in a file, labelled by name",
    },
    {
      line: "dami exporter dami://metrics@pbx.example",
      summary: "Metrics at http://127.0.0.1:9464/metrics",
    },
    {
      line: "dami exporter --listen 10.0.0.5:9464",
      summary: "The same, for Prometheus on another machine",
    },
  ],
  run,
};
