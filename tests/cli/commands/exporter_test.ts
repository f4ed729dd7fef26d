import { assert, assertEquals, assertMatch } from "@std/assert";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { freePort } from "../../fleet/_fleet.ts";
import { readMetrics, valueOf } from "../../telemetry/_metrics.ts";
import { DamiRun, runDami } from "../_run.ts";
import { posixTest } from "../../_posix.ts";

const ANY = ["--listen", "127.0.0.1:0"];

const QUEUES = [{ name: "sales", members: [{ interface: "PJSIP/6001" }] }];

/** The URL that the command prints. */
async function urlOf(run: DamiRun): Promise<string> {
  const output = await run.untilOutput("/metrics\n");
  const [, url = ""] = /^Metrics at (\S+)\/metrics\n$/.exec(output) ?? [];
  assertMatch(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  return url;
}

/** Asks until the answer is as wanted. */
async function untilStatus(url: string, status: number): Promise<string> {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const response = await fetch(url);
    const text = await response.text();
    if (response.status === status) return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${url} did not answer with ${status}`);
}

posixTest(
  "dami exporter serves the figures of a PBX, until it is ended",
  async () => {
    await using server = AmiServer.start({ queues: QUEUES });
    const call = server.queueCall("sales", { onRing: () => "no-answer" });
    await using run = new DamiRun([
      "exporter",
      "--port",
      String(server.port),
      ...ANY,
    ], { permissions: ["--allow-net=127.0.0.1", "--allow-env"] });
    const url = await urlOf(run);
    const metrics = readMetrics(await (await fetch(`${url}/metrics`)).text());
    const pbx = "127-0-0-1";
    assertEquals(valueOf(metrics, "dami_connected", { pbx }), 1);
    assertEquals(valueOf(metrics, "asterisk_calls", { pbx }), 1);
    const queue = "sales";
    assertEquals(valueOf(metrics, "asterisk_queue_callers", { pbx, queue }), 1);
    assertEquals(await untilStatus(`${url}/readyz`, 200), "ok\n");
    call.hangUp();
    await call.ended;
    run.kill("SIGINT");
    const { code, errors } = await run.finished();
    assertEquals({ code, errors }, { code: 130, errors: "" });
  },
);

posixTest(
  "dami exporter --fleet serves the figures of all PBXs in a file",
  async () => {
    await using berlin = AmiServer.start({ queues: QUEUES });
    await using wien = AmiServer.start({ secret: "another" });
    const folder = await Deno.makeTempDir();
    try {
      const file = `${folder}/fleet.json`;
      const pbx = ({ port }: AmiServer) => ({
        hostname: "127.0.0.1",
        port,
        secretEnv: "DAMI_SECRET",
      });
      await Deno.writeTextFile(
        file,
        JSON.stringify({ berlin: pbx(berlin), wien: pbx(wien) }),
      );
      await using run = new DamiRun(["exporter", "--fleet", file, ...ANY]);
      const url = await urlOf(run);
      const metrics = readMetrics(await (await fetch(`${url}/metrics`)).text());
      assertEquals(valueOf(metrics, "dami_connected", { pbx: "berlin" }), 1);
      assertEquals(valueOf(metrics, "dami_connected", { pbx: "wien" }), 0);
      assertEquals(
        valueOf(metrics, "asterisk_queue_callers", { pbx: "berlin" }),
        0,
      );
      // One that refuses the login keeps no other from being shown.
      assertMatch(
        await untilStatus(`${url}/healthz`, 503),
        /^PBX wien has not been ready for \d+ s: closed \(login refused\)\n$/,
      );
      run.kill("SIGINT");
      const { errors } = await run.finished();
      assertMatch(
        errors,
        /^dami: wien: giving up: [^\n]*"Authentication failed"\.\n$/,
      );
      assertEquals(errors.includes("mysecret"), false);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

posixTest(
  "dami exporter begins before the PBX is there, and says so",
  async () => {
    const port = freePort();
    await using run = new DamiRun(["exporter", "--port", String(port), ...ANY]);
    const url = await urlOf(run);
    assertMatch(
      await untilStatus(`${url}/healthz`, 503),
      /^PBX 127-0-0-1 has not been ready for \d+ s: \w+ \(refused\)\n$/,
    );
    await using _server = AmiServer.start({ port, queues: QUEUES });
    await untilStatus(`${url}/readyz`, 200);
    const metrics = readMetrics(await (await fetch(`${url}/metrics`)).text());
    assertEquals(
      valueOf(metrics, "asterisk_queue_callers", { queue: "sales" }),
      0,
    );
    run.kill("SIGTERM");
    const { code, errors } = await run.finished();
    assertEquals(code, 143);
    assertMatch(errors, /^dami: 127-0-0-1: Cannot connect to 127\.0\.0\.1:\d+/);
  },
);

posixTest(
  "dami exporter reports a connection that is lost and restored, and goes on",
  async () => {
    await using server = AmiServer.start({ queues: QUEUES });
    await using run = new DamiRun([
      "exporter",
      "--port",
      String(server.port),
      ...ANY,
    ]);
    const url = await urlOf(run);
    server.cut();
    await untilStatus(`${url}/readyz`, 200);
    const end = Date.now() + 20_000;
    while (Date.now() < end) {
      const text = await (await fetch(`${url}/metrics`)).text();
      if (valueOf(readMetrics(text), "dami_gaps_total") === 1) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    run.kill("SIGINT");
    const { errors } = await run.finished();
    assertMatch(
      errors,
      /^dami: 127-0-0-1: The connection to 127\.0\.0\.1:\d+ was lost\.?[^\n]*\ndami: 127-0-0-1: reconnected\.\n$/,
    );
  },
);

Deno.test("dami exporter ends at once where the login is refused", async () => {
  await using server = AmiServer.start({ secret: "another" });
  const { code, output, errors } = await runDami([
    "exporter",
    "--port",
    String(server.port),
    ...ANY,
  ]);
  assertEquals({ code, output }, { code: 1, output: "" });
  assertMatch(errors, /The PBX refused the login of 'admin'/);
  assertEquals(errors.includes("mysecret"), false);
});

Deno.test("dami exporter says what is wrong with its address", async () => {
  await using server = AmiServer.start();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const cases: [string[], number, string][] = [
    [["--listen", "9464"], 2, "--listen must be HOST:PORT"],
    [["word"], 2, "Unexpected argument 'word': leave it out"],
    [
      ["--listen", `127.0.0.1:${taken.addr.port}`],
      1,
      "is already in use: choose another address with --listen",
    ],
    [
      ["--listen", "192.0.2.1:9464"],
      1,
      "This machine has no address for 192.0.2.1:9464",
    ],
  ];
  for (const [args, status, sentence] of cases) {
    const { code, errors } = await runDami([
      "exporter",
      "--port",
      String(server.port),
      ...args,
    ]);
    assert(errors.includes(sentence), errors);
    assertEquals(code, status);
  }
});
