import { DAMI } from "@dami/dami";
import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { reachableRegistry, withRegistry } from "../tools/deno.ts";

/** How long an example may take to say something (milliseconds). */
const DEADLINE = 20_000;

const ROOT = new URL("../", import.meta.url);
const registry = await reachableRegistry();

/** Only what an example needs: one port, and where the PBX is. */
function permissions(port: number): string[] {
  return [
    `--allow-net=127.0.0.1:${port},127.0.0.1:0`,
    "--allow-env=DAMI_HOSTNAME,DAMI_PORT,DAMI_USERNAME,DAMI_SECRET",
  ];
}

/** A child process whose output is read by the test. */
class Child implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #errors: Promise<string>;
  #output = "";

  constructor(args: string[], env: Record<string, string> = {}) {
    const command = new Deno.Command(Deno.execPath(), {
      args: withRegistry(args, registry),
      cwd: ROOT,
      env: { NO_COLOR: "1", ...env },
      stdout: "piped",
      stderr: "piped",
    });
    this.#process = command.spawn();
    this.#reader = this.#process.stdout
      .pipeThrough(new TextDecoderStream()).getReader();
    this.#errors = new Response(this.#process.stderr).text();
  }

  /** Runs an example against the PBX, told by the environment where it is. */
  static example(name: string, port: number, args: string[] = []): Child {
    const file = `examples/${name}`;
    return new Child(
      ["run", "--no-prompt", ...permissions(port), file, ...args],
      { DAMI_HOSTNAME: "127.0.0.1", DAMI_PORT: String(port) },
    );
  }

  /** Waits until the output holds the text; gives all of it so far. */
  async until(text: string): Promise<string> {
    while (!this.#output.includes(text)) {
      if (await this.#read()) continue;
      throw new Error(
        `The output ended: ${this.#output}${await this.#errors}`,
      );
    }
    return this.#output;
  }

  /** Waits for the end of the process. */
  async finished(): Promise<{ code: number; output: string; errors: string }> {
    while (await this.#read());
    const errors = await this.#errors;
    const { code } = await this.#process.status;
    return { code, output: this.#output, errors };
  }

  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  async #read(): Promise<boolean> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new Error(`Nothing came in time: ${this.#output}`)),
      DEADLINE,
    );
    try {
      const { done, value = "" } = await Promise.race([
        this.#reader.read(),
        late.promise,
      ]);
      this.#output += value;
      return !done;
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await this.#reader.cancel();
    await this.#errors;
    await this.#process.status;
  }
}

Deno.test("the examples type-check", async () => {
  await using child = new Child(["check", "--quiet", "examples/"]);
  const { code, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
});

Deno.test("examples/connect.ts connects and tells the version", async () => {
  await using server = AmiServer.start();
  await using child = Child.example("connect.ts", server.port);
  assertEquals(await child.finished(), {
    code: 0,
    output: `Logged in as admin at 127.0.0.1:${server.port}
Asterisk 22.10.1
AMI 11.0.0
The PBX is alive
`,
    errors: "",
  });
  assertEquals(server.received.at(-1)?.name, "Logoff");
});

Deno.test("examples/connect.ts takes flags, and says what went wrong", async () => {
  await using server = AmiServer.start({ username: "eve", secret: "1" });
  const { port } = server;
  const flags = ["--username", "eve", "--secret", "2"];
  await using refused = Child.example("connect.ts", port, flags);
  assertEquals(await refused.finished(), {
    code: 1,
    output: "",
    errors: 'The PBX refused the login of "eve".\n',
  });
  await server.close();
  await using nobody = Child.example("connect.ts", port);
  const { code, errors } = await nobody.finished();
  assertEquals(code, 1);
  assertMatch(errors, /^There is no PBX: .*\n$/);
});

Deno.test("examples/live.ts shows calls and queues, and what changes", async () => {
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using child = Child.example("live.ts", server.port);
  await child.until("sales: 0 members, 0 waiting\n");
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  await dami.to("Originate", {
    Channel: "PJSIP/6001",
    Application: "Dial",
    Data: "PJSIP/6002",
    Async: true,
  });
  await child.until("call-ended");
  child.kill("SIGINT");
  const { code, output, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertEquals(
    output,
    `0 calls go on
support: 2 members, 0 waiting
sales: 0 members, 0 waiting
call-started: 6001
call-answered: 6001
call-connected: 6001, 6002
call-ended: Normal Clearing
`,
  );
});

Deno.test("examples/actions.ts sends actions and shows the answers", async () => {
  await using server = AmiServer.start();
  const args = ["--channel", "PJSIP/6001"];
  await using child = Child.example("actions.ts", server.port, args);
  assertEquals(await child.finished(), {
    code: 0,
    output: `Ping: Pong
Queue support (ringall)
  Alice Jones at Local/2000@default
  Bob: Smith at Local/2001@default
Queue sales (rrmemory)
GetConfig: Config file not found
Originate: Originate successfully queued
`,
    errors: "",
  });
  const originate = await server.next("Originate");
  assertEquals(originate.getAll("Variable"), [
    "LANGUAGE=en",
    "CAMPAIGN=spring",
  ]);
});

Deno.test("examples/listen.ts shows events until the PBX is gone", async () => {
  await using server = AmiServer.start();
  await using child = Child.example("listen.ts", server.port);
  await child.until("The PBX is fully booted\n");
  server.emit({
    Event: "Hangup",
    Privilege: "call,all",
    Channel: "PJSIP/6001-00000000",
    "Cause-txt": "Normal Clearing",
  });
  await child.until("PJSIP/6001-00000000 hung up: Normal Clearing\n");
  await server.close();
  assertEquals(await child.finished(), {
    code: 0,
    output: `Listening, press Ctrl-C to stop
The PBX is fully booted
PJSIP/6001-00000000 hung up: Normal Clearing
Disconnected (lost)
Events received: 2
`,
    errors: "",
  });
});

Deno.test({
  name: "examples/listen.ts logs off on Ctrl-C",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using server = AmiServer.start();
    await using child = Child.example("listen.ts", server.port);
    await child.until("Listening");
    await child.until("fully booted");
    child.kill("SIGINT");
    const { code, output } = await child.finished();
    assertEquals(code, 0);
    assertMatch(output, /Disconnected \(logoff\)/);
    assertEquals(server.received.at(-1)?.name, "Logoff");
  },
});

Deno.test({
  name: "examples/service.ts waits for the PBX and survives its loss",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const first = AmiServer.start();
    const { port } = first;
    await first.close();
    await using child = Child.example("service.ts", port);
    await using server = AmiServer.start({ port });
    await child.until("Channels now: 0\n");
    server.cut();
    await child.until(
      "Disconnected: lost\nLogged in\nEvents were missed\nChannels now: 0\n",
    );
    server.emit({
      Event: "Hangup",
      Privilege: "call,all",
      Channel: "PJSIP/6001-00000000",
      "Cause-txt": "Normal Clearing",
    });
    await child.until("PJSIP/6001-00000000 hung up: Normal Clearing\n");
    child.kill("SIGINT");
    const { code, output } = await child.finished();
    assertEquals(code, 0);
    assertMatch(output, /Events in all: 1\nDisconnected: logoff\n$/);
  },
});

Deno.test("examples/commands.ts prints what the commands print", async () => {
  await using server = AmiServer.start();
  await using child = Child.example("commands.ts", server.port);
  const { code, output, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assertEquals(output.split("\n").map((line) => line.trimEnd()), [
    "*CLI> core show version",
    "Asterisk 22.10.1 built by dami @ testing",
    "*CLI> core show channels",
    "Channel              Location             State   Application(Data)",
    "0 active channels",
    "0 active calls",
    "0 calls processed",
    "*CLI> no such thing",
    "No such command 'no such thing' (type 'core show help no such' for other possible commands)",
    "",
  ]);
});

Deno.test("examples/testing_example_test.ts passes", async () => {
  await using child = new Child([
    "test",
    "--quiet",
    "--allow-net=127.0.0.1",
    "examples/testing_example_test.ts",
  ]);
  const { code, output } = await child.finished();
  assertEquals(code, 0, output);
  assertMatch(output, /3 passed \| 0 failed/);
});

Deno.test("examples/replay_example_test.ts passes", async () => {
  await using child = new Child([
    "test",
    "--quiet",
    "--allow-net=127.0.0.1",
    "--allow-read=examples",
    "examples/replay_example_test.ts",
  ]);
  const { code, output } = await child.finished();
  assertEquals(code, 0, output);
  assertMatch(output, /1 passed \| 0 failed/);
});

Deno.test("examples/hangup_notifier.ts tells browsers of a hang-up", async () => {
  await using server = AmiServer.start();
  const args = ["--listen", "0"];
  await using child = Child.example("hangup_notifier.ts", server.port, args);
  const output = await child.until("in a browser");
  const [url = ""] = /http:\S+/.exec(output) ?? [];
  const page = await fetch(url);
  assertMatch(await page.text(), /new WebSocket/);

  const socket = new WebSocket(url.replace("http", "ws"));
  const closed = Promise.withResolvers<void>();
  const message = Promise.withResolvers<unknown>();
  const opened = Promise.withResolvers<void>();
  socket.onopen = () => opened.resolve();
  socket.onmessage = ({ data }) => message.resolve(JSON.parse(data));
  socket.onclose = () => closed.resolve();
  socket.onerror = () => opened.reject(new Error("There is no WebSocket"));
  await opened.promise;
  // The server may add the browser a moment after the browser is connected.
  const timer = setInterval(() => {
    server.emit({
      Event: "Hangup",
      Privilege: "call,all",
      Channel: "PJSIP/6001-00000000",
      "Cause-txt": "User busy",
    });
  }, 20);
  try {
    assertEquals(await message.promise, {
      channel: "PJSIP/6001-00000000",
      cause: "User busy",
    });
  } finally {
    clearInterval(timer);
  }
  await server.close();
  await closed.promise;
  assertEquals((await child.finished()).code, 0);
});

Deno.test("the demo brings its own PBX and ends in time", async () => {
  const start = performance.now();
  await using child = new Child([
    "run",
    "--no-prompt",
    "--allow-net=127.0.0.1",
    "examples/demo.ts",
  ]);
  const { code, output, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
  assert(performance.now() - start < 10_000);
  assertMatch(output, /✓ Logged in as admin/);
  assertMatch(output, /PJSIP\/6003 {2}Unavailable {2}not registered/);
  assertMatch(output, /BridgeEnter .*BridgeNumChannels=2/);
  assertMatch(output, /Hangup .*Cause=16 {2}Cause-txt=Normal Clearing/);
  assertMatch(output, /✓ \d+ events in \d\.\d s\n$/);
  assert(!output.includes("\x1b"), "There are colors off a terminal");
});

Deno.test("the demo shows names that could steer the terminal as blanks", async () => {
  await using server = AmiServer.start({
    endpoints: [{ name: "60\u202e01\x1b[31m" }],
    peers: [{ name: "61\u206601" }],
  });
  await using child = new Child([
    "run",
    "--allow-net=127.0.0.1",
    "examples/demo.ts",
    `--port=${server.port}`,
    "--seconds=1",
  ]);
  const { code, output } = await child.finished();
  assertEquals(code, 0);
  assertMatch(output, /PJSIP\/60 01 \[31m/);
  assertMatch(output, /SIP\/61 01/);
});

Deno.test("the demo shows another PBX, and calls only when asked", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const args = (...more: string[]): string[] => [
    "run",
    "--no-prompt",
    `--allow-net=127.0.0.1:${port}`,
    "examples/demo.ts",
    "--port",
    String(port),
    ...more,
  ];
  await using silent = new Child(args("--seconds", "1"));
  const quiet = await silent.finished();
  assertEquals({ code: quiet.code, errors: quiet.errors }, {
    code: 0,
    errors: "",
  });
  assertMatch(quiet.output, /Events of the next 1 s/);
  assert(!server.received.some(({ name }) => name === "Originate"));
  await using calling = new Child(args("--originate", "PJSIP/6002"));
  const { code, output } = await calling.finished();
  assertEquals(code, 0);
  assertMatch(output, /OriginateResponse .*Response=Success/);
  assertEquals((await server.next("Originate")).get("Channel"), "PJSIP/6002");
});

Deno.test("the demo refuses a wrong argument in one sentence", async () => {
  const cases: [string[], string][] = [
    [["--foo"], "Unknown option '--foo': see --help.\n"],
    [["more"], "Unexpected argument 'more': see --help.\n"],
    [
      ["--port", "x"],
      "The option '--port' must be a number from 1 to 65535: 'x'.\n",
    ],
  ];
  for (const [args, sentence] of cases) {
    await using child = new Child(["run", "examples/demo.ts", ...args]);
    assertEquals(await child.finished(), {
      code: 1,
      output: "",
      errors: sentence,
    });
  }
});
