import { assert, assertEquals, assertMatch } from "@std/assert";
import { connect } from "@nats-io/transport-node";
import { DatabaseSync } from "node:sqlite";
import { Fleet } from "../../src/fleet/fleet.ts";
import { NatsBridge, NatsBus } from "../../src/nats/nats.ts";
import { COMMON } from "../fleet/_fleet.ts";
import { Child } from "../_child.ts";
import { until, within } from "../_waiting.ts";
import { Bridged } from "./_bridged.ts";
import { natsTest, startNats, type TestBus } from "./_nats.ts";
import { NumberedPbx } from "./_numbered.ts";

const EXAMPLES = new URL("../../examples/nats/", import.meta.url);

function writer({ server }: TestBus, file: string): Child {
  return new Child([
    "run",
    "--no-prompt",
    `--allow-net=${server.address}`,
    "--allow-env",
    "--allow-sys",
    "--allow-read",
    "--allow-write",
    "examples/nats/cdr_writer.ts",
    file,
  ], { DAMI_NATS: server.address });
}

function rows(file: string): { channels: string[]; gaps: number } {
  using database = new DatabaseSync(file, { readOnly: true });
  const channels = database.prepare("SELECT channel FROM calls ORDER BY rowid")
    .all().map(({ channel }) => String(channel));
  const [gaps] = database.prepare("SELECT COUNT(*) AS count FROM gaps").all();
  return { channels, gaps: Number(gaps?.count) };
}

natsTest(
  "the writer of calls has each call once, however often it is killed",
  async (test) => {
    await using bridged = await Bridged.start(test);
    const { server } = bridged.pbx;
    const folder = await Deno.makeTempDir();
    const file = `${folder}/calls.sqlite`;
    let sent = 0;
    const hangUp = (count: number) => {
      for (let time = 0; time < count; time++) {
        server.emit({
          Event: "Hangup",
          Privilege: "call,all",
          Channel: `PJSIP/${++sent}`,
          Uniqueid: `1.${sent}`,
          Linkedid: `1.${sent}`,
          Cause: 16,
        });
      }
    };
    try {
      for (let time = 1; time <= 3; time++) {
        await using child = writer(test, file);
        await child.until("Writing to");
        hangUp(500);
        await until(() => rows(file).channels.length > sent - 400, 20_000);
        child.kill("SIGKILL");
        await child.status();
        // Nobody reads these for now.
        hangUp(100);
      }
      await using child = writer(test, file);
      await child.until("Writing to");
      await until(() => rows(file).channels.length >= sent, 90_000);
      const { channels, gaps } = rows(file);
      assertEquals(
        channels.toSorted(),
        Array.from({ length: sent }, (_, index) => `PJSIP/${index + 1}`)
          .toSorted(),
      );
      assertEquals(gaps, 1);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

/** The configuration of the example, without what a machine of its own has. */
async function configuration(): Promise<string> {
  const text = await Deno.readTextFile(new URL("nats.conf", EXAMPLES));
  const passwords = await Deno.readTextFile(
    new URL("passwords.conf", EXAMPLES),
  );
  const rest = text
    .replace(/^server_name:.*$/m, "")
    .replace(/^listen:.*$/m, "")
    .replace(/^tls \{[^}]*\}$/m, "")
    .replace(/^jetstream \{[^}]*\}$/m, "")
    .replace(/^include .*$/m, "");
  return passwords + rest;
}

natsTest(
  "the users of the example may do what they are for, and no more",
  async () => {
    await using server = await startNats({
      configuration: await configuration(),
    });
    await using stack = new AsyncDisposableStack();
    const as = async (user: string) => {
      const nats = await connect({
        servers: server.address,
        user,
        pass: `change-me-${user}`,
        reconnectTimeWait: 50,
      });
      stack.defer(() => nats.close());
      return nats;
    };
    const pbx = stack.use(new NumberedPbx());
    const fleet = stack.use(
      new Fleet({ berlin: { port: pbx.server.port } }, COMMON),
    );
    await fleet.start();
    const bridge = stack.use(
      new NatsBridge({
        nats: await as("bridge"),
        fleet,
        actions: { allow: ["QueuePause"] },
      }),
    );
    await bridge.start();
    await until(() => bridge.holds("berlin"));
    pbx.server.on("QueuePause", () => ({ Response: "Success" }));

    const reader = stack.use(await NatsBus.open(await as("reader")));
    const items = reader.events({ durable: "reports", since: "all" });
    await items.opened;
    pbx.send(1);
    for await (const { event, ack } of items) {
      ack();
      if (event?.N === 1) break;
    }
    const forbidden = reader.pbx("berlin");
    await until(() => forbidden.state === "ready");
    assertEquals(await forbidden.ping(), false);

    const caller = "operator";
    const operator = stack.use(
      await NatsBus.open(await as("operator"), { caller }),
    );
    const berlin = operator.pbx("berlin");
    await until(() => berlin.state === "ready");
    const callers: unknown[] = [];
    bridge.addEventListener(
      "action",
      ({ detail }) => callers.push(detail.caller),
    );
    await within(
      berlin.to("QueuePause", { Interface: "PJSIP/6001", Paused: true }),
    );
    assertEquals(callers, ["operator"]);
    const error = await berlin.to("CoreStatus").catch((reason) => reason);
    assertEquals(error.failure, "not-permitted");
    const other = stack.use(
      await NatsBus.open(await as("operator"), { caller: "boss" }),
    );
    assertEquals(await other.pbx("berlin").ping(), false);
  },
);

natsTest(
  "the wallboard on the bus shows the calls of every PBX, as its user may",
  async () => {
    await using server = await startNats({
      configuration: await configuration(),
    });
    await using stack = new AsyncDisposableStack();
    const nats = await connect({
      servers: server.address,
      user: "bridge",
      pass: "change-me-bridge",
    });
    stack.defer(() => nats.close());
    const pbx = stack.use(new NumberedPbx({ ringTime: 0, talkTime: 600_000 }));
    const fleet = stack.use(
      new Fleet({ berlin: { port: pbx.server.port } }, COMMON),
    );
    await fleet.start();
    const bridge = stack.use(new NatsBridge({ nats, fleet }));
    await bridge.start();
    await until(() => bridge.holds("berlin"));
    await using child = new Child([
      "run",
      "-A",
      "examples/nats/wallboard.ts",
      "0",
    ], {
      DAMI_NATS: server.address,
      DAMI_NATS_USER: "operator",
      DAMI_NATS_PASSWORD: "change-me-operator",
    });
    const output = await child.until("/\n");
    const [, url = ""] =
      /^The wallboard of berlin is at (\S+)$/m.exec(output) ??
        [];
    await fleet.get("berlin").originate({
      Channel: "PJSIP/6001",
      Context: "default",
      Exten: "6002",
      Priority: 1,
    });
    const response = await fetch(`${url}events`);
    let text = "";
    const isShown = () =>
      /"state":"live"/.test(text) && /"talking":1/.test(text);
    await within(
      (async () => {
        const parts = response.body?.pipeThrough(new TextDecoderStream()) ?? [];
        for await (const part of parts) {
          text += part;
          if (isShown()) break;
        }
      })(),
      20_000,
    );
    assertMatch(text, /"pbxs berlin"/);
  },
);

natsTest("the demo shows that nothing is missed", async () => {
  await using child = new Child(["run", "-A", "tools/nats_demo.ts"]);
  const { code, output, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertMatch(output, /Bridge A is killed/);
  assertMatch(output, /The reader has all 1500 events of each PBX/);
  assert(!output.includes("missing"), output);
});
