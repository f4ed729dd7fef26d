import { DAMI } from "@dami/dami";
import { AmiServer } from "@dami/dami/testing";
import { assertEquals, assertMatch } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { Child } from "./_child.ts";
import { IS_POSIX } from "./_posix.ts";

/** The examples run until Ctrl-C, which Windows cannot send to a child. */
const ignore = !IS_POSIX;

/** A PBX of phones that do what their names say, and a queue that nobody answers. */
function startPbx(): AmiServer {
  const phone = (name: string) => ({ name, contact: `sip:${name}@127.0.0.1` });
  return AmiServer.start({
    ringTime: 20,
    talkTime: 60,
    endpoints: [
      phone("6001"),
      phone("6002"),
      { ...phone("busy"), onCall: "busy" },
      { ...phone("away"), onCall: "no-answer" },
      { ...phone("rude"), onCall: "rejected" },
    ],
    queues: [{
      name: "support",
      members: [{ interface: "PJSIP/away", name: "Alice" }],
    }],
  });
}

/** Runs an example against the PBX. */
function example(name: string, server: AmiServer, args: string[] = []): Child {
  const { hostname, port } = server;
  return new Child(
    ["run", "--no-prompt", "-A", `examples/${name}`, ...args],
    {
      DAMI_HOSTNAME: hostname,
      DAMI_PORT: String(port),
      DAMI_USERNAME: "admin",
      DAMI_SECRET: "mysecret",
    },
  );
}

/** Lets the phone 6001 call another one. */
async function call(dami: DAMI, exten: string): Promise<void> {
  await dami.to("Originate", {
    Channel: "PJSIP/6001",
    Context: "default",
    Exten: exten,
    Priority: 1,
    CallerID: "Zoë <6001>",
    Timeout: 100,
    Async: true,
  });
}

Deno.test({
  name:
    "examples/missed_calls.ts reports who called without an answer, and nobody who was answered",
  ignore,
  async fn() {
    await using server = startPbx();
    await using dami = new DAMI({ port: server.port });
    await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
    await using child = example("missed_calls.ts", server);
    await child.until("press Ctrl-C to stop\n");
    await call(dami, "6002");
    await call(dami, "busy");
    await child.until("6001 called busy: busy");
    await call(dami, "away");
    await child.until("6001 called away: no-answer");
    await call(dami, "rude");
    await child.until("6001 called rude: rejected");
    server.queueCall("support", { callerIdNum: "5550100", patience: 50 });
    const output = await child.until("5550100 called support: abandoned");
    child.kill("SIGINT");
    const { code, errors } = await child.finished();
    assertEquals({ code, errors }, { code: 0, errors: "" });
    assertMatch(
      output,
      /^6001 called rude: rejected after \d s, did not answer: PJSIP\/rude$/m,
    );
    assertEquals(/6002/.test(output), false, output);
  },
});

Deno.test({
  name:
    "examples/call_records.ts writes each call once, and reports by queue and hour",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir();
    const file = `${folder}/calls.db`;
    try {
      await using server = startPbx();
      await using dami = new DAMI({ port: server.port });
      await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
      // Twice: what is there stays.
      for (const round of [1, 2]) {
        await using child = example("call_records.ts", server, [file]);
        await child.until("press Ctrl-C to stop\n");
        await call(dami, "6002");
        await child.until("6002: connected\n");
        server.queueCall("support", { patience: 50 });
        await child.until("support: abandoned\n");
        child.kill("SIGINT");
        const { code, output, errors } = await child.finished();
        assertEquals({ code, errors }, { code: 0, errors: "" });
        assertMatch(output, /^queue\thour\tcalls\tconnected\tabandoned\t/m);
        const row = `support\\t\\S+ \\d\\d:00\\t${round}\\t0\\t${round}\\t`;
        assertMatch(output, new RegExp(row));
      }
      using database = new DatabaseSync(file);
      const rows = database.prepare(
        "SELECT dialed, disposition, agent, record FROM calls ORDER BY started_at",
      ).all();
      assertEquals(
        rows.map(({ dialed, disposition, agent }) => [
          dialed,
          disposition,
          agent,
        ]),
        [
          ["6002", "connected", "PJSIP/6002"],
          ["support", "abandoned", null],
          ["6002", "connected", "PJSIP/6002"],
          ["support", "abandoned", null],
        ],
      );
      const record: unknown = JSON.parse(String(rows[0]?.record));
      assertEquals(Object(record).disposition, "connected");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
