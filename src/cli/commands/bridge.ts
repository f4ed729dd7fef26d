import { abortable } from "@std/async/abortable";
import { Fleet, readFleetFile } from "../../fleet/fleet.ts";
import { NatsBridge } from "../../nats/nats.ts";
import { metricsHandler } from "../../telemetry/metrics_handler.ts";
import { bridgeLines } from "../bridge_view.ts";
import type { Command, CommandContext } from "../command.ts";
import { UsageError } from "../failures/command_error.ts";
import { reportConnections } from "../fleet_report.ts";
import { connectNats } from "../nats_connection.ts";
import { NATS_OPTIONS } from "../nats_options.ts";
import { serve, urlOf } from "../serve.ts";
import { Screen } from "../terminal/screen.ts";
import { readListenAddress } from "../values/listen_address.ts";

/** The interval of updates (milliseconds). */
const INTERVAL = 500;

async function makeFleet({ args, tell }: CommandContext): Promise<Fleet> {
  const file = args.text("fleet");
  if (file === undefined) {
    throw new UsageError(
      "--fleet is missing: it names the file that lists the PBXs",
    );
  }
  const { pbxs, warnings } = await readFleetFile(file);
  for (const warning of warnings) tell(warning);
  return new Fleet(pbxs);
}

/** Prints what happens, where the state is not shown. */
function report(
  fleet: Fleet,
  bridge: NatsBridge,
  { output, tell }: CommandContext,
): void {
  bridge.addEventListener("hold", ({ detail: { pbx } }) => {
    output.line(`${pbx}: publishing`);
  });
  bridge.addEventListener("release", ({ detail: { pbx } }) => {
    output.line(`${pbx}: no longer publishing`);
  });
  bridge.addEventListener("action", ({ detail }) => {
    const { pbx, description, caller = "unknown", reply, error } = detail;
    const end = error === undefined ? "done" : error.message;
    output.line(`${pbx}: ${description} for ${caller} (${reply}): ${end}`);
  });
  reportConnections(fleet, tell);
}

/** Shows the state until the command ends. */
async function watch(
  fleet: Fleet,
  bridge: NatsBridge,
  { terminal, signal }: CommandContext,
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  using screen = new Screen(terminal, () => ended.resolve());
  const draw = () => {
    const { head, body } = bridgeLines(fleet, bridge.stats(), terminal);
    screen.show(head, body);
  };
  draw();
  const timer = setInterval(draw, INTERVAL);
  const onAbort = () => ended.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    await ended.promise;
  } finally {
    signal.removeEventListener("abort", onAbort);
    clearInterval(timer);
  }
}

async function run(context: CommandContext): Promise<number> {
  const { args, output, signal, terminal } = context;
  args.refuseWords();
  const isWatched = args.has("watch") && terminal.canRedraw;
  await using stack = new AsyncDisposableStack();
  const fleet = stack.use(await makeFleet(context));
  const nats = await connectNats(context);
  stack.defer(() => nats.close());
  const events = args.texts("event");
  const name = args.text("name");
  const bridge = new NatsBridge({
    nats,
    fleet,
    actions: { allow: args.texts("allow") },
    ...(events.length > 0 && { events }),
    ...(name !== undefined && { name }),
  });
  stack.use(bridge);
  if (!isWatched) report(fleet, bridge, context);
  await fleet.start({ signal });
  await bridge.start();
  const address = args.text("listen");
  if (address !== undefined) {
    const server = stack.use(
      serve(readListenAddress(address), metricsHandler(fleet, { bridge })),
    );
    if (!isWatched) output.line(`Metrics at ${urlOf(server)}`);
  }
  if (isWatched) {
    await watch(fleet, bridge, context);
    return 0;
  }
  return await abortable(new Promise<never>(() => {}), signal);
}

/** `dami bridge`: publishes the events of PBXs on NATS. */
export const bridge: Command = {
  usage: "",
  description:
    `Publishes the events of the PBXs in a file on NATS JetStream, for any number of
programs, and does the actions that they ask for: those that only read, and those
that --allow names. Start it on two machines or more: one of them publishes the
events of each PBX, and another takes over when it ends. It keeps the events while
NATS is disconnected.`,
  options: {
    fleet: {
      value: "FILE",
      summary: "JSON file that names the PBXs",
      completes: "file",
    },
    ...NATS_OPTIONS,
    name: { value: "NAME", summary: "Name of this bridge (bridge)" },
    event: {
      value: "NAME",
      summary: "Publish only these events, such as Queue*; may be repeated",
      completes: "event",
    },
    allow: {
      value: "ACTION",
      summary: "Also allow this action, such as QueuePause; may be repeated",
      completes: "action",
    },
    listen: {
      value: "HOST:PORT",
      summary: "Serve metrics to Prometheus at this address",
    },
    watch: { summary: "Show the state of each PBX" },
  },
  examples: [
    {
      line: "dami bridge --fleet fleet.json --nats nats.example:4222",
      summary: "Publish the events of all PBXs in a file",
    },
    {
      line: "dami bridge --fleet fleet.json --nats nats.example --watch",
      summary: "The same, showing which bridge publishes which PBX",
    },
    {
      line:
        "dami bridge --fleet fleet.json --nats nats.example --allow 'Queue*'",
      summary: "Let programs on the bus change queues",
    },
  ],
  connects: false,
  run,
};
