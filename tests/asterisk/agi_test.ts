/**
 * Leads calls on real Asterisk by AGI.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import {
  type ActionData,
  AmiResponseError,
  type DAMI,
  type DAMIOptions,
} from "../../mod.ts";
import {
  type AgiCall,
  AgiCommandError,
  AgiHangupError,
  AgiTruncatedError,
  AsyncAgi,
  type AsyncAgiOptions,
  FastAgi,
} from "../../src/agi/async_agi.ts";
import { until, within } from "../_waiting.ts";
import { menu } from "../../examples/ivr.ts";
import { type AsteriskContext, asteriskTest } from "./_asterisk.ts";
import { EventLog } from "./_event_log.ts";

const PATIENCE = 30_000;

/** A client that may do nothing but lead calls, and one that makes them. */
class Stage implements AsyncDisposable {
  readonly ivr: DAMI;
  readonly admin: DAMI;
  readonly errors: unknown[] = [];

  private constructor(ivr: DAMI, admin: DAMI) {
    this.ivr = ivr;
    this.admin = admin;
    ivr.addEventListener("error", ({ error }) => this.errors.push(error));
  }

  static async open(
    asterisk: AsteriskContext,
    options: DAMIOptions = {},
  ): Promise<Stage> {
    const ivr = await asterisk.connectAs("ivr", options);
    const admin = await asterisk.connect({ events: "call,user,agi" });
    await ivr.listen();
    await admin.listen();
    return new Stage(ivr, admin);
  }

  /** Calls an extension; the far end of the Local channel runs it. */
  async originate(
    extension: string,
    id: string,
    data: ActionData = {},
  ): Promise<void> {
    await this.admin.to("Originate", {
      Channel: `Local/${extension}@agi`,
      Application: "Wait",
      Data: 60,
      Async: true,
      ChannelId: id,
      OtherChannelId: `${id}-far`,
      ...data,
    });
  }

  /** Leads one call that is made for it, and gives what the handler returned. */
  async lead<T>(
    handler: (call: AgiCall, id: string) => Promise<T>,
    extension = "serve",
    data: ActionData = {},
    options: AsyncAgiOptions = {},
  ): Promise<T> {
    const id = crypto.randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    await using _ = AsyncAgi.serve(
      this.ivr,
      (call) => handler(call, id).then(resolve, reject),
      { ...options, accept: ({ event }) => event.Uniqueid === `${id}-far` },
    );
    await this.originate(extension, id, data);
    try {
      return await within(promise, PATIENCE);
    } finally {
      await this.hangUp(id);
    }
  }

  async hangUp(id: string): Promise<void> {
    await this.admin.to("Hangup", { Channel: id }).catch(() => {});
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.ivr.close();
    this.admin.close();
    return Promise.resolve();
  }
}

/** Waits until Asterisk runs an AGI command. */
function commandBegins(
  log: EventLog,
  uniqueid: string,
  command: string,
): Promise<unknown> {
  return log.find(
    ({ Event, Uniqueid, Command }) =>
      Event === "AGIExecStart" && Uniqueid === uniqueid &&
      String(Command).startsWith(command),
    `the beginning of ${command}`,
  );
}

asteriskTest(
  "AGI: a call has its environment, and goes on in the dialplan",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const log = new EventLog(stage.admin);
    const id = crypto.randomUUID();
    await using _ = AsyncAgi.serve(stage.ivr, async (call) => {
      assertEquals(call.env.agi_request, "async");
      assertEquals(call.env.agi_extension, "serve");
      assertEquals(call.env["agi_arg_2"], "two words");
      await call.answer();
      await call.setVariable("CHOSEN", id);
    }, { accept: ({ event }) => event.Uniqueid === `${id}-far` });
    await stage.originate("serve", id);
    const left = await log.named("UserEvent", "Chosen", id);
    assertEquals(left["Status"], "SUCCESS");
    await stage.hangUp(id);
    assertEquals(stage.errors, []);
  },
);

asteriskTest(
  "AGI: an answer of 2,400 bytes is joined, and the next ones are right",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    await stage.lead(async (call) => {
      await call.setVariable("A", "x".repeat(800));
      const read = () => call.getFullVariable("${A}${A}${A}");
      assertEquals(await read(), "x".repeat(2_400));
      const all = await Promise.all([
        read(),
        call.getVariable("EXTEN"),
        read(),
        call.getFullVariable("here"),
      ]);
      assertEquals(all, [
        "x".repeat(2_400),
        "serve",
        "x".repeat(2_400),
        "here",
      ]);
    });
  },
);

asteriskTest(
  "AGI: text that Asterisk cut is marked, and Getvar has all of it",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const text = "ü".repeat(380);
    await stage.lead(async (call) => {
      await call.setVariable("A", text);
      const answer = await call.send("GET VARIABLE A");
      assert(answer.truncated);
      assert((answer.data ?? "").length > 300);
      assert(text.startsWith(answer.data ?? "?"));
      await assertRejects(() => call.getVariable("A"), AgiTruncatedError);
      assertEquals(await call.getVariable("EXTEN"), "serve");
      // Over several reads, each of which is cut.
      await call.setVariable("B", "ä ".repeat(270));
      const long = await call.send('GET FULL VARIABLE "${B}${B}${B}${B}"');
      assert(long.truncated);
      assertEquals(await call.getFullVariable("here"), "here");
      const together = await Promise.allSettled([
        call.getFullVariable("${B}${B}${B}${B}"),
        call.getFullVariable("one"),
        call.getFullVariable("two"),
      ]);
      for (const [index, result] of together.entries()) {
        if (result.status === "fulfilled") {
          assertEquals(result.value, ["", "one", "two"][index]);
        }
      }
      assertEquals(await call.getFullVariable("behind"), "behind");
      const [{ Value }] = await stage.admin.to("Getvar", {
        Channel: call.channel,
        Variable: "A",
      });
      assertEquals(Value, text);
    });
  },
);

asteriskTest(
  "AGI: values keep quotes, backslashes, blanks and line breaks",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    await stage.lead(async (call) => {
      const value = String.raw`"a" \ b  ) (c`;
      await call.setVariable("A", value);
      assertEquals(await call.getVariable("A"), value);
      await call.setVariable("A", "");
      assertEquals(await call.getVariable("A"), "");
      assertEquals(
        await call.getFullVariable("${STRFTIME(0,UTC,a)%nb)%nc)}"),
        "a)\nb)\nc",
      );
    });
  },
);

asteriskTest(
  "AGI: usage, unknown commands and failures are told apart",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    await stage.lead(async (call) => {
      const usage = await call.send("CONTROL STREAM FILE");
      assertEquals(usage.code, 520);
      assert(usage.raw.length > 1_024);
      assert(usage.raw.endsWith("\n520 End of proper usage."));
      assertEquals((await call.send("NO SUCH")).code, 510);
      const none = await assertRejects(
        () => call.exec("NoSuchApplication"),
        AgiCommandError,
      );
      assertEquals(none.failure, "failed");
      const speech = await assertRejects(
        () => call.speechCreate("none"),
        AgiCommandError,
      );
      assertEquals(speech.outcome, "failed");
      // Asterisk ends the session with it, though nobody hung up.
      const missing = await assertRejects(
        () => call.streamFile("no-such-file"),
        AgiCommandError,
      );
      assertEquals(missing.failure, "failed");
      await until(() => call.signal.aborted, PATIENCE);
    });
  },
);

asteriskTest(
  "AGI: commands are run, each with its result",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const family = `dami-agi-${crypto.randomUUID()}`;
    await stage.lead(async (call) => {
      assertEquals(await call.channelStatus(), 6);
      assertEquals(await call.channelStatus({ channel: "nobody" }), undefined);
      assertEquals(await call.databasePut(family, "key", "a b"), true);
      assertEquals(await call.databaseGet(family, "key"), "a b");
      assertEquals(await call.databaseDel(family, "key"), true);
      assertEquals(await call.databaseGet(family, "key"), undefined);
      await call.databaseDeltree(family);
      assertEquals(await call.exec("NoOp", ["a", "b"]), 0);
      await call.gosub("agi", "sub", 1, "argument");
      assertEquals(await call.getVariable("SUB"), "argument");
      await Promise.all([
        call.noop(),
        call.setAutohangup(0),
        call.setCallerid('"Zoë Müller" <123>'),
        call.setContext("agi"),
        call.setExtension("serve"),
        call.setPriority(3),
        call.setMusic(true, "default"),
        call.setMusic(false),
        call.sendText("two words"),
        call.sendImage("none"),
        call.verbose("from a test", 3),
        call.tddMode("off"),
      ]);
      assertEquals(
        await call.getFullVariable("${CALLERID(name)}: ${CALLERID(num)}"),
        "Zoë Müller: 123",
      );
      const played = await call.streamFile("beep");
      assertEquals(played.digit, undefined);
      assert(played.endpos > 1_000);
      await call.controlStreamFile("beep", { offset: 10 });
      assertEquals(await call.getData("beep", { timeout: 50, maxDigits: 2 }), {
        digits: "",
        timedOut: true,
      });
      const { digit } = await call.getOption("beep", { timeout: 50 });
      assertEquals(digit, undefined);
      assertEquals(await call.waitForDigit(50), undefined);
      const recording = await call.recordFile("/tmp/dami-agi", "wav", {
        timeout: 100,
        beep: true,
      });
      assertEquals(recording.reason, "timeout");
      for (
        const digit of await Promise.all([
          call.sayAlpha("a"),
          call.sayDigits(1),
          call.sayNumber(1, { gender: "f" }),
          call.sayPhonetic("a"),
          call.sayDatetime(0, { format: "HM", timezone: "UTC" }),
        ])
      ) assertEquals(digit, undefined);
    });
  },
);

asteriskTest(
  "AGI: digits of the caller come, and end what is played",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    // It waits behind the last digit, as the end of the application hangs up.
    const digits = { Application: "SendDTMF", Data: "ww1ww234#wwwwwwwwww,250" };
    await stage.lead(
      async (call) => {
        assertEquals(
          (await call.streamFile("demo-instruct", { escapeDigits: "1" })).digit,
          "1",
        );
        assertEquals(
          await call.getData("silence/1", { timeout: 5_000, maxDigits: 3 }),
          { digits: "234", timedOut: false },
        );
      },
      "serve",
      digits,
    );
  },
);

asteriskTest(
  "AGI: a hang-up in the middle of STREAM FILE ends it and what waits behind it",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    await stage.lead(async (call, id) => {
      const playing = call.streamFile("demo-instruct");
      const queued = call.noop();
      const settled = Promise.allSettled([playing, queued]);
      await stage.hangUp(id);
      const [one, two] = await within(settled, PATIENCE);
      assert(one.status === "rejected" && two.status === "rejected");
      assertInstanceOf(one.reason, AgiHangupError);
      assertInstanceOf(two.reason, AgiHangupError);
      await until(() => call.signal.aborted, PATIENCE);
      const later = await assertRejects(() => call.noop(), AgiHangupError);
      assertEquals(later.outcome, "not-sent");
    });
    assertEquals(stage.errors, []);
  },
);

asteriskTest(
  "AGI: a channel that comes twice is two calls, and nothing goes over",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const id = crypto.randomUUID();
    const led: (string | undefined)[] = [];
    await using _ = AsyncAgi.serve(stage.ivr, async (call) => {
      led.push(call.env["agi_arg_1"]);
      await call.answer();
      if (led.length === 1) {
        // Asterisk keeps what is queued after the end for the second stay.
        call.asyncagiBreak().catch(() => {});
        call.setVariable("LATE", "yes").catch(() => {});
        await until(() => call.signal.aborted, PATIENCE);
        const error = await assertRejects(() => call.noop(), AgiHangupError);
        assertEquals(error.outcome, "not-sent");
      } else {
        assertEquals(await call.getFullVariable("mine"), "mine");
        assertEquals(await call.getVariable("LATE"), "yes");
        led.push("done");
      }
    }, { accept: ({ event }) => event.Uniqueid === `${id}-far` });
    await stage.originate("twice", id);
    await until(() => led.includes("done"), PATIENCE);
    await stage.hangUp(id);
    assertEquals(led, ["first", "second", "done"]);
    assertEquals(stage.errors, []);
  },
);

asteriskTest(
  "AGI: an environment of more than one read is whole when the first command is answered",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const LONG = "abcdefghij".repeat(50);
    await stage.lead(
      async (call) => {
        assertEquals(await call.getFullVariable("here"), "here");
        assertEquals(call.env["agi_arg_1"], LONG);
        assertEquals(call.env["agi_arg_3"], LONG);
      },
      "long",
      { Variable: { LONG } },
    );
  },
);

/** A pause of this length between two results is the end of a turn, in which Asterisk waits up to 100 ms (milliseconds). */
const TURN = 90;

asteriskTest(
  "AGI: 50 commands at once take two turns at most",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    // By the clock of Asterisk, as this program may be busy.
    const times: number[] = [];
    let isTimed = false;
    stage.ivr.on("AsyncAGIExec", ({ CommandId, Timestamp }) => {
      if (isTimed && `${CommandId}`.startsWith("dami-agi-")) {
        times.push(Number(Timestamp) * 1_000);
      }
    });
    await stage.lead(async (call) => {
      await call.noop();
      isTimed = true;
      const values = await Promise.all(
        Array.from(
          { length: 50 },
          (_, index) => call.getFullVariable(`value ${index}`),
        ),
      );
      isTimed = false;
      assertEquals(values, Array.from({ length: 50 }, (_, i) => `value ${i}`));
    });
    assertEquals(times.length, 50);
    const pauses = times.filter((time, index) =>
      time - (times[index - 1] ?? time) >= TURN
    );
    assert(pauses.length < 2, `${pauses.length + 1} turns`);
  },
);

asteriskTest(
  "AGI: a client in Latin-1 writes and reads values in it",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk, { encoding: "latin1" });
    const text = "Grüße, Zoë";
    await stage.lead(async (call) => {
      await call.setVariable("A", text);
      assertEquals(await call.getVariable("A"), text);
      // A byte for each letter, where UTF-8 has two.
      assertEquals(await call.getFullVariable("${LEN(${A})}"), "10");
    });
  },
);

asteriskTest(
  "AGI: a dead channel leaves at once, which its commands say",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const id = crypto.randomUUID();
    const ended = Promise.withResolvers<[AgiHangupError, boolean]>();
    await using _ = AsyncAgi.serve(stage.ivr, async (call) => {
      const isOver = call.signal.aborted;
      const error = await assertRejects(() => call.noop(), AgiHangupError);
      await until(() => call.signal.aborted, PATIENCE);
      ended.resolve([error, isOver]);
    }, { accept: ({ event }) => event.Uniqueid === `${id}-far` });
    await stage.originate("dead", id);
    const [error, isOver] = await within(ended.promise, PATIENCE);
    // Asterisk leaves while the command is on its way: the end may be read before it is
    // sent, or Asterisk refuses it, or takes it and never runs it. A 511 comes from FastAGI only.
    const isRefused = error.cause instanceof AmiResponseError;
    assertEquals(
      error.outcome,
      isOver || isRefused ? "not-sent" : "unknown",
      error.message,
    );
    await stage.hangUp(id);
    assertEquals(stage.errors, []);
  },
);

asteriskTest(
  "AGI: of two programs that serve, one leads the call",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    await using other = await Stage.open(asterisk);
    const id = crypto.randomUUID();
    const led: string[] = [];
    const serve = (name: string, dami: DAMI, isMine: boolean) =>
      AsyncAgi.serve(dami, async (call) => {
        await call.answer();
        assertEquals(await call.getFullVariable(name), name);
        led.push(name);
      }, {
        accept: ({ event }) => isMine && event.Uniqueid === `${id}-far`,
      });
    await using _one = serve("one", stage.ivr, false);
    await using _two = serve("two", other.ivr, true);
    await stage.originate("serve", id);
    await until(() => led.length > 0, PATIENCE);
    await stage.hangUp(id);
    assertEquals(led, ["two"]);
  },
);

asteriskTest(
  "AGI: commands of another program do not disturb the answers",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    await stage.lead(async (call) => {
      const foreign = Array.from(
        { length: 20 },
        (_, index) =>
          stage.admin.to("AGI", {
            Channel: call.channel,
            Command: `GET FULL VARIABLE "foreign ${index}"`,
          }),
      );
      const values = await Promise.all(
        Array.from(
          { length: 20 },
          (_, index) => call.getFullVariable(`own ${index}`),
        ),
      );
      await Promise.all(foreign);
      assertEquals(
        values,
        Array.from({ length: 20 }, (_, i) => `own ${i}`),
      );
    });
  },
);

asteriskTest(
  "AGI: 100 calls at once are led to their end",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const ids = Array.from({ length: 100 }, () => crypto.randomUUID());
    const wanted = new Set(ids.map((id) => `${id}-far`));
    const done = new Set<string>();
    await using _ = AsyncAgi.serve(stage.ivr, async (call) => {
      await call.answer();
      const [own] = await Promise.all([
        call.getVariable("UNIQUEID"),
        call.setVariable("CHOSEN", call.uniqueid),
      ]);
      assertEquals(own, call.uniqueid);
      assertEquals(await call.getVariable("CHOSEN"), call.uniqueid);
      done.add(call.uniqueid);
      await call.hangup();
    }, { accept: ({ event }) => wanted.has(`${event.Uniqueid}`) });
    await Promise.all(ids.map((id) => stage.originate("serve", id)));
    await until(() => done.size === 100, PATIENCE);
    assertEquals(done, wanted);
    assertEquals(stage.errors, []);
  },
);

asteriskTest(
  "AGI: the menu of the examples leads callers who press digits, and those who do not",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const operator = "Local/answer@tests";
    const lead = (patience: number, digits: string) =>
      stage.lead((call) => menu(call, operator, patience), "serve", {
        Application: "SendDTMF",
        Data: digits,
      });
    assertEquals(
      await Promise.all([
        lead(5_000, `ww1${"w".repeat(12)}2${"w".repeat(10)}`),
        lead(200, "w".repeat(40)),
      ]),
      ["connected: ANSWER", "gave up"],
    );
  },
);

asteriskTest(
  "FastAGI: a call is led over TCP, and after the hang-up a dead channel says so",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const log = new EventLog(stage.admin);
    const id = crypto.randomUUID();
    const led = Promise.withResolvers<AgiCall>();
    const dead = Promise.withResolvers<unknown[]>();
    await using agi = FastAgi.listen(async (call) => {
      await call.answer();
      await call.setVariable("A", "ü".repeat(400));
      assertEquals(
        await call.getFullVariable("${A}${A}${A}"),
        "ü".repeat(1_200),
      );
      assertEquals((await call.send("CONTROL STREAM FILE")).code, 520);
      await call.gosub("agi", "sub", 1, "argument");
      assertEquals(await call.getVariable("SUB"), "argument");
      led.resolve(call);
      const played = await call.streamFile("demo-instruct").catch((error) =>
        error
      );
      const { code } = await call.send("ANSWER");
      dead.resolve([
        played,
        code,
        await call.getFullVariable("still here"),
        call.signal.aborted,
      ]);
    }, { port: 0 });
    await stage.originate("fast", id, { Variable: { AGI_PORT: agi.port } });
    const call = await within(led.promise, PATIENCE);
    assertEquals(call.env.agi_network_script, "menu?lang=en");
    assertEquals(call.env["agi_arg_2"], "two words");
    assertEquals(call.uniqueid, `${id}-far`);
    // Before it plays, a hang-up would leave a dead channel.
    await commandBegins(log, call.uniqueid, "STREAM FILE");
    await stage.hangUp(id);
    const [played, code, value, isAborted] = await within(
      dead.promise,
      PATIENCE,
    );
    assertInstanceOf(played, AgiHangupError);
    assertEquals([code, value, isAborted], [511, "still here", true]);
  },
);

asteriskTest(
  "FastAGI: a call goes on in the dialplan when its handler returns",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const log = new EventLog(stage.admin);
    const id = crypto.randomUUID();
    await using agi = FastAgi.listen(
      (call) => call.setVariable("CHOSEN", id),
      { port: 0 },
    );
    await stage.originate("fast", id, { Variable: { AGI_PORT: agi.port } });
    const left = await log.named("UserEvent", "Chosen", id);
    assertEquals(left["Status"], "SUCCESS");
    await stage.hangUp(id);
  },
);

asteriskTest(
  "AGI: a channel that another program bridges is no longer led, and what waits is told",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const log = new EventLog(stage.admin);
    const other = crypto.randomUUID();
    await stage.admin.to("Originate", {
      Channel: "Local/hold@tests",
      Application: "Wait",
      Data: 60,
      Async: true,
      ChannelId: other,
      OtherChannelId: `${other}-far`,
    });
    await stage.lead(async (call, id) => {
      await call.noop();
      const waiting = assertRejects(
        () => call.waitForDigit(-1),
        AgiHangupError,
      );
      // The other connection may be faster.
      await commandBegins(log, call.uniqueid, "WAIT FOR DIGIT");
      await stage.admin.to("Bridge", {
        Channel1: call.channel,
        Channel2: `${other}-far`,
      });
      const error = await within(waiting, PATIENCE);
      assertEquals(error.outcome, "unknown");
      assert(call.signal.aborted);
      // Asterisk 16 has crashed (once) when both were hung up on their way into the bridge.
      await log.named("BridgeEnter", "Uniqueid", `${id}-far`);
      await log.named("BridgeEnter", "Uniqueid", `${other}-far`);
    });
    await stage.hangUp(other);
  },
);

asteriskTest(
  "AGI: a call that is connected by Dial is still led when the talk is over",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    await stage.lead(async (call) => {
      await call.exec("Dial", ["Local/answer@tests", 5, "g"]);
      assertEquals(await call.getVariable("DIALSTATUS"), "ANSWER");
      assert(!call.signal.aborted);
    });
  },
);

asteriskTest(
  "AGI: a call that somebody picks up is still led, as the channel that a masquerade made of it",
  async (asterisk) => {
    await using stage = await Stage.open(asterisk);
    const log = new EventLog(stage.admin);
    const id = crypto.randomUUID();
    const done = Promise.withResolvers<void>();
    await using _ = AsyncAgi.serve(stage.ivr, async (call) => {
      const before = call.uniqueid;
      assertEquals(await call.getFullVariable("before"), "before");
      // Its result comes from the other channel.
      const waiting = call.waitForDigit(2_000);
      await stage.admin.to("Originate", {
        Channel: "Local/pick-up@agi",
        Application: "Wait",
        Data: 60,
        Async: true,
        ChannelId: `${id}-pick`,
        OtherChannelId: `${id}-pick-far`,
        Variable: { TARGET: call.channel },
      });
      await log.named("Hangup", "Uniqueid", before);
      assertEquals(await waiting, undefined);
      assertEquals(call.uniqueid, `${id}-pick-far`);
      const [variable, name, state] = await Promise.all([
        call.getFullVariable("behind"),
        call.getVariable("CHANNEL"),
        call.channelStatus(),
      ]);
      assertEquals([variable, name, state], ["behind", call.channel, 6]);
      assert(call.channel.startsWith("Local/pick-up@agi-"), call.channel);
      done.resolve();
    }, { accept: ({ env }) => env["agi_arg_1"] === id });
    await stage.originate("before", id, { Variable: { ID: id } });
    await within(done.promise, PATIENCE);
    // Asterisk reports no other name: the two channels exchange theirs.
    assert(!log.items.some(({ Event }) => Event === "Rename"));
    await log.named("AsyncAGIEnd", "Uniqueid", `${id}-pick-far`);
    await stage.hangUp(id);
    await stage.hangUp(`${id}-pick`);
    assertEquals(stage.errors, []);
  },
);
