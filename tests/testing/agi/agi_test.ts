import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { AmiResponseError, DAMI, type DAMIData } from "../../../mod.ts";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { CREDENTIALS } from "../../_dami.ts";
import { until, within } from "../../_waiting.ts";

/** A PBX whose extension 100 stays in AGI, a client, and the events that came. */
class Stage implements AsyncDisposable {
  readonly server = AmiServer.start({
    extensions: {
      "100": [
        "Answer()",
        "Set(A=b c)",
        "AGI(agi:async)",
        "NoOp()",
        "AGI(agi:async)",
      ],
    },
  });
  readonly dami = new DAMI({ port: this.server.port });
  readonly events: DAMIData[] = [];

  async start(): Promise<string> {
    await this.dami.connectAndLogin(CREDENTIALS);
    await this.dami.listen();
    this.dami.on("*", (event) => this.events.push(event));
    await this.dami.to("Originate", {
      Channel: "Local/100@default",
      Application: "Wait",
      Data: 60,
      Async: true,
    });
    const [start] = await this.named("AsyncAGIStart");
    return `${start?.["Channel"]}`;
  }

  /** Waits until so many events of a name have come. */
  async named(name: string, count = 1): Promise<DAMIData[]> {
    const found = () => this.events.filter(({ Event }) => Event === name);
    await until(() => found().length >= count);
    return found();
  }

  /** Runs a command, and gives the decoded result. */
  async run(Channel: string, Command: string): Promise<string> {
    const { length } = this.events.filter(({ Event }) =>
      Event === "AsyncAGIExec"
    );
    await this.dami.to("AGI", { Channel, Command, CommandID: `c${length}` });
    const event = (await this.named("AsyncAGIExec", length + 1)).at(-1);
    assertEquals(event?.["CommandId"], `c${length}`);
    return decodeURIComponent(`${event?.["Result"]}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.dami.close();
    await this.server.close();
  }
}

Deno.test("AGI(agi:async) announces the call, runs commands, and goes on after the break", async () => {
  await using stage = new Stage();
  const channel = await stage.start();
  const [start] = await stage.named("AsyncAGIStart");
  const env = decodeURIComponent(`${start?.["Env"]}`);
  assertMatch(env, /^agi_request: async\nagi_channel: Local\/100@default-/);
  assertMatch(env, /\n\n$/);
  assertEquals(
    await stage.run(channel, "GET VARIABLE A"),
    "200 result=1 (b c)\n",
  );
  assertEquals(
    await stage.run(channel, 'set variable "B" "x \\"y\\""'),
    "200 result=1\n",
  );
  assertEquals(
    await stage.run(channel, 'GET FULL VARIABLE "${B} in ${EXTEN}"'),
    '200 result=1 (x "y" in 100)\n',
  );
  assertEquals(await stage.run(channel, "EXEC NoOp"), "200 result=0\n");
  assertEquals(
    await stage.run(channel, "NOTHING"),
    "510 Invalid or unknown command\n",
  );
  assertMatch(await stage.run(channel, "STREAM FILE"), /^520-.*\n520 End/s);
  await stage.run(channel, "ASYNCAGI BREAK");
  await stage.named("AsyncAGIEnd");
  await stage.named("AsyncAGIStart", 2);
});

Deno.test("An answer of more than 1,024 bytes goes on in the next results", async () => {
  await using stage = new Stage();
  const channel = await stage.start();
  stage.server.agi(
    "get variable",
    ({ args: [name] }) => `200 result=1 (${name?.repeat(1_500)})`,
  );
  const first = await stage.run(channel, "GET VARIABLE x");
  assertEquals(first.length, 1_024);
  const rest = await stage.run(channel, "NOOP");
  assertEquals(rest, `${"x".repeat(1_500 + 14 - 1_024)})\n200 result=0\n`);
});

Deno.test("What is encoded is cut at 2,047 characters, and the rest is lost", async () => {
  await using stage = new Stage();
  const channel = await stage.start();
  stage.server.agi("GET VARIABLE", () => `200 result=1 (${"ü".repeat(380)})`);
  await stage.dami.to("AGI", { Channel: channel, Command: "GET VARIABLE x" });
  const [event] = await stage.named("AsyncAGIExec");
  assertEquals(`${event?.["Result"]}`.length, 2_047);
  assertEquals(event?.["CommandId"], undefined);
});

Deno.test("A hang-up ends the command that runs, and the session", async () => {
  await using stage = new Stage();
  const channel = await stage.start();
  const running = stage.run(channel, "WAIT FOR DIGIT -1");
  await stage.server.next("AGI");
  await stage.dami.to("Hangup", { Channel: channel });
  assertEquals(await within(running), "200 result=-1\n");
  await stage.named("AsyncAGIEnd");
  const names = stage.events.map(({ Event }) => Event);
  const order = ["SoftHangupRequest", "AsyncAGIEnd", "Hangup"];
  assertEquals(
    order.toSorted((a, b) => names.indexOf(a) - names.indexOf(b)),
    order,
  );
});

Deno.test("A command for a channel that is not in AGI is refused", async () => {
  await using stage = new Stage();
  const channel = await stage.start();
  const near = channel.replace(/2$/, "1");
  for (
    const [Channel, message] of [
      ["PJSIP/nobody", "does not exist"],
      [near, "Failed to add AGI command"],
    ] as const
  ) {
    await assertRejects(
      () => stage.dami.to("AGI", { Channel, Command: "NOOP" }),
      AmiResponseError,
      message,
    );
  }
});

Deno.test("The newest script of a command counts, and can be removed", async () => {
  await using stage = new Stage();
  const channel = await stage.start();
  stage.server.agi("GET DATA", () => "200 result=1");
  const remove = stage.server.agi(
    "GET DATA",
    async (_command, standard) => (await standard()).replace("(", "(no "),
  );
  assertEquals(
    await stage.run(channel, "GET DATA f 1"),
    "200 result= (no timeout)\n",
  );
  remove();
  assertEquals(await stage.run(channel, "GET DATA f 1"), "200 result=1\n");
});
