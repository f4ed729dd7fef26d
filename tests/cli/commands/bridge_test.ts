import { assert, assertEquals, assertMatch } from "@std/assert";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { freePort } from "../../fleet/_fleet.ts";
import { natsTest, type TestBus } from "../../nats/_nats.ts";
import { readMetrics, valueOf } from "../../telemetry/_metrics.ts";
import { DamiRun, runDami } from "../_run.ts";

/** A fleet file with one PBX. */
class FleetFile implements AsyncDisposable {
  readonly #folder: string;
  readonly path: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.path = `${folder}/fleet.json`;
  }

  static async write({ port }: AmiServer): Promise<FleetFile> {
    const file = new FleetFile(await Deno.makeTempDir());
    const berlin = { hostname: "127.0.0.1", port, secretEnv: "DAMI_SECRET" };
    await Deno.writeTextFile(file.path, JSON.stringify({ berlin }));
    return file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
  }
}

function bridgeOf(
  { server }: TestBus,
  { path }: FleetFile,
  ...args: string[]
): DamiRun {
  return new DamiRun([
    "bridge",
    "--fleet",
    path,
    "--nats",
    server.address,
    ...args,
  ]);
}

natsTest("dami bridge publishes what dami tail --nats shows", async (bus) => {
  await using server = AmiServer.start();
  await using file = await FleetFile.write(server);
  await using run = bridgeOf(bus, file, "--listen", "127.0.0.1:0");
  const output = await run.untilOutput("berlin: publishing\n");
  server.emit({ Event: "UserEvent", N: 1 });
  await bus.stored(1);
  const tail = await runDami([
    "tail",
    "--nats",
    bus.server.address,
    "--since",
    "1h",
    "--count",
    "1",
    "--json",
    "UserEvent",
  ]);
  assertEquals(tail.code, 0, tail.errors);
  const { $pbx, N } = JSON.parse(tail.output);
  assertEquals({ $pbx, N }, { $pbx: "berlin", N: 1 });
  const lines = await runDami([
    "tail",
    "--nats",
    bus.server.address,
    "--since=1h",
    "-n1",
    "UserEvent",
  ]);
  assertMatch(lines.output, /^--- berlin: .*\n[\d:.]+ {2}berlin {2}UserEvent/);
  const all = await run.untilOutput("/metrics\n");
  const [, url = ""] = /^Metrics at (\S+)$/m.exec(all) ?? [];
  const metrics = readMetrics(await (await fetch(url)).text());
  const pbx = "berlin";
  assertEquals(valueOf(metrics, "dami_lease_held", { pbx }), 1);
  assertEquals(valueOf(metrics, "dami_bus_connected", {}), 1);
  assert((valueOf(metrics, "dami_bus_published_total", { pbx }) ?? 0) >= 3);
  assertEquals(valueOf(metrics, "dami_connected", { pbx }), 1);
  run.kill("SIGTERM");
  const { code, errors } = await run.finished();
  assertEquals({ code, errors }, { code: 143, errors: "" }, output);
});

natsTest(
  "dami bridge says when NATS is lost, and when it is back",
  async (bus) => {
    await using server = AmiServer.start();
    await using file = await FleetFile.write(server);
    await using run = bridgeOf(bus, file);
    await run.untilOutput("berlin: publishing\n");
    await bus.server.kill();
    await run.untilErrors("Connection to NATS lost, reconnecting.\n");
    await bus.server.restart();
    await run.untilErrors("Reconnected to NATS.\n");
  },
);

Deno.test("dami bridge says what is missing", async () => {
  const nothing = await runDami(["bridge"]);
  assertEquals(nothing.code, 2);
  assertMatch(nothing.errors, /--fleet is missing/);
  await using server = AmiServer.start();
  await using file = await FleetFile.write(server);
  const noNats = await runDami(["bridge", "--fleet", file.path]);
  assertEquals(noNats.code, 2);
  assertMatch(noNats.errors, /--nats is missing/);
  const address = `127.0.0.1:${freePort()}`;
  const away = await runDami([
    "bridge",
    "--fleet",
    file.path,
    "--nats",
    address,
  ]);
  assertEquals(away.code, 1);
  assertMatch(away.errors, /Cannot connect to NATS at 127\.0\.0\.1:\d+/);
  const since = await runDami(["tail", "--since", "1h"]);
  assertEquals(since.code, 2);
  assertMatch(since.errors, /--since needs --nats/);
});
