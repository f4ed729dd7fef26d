import { assert, assertEquals, assertMatch } from "@std/assert";
import { fail } from "node:assert";
import { Fleet } from "../../src/fleet/fleet.ts";
import { NatsBridge, type NatsBridgeOptions } from "../../src/nats/nats.ts";
import {
  AmiServer,
  type AmiServerOptions,
} from "../../src/testing/ami_server.ts";
import { COMMON } from "../fleet/_fleet.ts";
import { natsTest, type TestBus } from "../nats/_nats.ts";
import { until } from "../_waiting.ts";
import { DamiRun, runDami, type RunResult } from "./_run.ts";

/** Two embedded PBXs, and a bridge that holds them. */
class BusOfTwo implements AsyncDisposable {
  readonly berlin: AmiServer;
  readonly wien: AmiServer;
  readonly #test: TestBus;
  readonly #fleet: Fleet;
  readonly #bridge: NatsBridge;

  private constructor(
    test: TestBus,
    pbxs: [AmiServer, AmiServer],
    fleet: Fleet,
    bridge: NatsBridge,
  ) {
    [this.berlin, this.wien] = pbxs;
    this.#test = test;
    this.#fleet = fleet;
    this.#bridge = bridge;
  }

  static async start(
    test: TestBus,
    options: Partial<NatsBridgeOptions> = {},
    server: AmiServerOptions = {},
    user?: string,
  ): Promise<BusOfTwo> {
    const berlin = AmiServer.start(server);
    const wien = AmiServer.start(server);
    const fleet = new Fleet({
      berlin: { port: berlin.port },
      wien: { port: wien.port },
    }, COMMON);
    await fleet.start();
    const nats = await test.connect(undefined, user);
    const bridge = new NatsBridge({ nats, fleet, ...options });
    await bridge.start();
    await until(() => bridge.holds("berlin") && bridge.holds("wien"));
    return new BusOfTwo(test, [berlin, wien], fleet, bridge);
  }

  /** Adds a PBX, which the bridge then holds. */
  async add(name: string, { port }: AmiServer): Promise<void> {
    await this.#fleet.add(name, { port });
    await until(() => this.#bridge.holds(name));
  }

  /** Runs the command on the bus. */
  run(command: string, ...args: string[]): Promise<RunResult> {
    return runDami([command, "--nats", this.#test.server.address, ...args]);
  }

  /** Begins to run the command on the bus. */
  start(command: string, ...args: string[]): DamiRun {
    return new DamiRun([command, "--nats", this.#test.server.address, ...args]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#bridge.stop();
    this.#fleet.close();
    await this.berlin.close();
    await this.wien.close();
  }
}

const LONG_CALLS: AmiServerOptions = { ringTime: 0, talkTime: 600_000 };

const ORIGINATE = {
  Channel: "PJSIP/6001",
  Context: "default",
  Exten: "6002",
  Priority: 1,
  Async: true,
  CallerID: "Zoë <100>",
};

/** Makes a call at a PBX. */
async function call({ port }: AmiServer): Promise<void> {
  const result = await runDami([
    "do",
    "--port",
    String(port),
    "Originate",
    ...Object.entries(ORIGINATE).map(([name, value]) => `${name}=${value}`),
  ]);
  assertEquals(result.code, 0, result.errors);
}

natsTest(
  "dami calls and queues --nats show all PBXs on the bus, or those that are named",
  async (test) => {
    await using bus = await BusOfTwo.start(test, {}, LONG_CALLS);
    await call(bus.wien);
    const calls = await bus.run("calls", "--json");
    assertEquals(calls.errors, "");
    const [first = fail("There is no call")] = calls.output.split("\n");
    const { pbx, state, channels } = JSON.parse(first);
    assertEquals(pbx, "wien");
    assert(["Dialing", "Ringing", "Talking", "Up"].includes(state), state);
    assertMatch(channels[0], /^PJSIP\/6001-/);
    const queues = await bus.run("queues");
    assertMatch(queues.output, /^PBX +Queue/);
    assertMatch(queues.output, /^berlin +support/m);
    assertMatch(queues.output, /^wien +support/m);
    const one = await bus.run("queues", "--pbx", "b*", "--json");
    assertEquals(
      one.output.trim().split("\n").map((line) => JSON.parse(line).pbx),
      ["berlin", "berlin"],
    );
    const other = await bus.run("calls", "--pbx", "berlim");
    assertEquals(other.code, 1);
    assertEquals(
      other.errors,
      "dami: No bridge holds a PBX 'berlim': did you mean 'berlin'?\n",
    );
  },
);

natsTest("dami calls --nats --watch follows the bus", async (test) => {
  await using bus = await BusOfTwo.start(test, {}, LONG_CALLS);
  await using run = bus.start("calls", "--watch");
  await run.untilOutput("There are no calls.");
  await call(bus.berlin);
  const output = await run.untilOutput("berlin  ");
  assertMatch(output, /^Calls {2}2 at 127\.0\.0\.1:\d+, /);
  run.kill("SIGTERM");
  assertEquals((await run.finished()).code, 143);
});

natsTest(
  "dami calls --nats --watch shows a PBX that a bridge holds later, if it is chosen",
  async (test) => {
    await using bus = await BusOfTwo.start(test, {}, LONG_CALLS);
    await using bern = AmiServer.start(LONG_CALLS);
    await using run = bus.start("calls", "--watch", "--pbx", "b*");
    await run.untilOutput("There are no calls.");
    await bus.add("graz", bern);
    await bus.add("bern", bern);
    await call(bern);
    const output = await run.untilOutput("bern  ");
    assertMatch(output, /^Calls {2}1 at /);
    assertMatch(output, /^Calls {2}2 at /m);
    assertEquals(output.includes("graz"), false, output);
    run.kill("SIGTERM");
    await run.finished();
  },
);

natsTest("dami calls --nats --records prints calls that end", async (test) => {
  await using bus = await BusOfTwo.start(test);
  await using run = bus.start("calls", "--records", "--csv");
  await run.untilOutput("pbx,started,");
  // The first record shows when it reads.
  const timer = setInterval(() => void call(bus.wien).catch(() => {}), 2_000);
  try {
    const output = await run.untilOutput("\nwien,");
    assertMatch(output, /^pbx,started,/);
  } finally {
    clearInterval(timer);
  }
});

natsTest(
  "dami calls --nats --records prints the calls of a PBX that a bridge holds later",
  async (test) => {
    await using bus = await BusOfTwo.start(test);
    await using graz = AmiServer.start();
    await using run = bus.start("calls", "--records", "--csv");
    let pbx = bus.berlin;
    const timer = setInterval(() => void call(pbx).catch(() => {}), 2_000);
    try {
      // From then on it reads.
      await run.untilOutput("\nberlin,");
      await bus.add("graz", graz);
      pbx = graz;
      await run.untilOutput("\ngraz,");
    } finally {
      clearInterval(timer);
    }
  },
);

natsTest("dami do --nats has the bridge send an action", async (test) => {
  await using bus = await BusOfTwo.start(test, {
    actions: { allow: ["QueuePause"] },
  });
  const unnamed = await bus.run("do", "CoreStatus");
  assertEquals(unnamed.code, 2);
  assertMatch(unnamed.errors, /^dami: --nats needs --pbx here/);
  const all = await bus.run("do", "--pbx", "all", "--json", "CoreStatus");
  assertEquals(all.errors, "");
  const lines = all.output.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.map(({ $pbx }) => $pbx), ["berlin", "wien"]);
  bus.wien.on("QueuePause", () => ({
    Response: "Error",
    Message: "Interface not found",
  }));
  const pause = ["QueuePause", "Interface=PJSIP/1", "Paused=true"];
  const failed = await bus.run("do", "--pbx", "wien", ...pause);
  assertEquals(failed.code, 1);
  assertMatch(
    failed.errors,
    /^dami: wien: The PBX refused 'QueuePause': Interface not found/,
  );
  bus.wien.on("QueuePause", () => undefined);
  const late = await bus.run(
    "do",
    "--pbx",
    "wien",
    "--timeout",
    "200ms",
    ...pause,
  );
  assertEquals(late.code, 1);
  assertMatch(
    late.errors,
    /^dami: wien: Action "QueuePause" was not answered within 200 ms/,
  );
});

natsTest(
  "dami do --nats says who refuses: NATS, the bridge or the PBX",
  async (test) => {
    await using bus = await BusOfTwo.start(
      test,
      {
        actions: { allow: ["QueuePause", "Command"] },
      },
      {},
      "bridge",
    );
    bus.wien.on("QueuePause", () => ({
      Response: "Error",
      Message: "Permission denied",
    }));
    const password = await Deno.makeTempFile();
    await Deno.writeTextFile(password, "reader\n");
    const ask = async (action: string, ...args: string[]) => {
      const { code, errors } = await bus.run(
        "do",
        "--nats-user=reader",
        `--nats-password-file=${password}`,
        "--nats-caller=desk",
        "--pbx=wien",
        action,
        ...args,
      );
      assertEquals(code, 1, errors);
      return errors;
    };
    try {
      assertEquals(
        await ask("Command", "core show uptime"),
        'dami: wien: Cannot send action "Command" to PBX "wien": NATS does not let its user publish on dami.do.wien.desk.Command.\n',
      );
      assertEquals(
        await ask("QueueAdd", "Queue=support", "Interface=PJSIP/1"),
        `dami: wien: The bridge does not allow the action "QueueAdd": add it to the option 'actions' of the bridge.\n`,
      );
      assertEquals(
        await ask("QueuePause", "Interface=PJSIP/1", "Paused=true"),
        "dami: wien: The user of the bridge may not send 'QueuePause': add 'agent' to 'write' of this user in manager.conf.\n",
      );
    } finally {
      await Deno.remove(password);
    }
  },
  {
    configuration: `
authorization {
  users = [
    { user: "bridge", password: "bridge" }
    { user: "reader", password: "reader", permissions: {
      publish: ["$JS.>", "dami.do.*.desk.QueueAdd", "dami.do.*.desk.QueuePause"]
      subscribe: ["_INBOX.>"]
    } }
  ]
}`,
  },
);

natsTest(
  "dami --nats says what cannot be combined, and what is missing",
  async (test) => {
    const { address } = test.server;
    const cases: [string[], number, RegExp][] = [
      [["calls", "--nats", address], 1, /No bridge holds a PBX on this bus/],
      [
        ["calls", "--nats", address, "--fleet", "x"],
        2,
        /--fleet and --nats cannot be combined/,
      ],
      [
        ["queues", "--nats", address, "--hostname", "x"],
        2,
        /--hostname and --nats cannot be combined/,
      ],
      [["do", "--pbx", "wien", "Ping"], 2, /--pbx needs --fleet or --nats/],
    ];
    for (const [args, code, message] of cases) {
      const result = await runDami(args);
      assertEquals(result.code, code, result.errors);
      assertMatch(result.errors, message);
    }
  },
);

natsTest("dami tail --nats --pbx shows one PBX", async (test) => {
  await using bus = await BusOfTwo.start(test);
  await using run = bus.start(
    "tail",
    "--pbx=wien",
    "--since=1h",
    "-n1",
    "UserEvent",
  );
  bus.berlin.emit({ Event: "UserEvent", N: 1 });
  await test.stored(1);
  bus.wien.emit({ Event: "UserEvent", N: 2 });
  const { code, output, errors } = await run.finished();
  assertEquals(code, 0, errors);
  assertMatch(output, /wien {2}UserEvent/);
  assert(!output.includes("berlin"));
});
