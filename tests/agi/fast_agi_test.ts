import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import {
  type AgiCall,
  AgiCommandError,
  type AgiHandler,
  AgiHangupError,
  FastAgi,
  type FastAgiOptions,
} from "../../src/agi/async_agi.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { DAMI } from "../../mod.ts";
import { CREDENTIALS } from "../_dami.ts";
import { until, within } from "../_waiting.ts";

const ENVIRONMENT = "agi_network: yes\nagi_network_script: menu\n" +
  "agi_channel: PJSIP/6001-1\nagi_uniqueid: 1.1\n\n";

const ENCODER = new TextEncoder();

/** A server on a free port, and what it logs. */
class Stage implements AsyncDisposable {
  readonly agi: FastAgi;
  readonly log: string[] = [];

  constructor(handler: AgiHandler, options: FastAgiOptions = {}) {
    const add = (message: string) => void this.log.push(message);
    const logger = { debug: add, info: add, warn: add, error: add };
    this.agi = FastAgi.listen(handler, { port: 0, logger, ...options });
  }

  /** A connection as Asterisk makes one. */
  async connect(): Promise<Peer> {
    const { hostname, port } = this.agi;
    return new Peer(await Deno.connect({ hostname, port }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.agi.close();
  }
}

/** The part of Asterisk. */
class Peer implements Disposable {
  readonly #conn: Deno.TcpConn;
  #text = "";

  constructor(conn: Deno.TcpConn) {
    this.#conn = conn;
  }

  async write(text: string): Promise<void> {
    await this.#conn.write(ENCODER.encode(text));
  }

  /** The next command; `undefined` at the end. */
  async next(): Promise<string | undefined> {
    const buffer = new Uint8Array(4_096);
    for (;;) {
      const end = this.#text.indexOf("\n");
      if (end !== -1) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        return line;
      }
      const size = await this.#conn.read(buffer).catch(() => null);
      if (size === null) return undefined;
      this.#text += new TextDecoder().decode(buffer.subarray(0, size));
    }
  }

  [Symbol.dispose](): void {
    this.#conn.close();
  }
}

Deno.test("A call over TCP has its environment and answers, and the connection ends with the handler", async () => {
  const led = Promise.withResolvers<AgiCall>();
  await using stage = new Stage(async (call) => {
    assertEquals(await call.getVariable("A"), "one\ntwo");
    await Promise.all([call.noop(), call.setVariable("B", "x y")]);
    led.resolve(call);
  });
  using peer = await stage.connect();
  await peer.write(ENVIRONMENT.slice(0, 30));
  await peer.write(ENVIRONMENT.slice(30));
  assertEquals(await peer.next(), "GET VARIABLE A");
  await peer.write("200 result=1 (one\ntwo)\n");
  assertEquals(await peer.next(), "NOOP");
  assertEquals(await peer.next(), 'SET VARIABLE B "x y"');
  await peer.write("200 result=0\n200 resu");
  await peer.write("lt=1\n");
  assertEquals(await within(peer.next()), undefined);
  const call = await led.promise;
  assertEquals(call.env.agi_network_script, "menu");
  assertEquals([call.channel, call.uniqueid], ["PJSIP/6001-1", "1.1"]);
  assertEquals(stage.log, []);
});

Deno.test("After a hang-up the signal is aborted, and commands for dead channels still work", async () => {
  const seen = Promise.withResolvers<unknown[]>();
  await using stage = new Stage(async (call) => {
    const playing = call.streamFile("f").catch((error) => error);
    const error = await playing;
    const value = await call.databaseGet("f", "k");
    const dead = await call.answer().catch((error) => error);
    seen.resolve([error, value, dead, call.signal.aborted]);
    throw dead;
  });
  using peer = await stage.connect();
  await peer.write(ENVIRONMENT);
  await peer.next();
  await peer.write("HANGUP\n200 result=-1 endpos=80\n");
  assertEquals(await peer.next(), "NOOP");
  await peer.write("200 result=0\n");
  assertEquals(await peer.next(), "DATABASE GET f k");
  await peer.write("200 result=1 (v)\n");
  assertEquals(await peer.next(), "ANSWER");
  await peer.write("511 Command Not Permitted on a dead channel\n");
  const [error, value, dead, isAborted] = await within(seen.promise);
  assertInstanceOf(error, AgiHangupError);
  assertEquals([value, isAborted], ["v", true]);
  assertInstanceOf(dead, AgiCommandError);
  assertEquals(dead.failure, "dead-channel");
  assertEquals(await within(peer.next()), undefined);
  assertEquals(stage.log, []);
});

Deno.test("A connection that breaks rejects what waits", async () => {
  const failed = Promise.withResolvers<unknown>();
  await using stage = new Stage((call) =>
    call.waitForDigit(-1).catch(async (error) => {
      failed.resolve(error);
      await call.noop();
    })
  );
  const peer = await stage.connect();
  await peer.write(ENVIRONMENT);
  await peer.next();
  peer[Symbol.dispose]();
  const error = await within(failed.promise);
  assertInstanceOf(error, AgiHangupError);
  assertEquals(error.outcome, "unknown");
  await until(() => stage.agi.calls.length === 0);
  assertEquals(stage.log, []);
});

Deno.test("A handler that throws is logged, and the call is hung up where that is wanted", async () => {
  const fail = () => Promise.reject(new Error("broken"));
  await using stage = new Stage(fail, { onError: "hangup" });
  using peer = await stage.connect();
  await peer.write(ENVIRONMENT);
  assertEquals(await peer.next(), "HANGUP");
  await peer.write("200 result=1\n");
  assertEquals(await within(peer.next()), undefined);
  assertEquals(stage.log, ["FastAGI: A handler threw: broken"]);
});

Deno.test("A call that is not accepted goes back to the dialplan", async () => {
  const led: AgiCall[] = [];
  await using stage = new Stage((call) => void led.push(call), {
    accept: ({ env, remoteAddr }) =>
      remoteAddr.hostname === "127.0.0.1" && env.agi_network_script === "x",
  });
  using peer = await stage.connect();
  await peer.write(ENVIRONMENT);
  assertEquals(await within(peer.next()), undefined);
  assertEquals(led, []);
});

Deno.test("A connection that says nothing in time is closed", async () => {
  await using stage = new Stage(() => {}, { firstLineTimeout: 20 });
  using peer = await stage.connect();
  assertEquals(await within(peer.next()), undefined);
  assertMatch(stage.log.join(), /no call within 20 ms/);
});

Deno.test("Lines and environments without an end are not kept", async () => {
  for (const text of ["x".repeat(300), "agi_a: b\n".repeat(40)]) {
    await using stage = new Stage(() => {}, { maxLineBytes: 200 });
    using peer = await stage.connect();
    await peer.write(text);
    assertEquals(await within(peer.next()), undefined);
  }
});

Deno.test("Connections beyond the bound are closed, and those before go on", async () => {
  const done = Promise.withResolvers<void>();
  await using stage = new Stage(() => done.promise, { maxSessions: 1 });
  using first = await stage.connect();
  await first.write(ENVIRONMENT);
  await until(() => stage.agi.calls.length === 1);
  using second = await stage.connect();
  assertEquals(await within(second.next()), undefined);
  assertMatch(stage.log.join(), /closed a connection/);
  done.resolve();
  assertEquals(await within(first.next()), undefined);
});

Deno.test("Closing ends the calls, and the port refuses", async () => {
  const failed = Promise.withResolvers<unknown>();
  await using stage = new Stage((call) =>
    call.waitForDigit(-1).catch(failed.resolve)
  );
  using peer = await stage.connect();
  await peer.write(ENVIRONMENT);
  await peer.next();
  await within(stage.agi.close());
  assertInstanceOf(await failed.promise, AgiHangupError);
  await assertRejects(() => stage.connect(), Deno.errors.ConnectionRefused);
});

Deno.test("It listens on this machine alone unless told otherwise", async () => {
  await using stage = new Stage(() => {});
  assertEquals(stage.agi.hostname, "127.0.0.1");
});

Deno.test("Wrong options are refused before anything listens", () => {
  for (
    const options of [
      { maxLineBytes: 0 },
      { maxSessions: 1.5 },
      { firstLineTimeout: NaN },
    ]
  ) {
    assertThrows(() => FastAgi.listen(() => {}, options), RangeError);
  }
});

Deno.test("The embedded PBX brings its calls to a FastAGI server", async () => {
  const done = Promise.withResolvers<[AgiCall, string | undefined]>();
  await using stage = new Stage(async (call) => {
    await call.answer();
    await call.setVariable("CHOSEN", 'a "b"');
    done.resolve([call, await call.getVariable("CHOSEN")]);
  });
  const address = `agi://127.0.0.1:${stage.agi.port}/menu?lang=en`;
  await using server = AmiServer.start({
    extensions: {
      "100": [`AGI(${address},one)`, "UserEvent(Left)", "Wait(9)"],
    },
  });
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin(CREDENTIALS);
  await dami.listen();
  const left = Promise.withResolvers<void>();
  dami.on("UserEvent", () => left.resolve());
  await dami.to("Originate", {
    Channel: "Local/100@default",
    Application: "Wait",
    Data: 9,
    Async: true,
  });
  const [call, value] = await within(done.promise);
  assertEquals(call.env.agi_network_script, "menu?lang=en");
  assertEquals(call.env["agi_arg_1"], "one");
  assertEquals(value, 'a "b"');
  await within(left.promise);
  assert(call.signal.aborted);
});
