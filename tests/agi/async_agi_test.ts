import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertThrows,
} from "@std/assert";
import {
  AmiConnectionError,
  AmiResponseError,
  DAMI,
  type DAMIData,
} from "../../mod.ts";
import {
  type AgiCall,
  AgiCommandError,
  AgiHangupError,
  AgiTimeoutError,
  AgiTruncatedError,
  AsyncAgi,
} from "../../src/agi/async_agi.ts";
import { until, within } from "../_waiting.ts";
import { Ivr } from "./_ivr.ts";

/** A promise that a test settles. */
function gate(): PromiseWithResolvers<void> {
  return Promise.withResolvers<void>();
}

Deno.test("A call has its environment and channel, and goes on in the dialplan at the end", async () => {
  await using ivr = await Ivr.start();
  const left = gate();
  ivr.dami.on("UserEvent", () => left.resolve());
  const call = await within(ivr.lead((call) => Promise.resolve(call)));
  assertEquals(call.env.agi_request, "async");
  assertEquals(call.env.agi_extension, "100");
  assertEquals(call.env["agi_arg_2"], "two words");
  assertEquals(call.env["toString"], undefined);
  assertEquals(call.env.agi_channel, call.channel);
  assertEquals(call.env.agi_uniqueid, call.uniqueid);
  await within(left.promise);
  assert(call.signal.aborted);
});

Deno.test("Commands are answered in their order, also if none is waited for", async () => {
  await using ivr = await Ivr.start();
  const values = await within(ivr.lead((call) =>
    Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const name = `V${index}`;
        const [, value] = await Promise.all([
          call.setVariable(name, `value ${index}`),
          call.getVariable(name),
        ]);
        return value;
      }),
    )
  ));
  assertEquals(values, Array.from({ length: 50 }, (_, i) => `value ${i}`));
});

Deno.test("Quotes, backslashes and blanks come back as they were sent", async () => {
  await using ivr = await Ivr.start();
  const value = String.raw`say "hi", \ two  blanks and Zoë`;
  const read = await within(ivr.lead(async (call) => {
    await call.setVariable("A", value);
    return await call.getVariable("A");
  }));
  assertEquals(read, value);
});

Deno.test("Results are read in the encoding of the client", async () => {
  await using ivr = await Ivr.start({ encoding: "latin1" });
  await within(ivr.lead(async (call) => {
    const taken = ivr.server.next("AGI");
    ivr.server.on("AGI", () => ({ Response: "Success" }));
    const value = call.getVariable("A");
    ivr.server.emit({
      Event: "AsyncAGIExec",
      Privilege: "agi,all",
      Channel: call.channel,
      Uniqueid: call.uniqueid,
      CommandId: (await taken).get("CommandID") ?? "",
      Result: "200%20result%3D1%20%28Gr%FC%DFe%20%80%29%0A",
    });
    assertEquals(await value, "Grüße €");
    call.signal.throwIfAborted();
  }));
});

Deno.test("Commands are sent at once, whatever is not answered yet", async () => {
  await using ivr = await Ivr.start();
  const release = gate();
  ivr.server.agi("GET FULL VARIABLE", async (command) => {
    await release.promise;
    return `200 result=1 (${command.args[0]})`;
  });
  await within(ivr.lead(async (call) => {
    const names = Array.from({ length: 50 }, (_, index) => `${index}`);
    ivr.server.forget();
    const values = Promise.all(names.map((name) => call.getFullVariable(name)));
    // One round trip of an action that is sent after them all.
    await ivr.dami.to("Ping");
    assertEquals(
      ivr.server.received.filter(({ name }) => name === "AGI").length,
      50,
    );
    release.resolve();
    assertEquals(await values, names);
  }));
});

Deno.test("An answer of several reads is joined, and nobody else gets a part of it", async () => {
  await using ivr = await Ivr.start();
  const long = "x".repeat(2_400);
  ivr.server.agi("GET VARIABLE", () => `200 result=1 (${long})`);
  const [alone, ...together] = await within(ivr.lead(async (call) => [
    await call.getVariable("A"),
    ...await Promise.all([
      call.getVariable("A"),
      call.databaseGet("no", "such"),
      call.getFullVariable("hello"),
      call.getVariable("B"),
    ]),
  ]));
  assertEquals(alone, long);
  assertEquals(together, [long, undefined, "hello", long]);
});

Deno.test("A value keeps its line breaks", async () => {
  await using ivr = await Ivr.start();
  ivr.server.agi("GET VARIABLE", () => "200 result=1 (one\ntwo (2)\n\nthree)");
  const value = await within(ivr.lead((call) => call.getVariable("A")));
  assertEquals(value, "one\ntwo (2)\n\nthree");
});

for (const length of [380, 700, 1_500]) {
  Deno.test(`An answer that Asterisk cut is marked, and the next ones are right: ${length} umlauts`, async () => {
    await using ivr = await Ivr.start();
    ivr.server.agi(
      "GET VARIABLE",
      () => `200 result=1 (${"ü".repeat(length)})`,
    );
    await within(ivr.lead(async (call) => {
      const answer = await call.send("GET VARIABLE A");
      assert(answer.truncated);
      assertEquals(answer.data, "ü".repeat(337));
      assertEquals(await call.getFullVariable("next"), "next");
      const error = await assertRejects(
        () => call.getVariable("A"),
        AgiTruncatedError,
        "Getvar",
      );
      assert(error.answer.truncated);
      assertEquals(await call.databaseGet("no", "such"), undefined);
    }));
  });
}

Deno.test("Where cut answers come together, none goes to a wrong caller", async () => {
  await using ivr = await Ivr.start();
  const long = "ü".repeat(700);
  ivr.server.agi("GET VARIABLE", () => `200 result=1 (${long})`);
  await within(ivr.lead(async (call) => {
    const results = await Promise.allSettled(
      Array.from(
        { length: 10 },
        (_, index) =>
          index % 3 === 0
            ? call.getVariable("A")
            : call.getFullVariable(`number ${index}`),
      ),
    );
    for (const [index, result] of results.entries()) {
      if (result.status === "fulfilled") {
        assertEquals(result.value, `number ${index}`);
      }
    }
    assertEquals(await call.getFullVariable("behind"), "behind");
  }));
});

Deno.test("An answer to any command is given as it is, with the usage", async () => {
  await using ivr = await Ivr.start();
  const [unknown, usage] = await within(
    ivr.lead((call) =>
      Promise.all([call.send("NO SUCH"), call.send("STREAM FILE")])
    ),
  );
  assertEquals(unknown.code, 510);
  assertEquals(usage.code, 520);
  assertEquals(usage.raw.split("\n").length, 3);
});

Deno.test("A command that fails says so, and the call goes on", async () => {
  await using ivr = await Ivr.start();
  ivr.server.agi("STREAM FILE", () => "200 result=-1 endpos=0");
  ivr.server.agi("SAY DIGITS", () => "510 Invalid or unknown command");
  await within(ivr.lead(async (call) => {
    const failed = await assertRejects(
      () => call.streamFile("nothing"),
      AgiCommandError,
    );
    assertEquals([failed.failure, failed.outcome], ["failed", "failed"]);
    const refused = await assertRejects(
      () => call.sayDigits(1),
      AgiCommandError,
    );
    assertEquals(refused.failure, "unknown-command");
    assertEquals(refused.outcome, "refused");
    assertEquals(refused.command, "SAY DIGITS");
    await call.noop();
  }));
});

Deno.test("When the caller hangs up, commands reject and nothing is reported", async () => {
  await using ivr = await Ivr.start();
  const seen = Promise.withResolvers<[unknown, unknown, AgiCall]>();
  ivr.serve(async (call) => {
    const playing = call.waitForDigit(-1);
    const queued = call.noop();
    queued.catch(() => {});
    await ivr.dami.to("Hangup", { Channel: call.channel });
    const [one, two] = await Promise.allSettled([playing, queued]);
    assert(one.status === "rejected" && two.status === "rejected");
    seen.resolve([one.reason, two.reason, call]);
    throw one.reason;
  });
  await ivr.call();
  const [playing, queued, call] = await within(seen.promise);
  assertInstanceOf(playing, AgiHangupError);
  assertInstanceOf(queued, AgiHangupError);
  assertEquals(queued.outcome, "unknown");
  assert(call.signal.aborted);
  const later = await assertRejects(() => call.noop(), AgiHangupError);
  assertEquals(later.outcome, "not-sent");
  assertEquals(ivr.errors, []);
});

Deno.test("A handler that throws is reported, and its call goes on in the dialplan", async () => {
  await using ivr = await Ivr.start();
  const left = gate();
  ivr.dami.on("UserEvent", () => left.resolve());
  ivr.serve(() => Promise.reject(new Error("broken")));
  await ivr.call();
  await within(left.promise);
  await until(() => ivr.errors.length === 1);
  const [error] = ivr.errors;
  assertInstanceOf(error, Error);
  assertEquals(error.message, "broken");
});

Deno.test("With onError 'hangup', the call of a handler that throws is hung up", async () => {
  await using ivr = await Ivr.start();
  const hungUp = Promise.withResolvers<DAMIData>();
  ivr.dami.on("Hangup", hungUp.resolve);
  ivr.serve(() => Promise.reject(new Error("broken")), { onError: "hangup" });
  await ivr.call();
  await within(hungUp.promise);
  await until(() => ivr.errors.length === 1);
});

Deno.test("Only the program that accepts a call leads it", async () => {
  await using ivr = await Ivr.start();
  const led: string[] = [];
  const done = gate();
  ivr.serve(() => {
    led.push("other");
  }, { accept: () => false });
  ivr.serve((call) => {
    led.push(`${call.env.agi_context}`);
    done.resolve();
  }, { accept: ({ env, event }) => env.agi_channel === event.Channel });
  await ivr.call();
  await within(done.promise);
  assertEquals(led, ["default"]);
});

Deno.test("A channel that comes twice is two calls", async () => {
  await using ivr = await Ivr.start();
  const calls: AgiCall[] = [];
  ivr.serve(async (call) => {
    calls.push(call);
    assertEquals(await call.getFullVariable("here"), "here");
  });
  await ivr.call("200");
  await until(() => calls.length === 2);
  const [first, second] = calls;
  assertEquals(first?.uniqueid, second?.uniqueid);
  assertEquals(first?.env["agi_arg_1"], "first");
  assertEquals(second?.env["agi_arg_1"], "second");
  const error = await assertRejects(
    async () => await first?.noop(),
    AgiHangupError,
  );
  assertEquals(error.outcome, "not-sent");
});

Deno.test("A renamed channel is followed", async () => {
  await using ivr = await Ivr.start();
  await within(ivr.lead(async (call) => {
    const { channel, uniqueid } = call;
    ivr.server.emit({
      Event: "Rename",
      Privilege: "call,all",
      Channel: channel,
      Newname: "PJSIP/6001-1",
      Uniqueid: uniqueid,
    });
    await until(() => call.channel === "PJSIP/6001-1");
    const error = await assertRejects(() => call.noop(), AgiHangupError);
    assertEquals(error.outcome, "not-sent");
    assertEquals(
      ivr.server.received.at(-1)?.get("Channel"),
      "PJSIP/6001-1",
    );
  }));
});

Deno.test("A channel that somebody picks up is followed to its new name and unique id", async () => {
  await using ivr = await Ivr.start();
  await within(ivr.lead(async (call) => {
    const { channel, uniqueid } = call;
    ivr.server.emit({
      Event: "Pickup",
      Privilege: "call,all",
      Channel: "PJSIP/6001-1",
      Uniqueid: "picker",
      TargetChannel: channel,
      TargetUniqueid: uniqueid,
    });
    await until(() => call.uniqueid === "picker");
    assertEquals(call.channel, "PJSIP/6001-1");
    // What the masquerade left behind has nothing to do with the call.
    ivr.server.emit({
      Event: "Hangup",
      Privilege: "call,all",
      Channel: channel,
      Uniqueid: uniqueid,
      Cause: 26,
    });
    await ivr.dami.to("Ping");
    assert(!call.signal.aborted);
    ivr.server.emit({
      Event: "AsyncAGIEnd",
      Privilege: "agi,all",
      Channel: "PJSIP/6001-1",
      Uniqueid: "picker",
    });
    await until(() => call.signal.aborted);
  }));
});

Deno.test("A caller who is brought by an attended transfer takes the place of who brought him", async () => {
  await using ivr = await Ivr.start();
  await within(ivr.lead(async (call) => {
    const { channel, uniqueid } = call;
    const transfer = {
      Event: "AttendedTransfer",
      Privilege: "call,all",
      Result: "Success",
      DestType: "App",
      DestApp: "AGI",
      SecondTransfererChannel: channel,
      SecondTransfererUniqueid: uniqueid,
      TransfereeChannel: "PJSIP/6002-1",
      TransfereeUniqueid: "caller",
    };
    ivr.server.emit([
      { ...transfer, Result: "Fail" },
      { ...transfer, DestType: "Bridge" },
      { ...transfer, SecondTransfererUniqueid: "other" },
    ]);
    await ivr.dami.to("Ping");
    assertEquals([call.channel, call.uniqueid], [channel, uniqueid]);
    ivr.server.emit(transfer);
    await until(() => call.uniqueid === "caller");
    assertEquals(call.channel, "PJSIP/6002-1");
  }));
});

Deno.test("A channel that takes the place of another one while a command runs is followed by its result", async () => {
  await using ivr = await Ivr.start();
  await within(ivr.lead(async (call) => {
    const { channel, uniqueid } = call;
    const taken = ivr.server.next("AGI");
    ivr.server.on("AGI", () => ({ Response: "Success" }));
    const waiting = call.waitForDigit(-1);
    const commandId = (await taken).get("CommandID") ?? "";
    // As an attended transfer does: the end of its stay in AGI would come before.
    ivr.server.emit({
      Event: "Hangup",
      Privilege: "call,all",
      Channel: channel,
      Uniqueid: uniqueid,
      Cause: 16,
    });
    await ivr.dami.to("Ping");
    assert(!call.signal.aborted);
    ivr.server.emit({
      Event: "AsyncAGIExec",
      Privilege: "agi,all",
      Channel: "PJSIP/6001-1",
      Uniqueid: "transferred",
      CommandId: commandId,
      Result: "200%20result%3D49%0A",
    });
    assertEquals(await waiting, "1");
    assertEquals([call.channel, call.uniqueid], [
      "PJSIP/6001-1",
      "transferred",
    ]);
    // The command of another program does not concern this call.
    ivr.server.emit({
      Event: "AsyncAGIExec",
      Privilege: "agi,all",
      Channel: "PJSIP/6002-2",
      Uniqueid: "other",
      CommandId: "theirs",
      Result: "200%20result%3D0%0A",
    });
    ivr.server.emit({
      Event: "Hangup",
      Privilege: "call,all",
      Channel: "PJSIP/6001-1",
      Uniqueid: "transferred",
    });
    await until(() => call.signal.aborted);
  }));
});

Deno.test("A channel that is taken into a bridge is no longer led, and what waits is told", async () => {
  await using ivr = await Ivr.start();
  await within(ivr.lead(async (call) => {
    const waiting = call.waitForDigit(300);
    await until(() => ivr.server.received.at(-1)?.name === "AGI");
    ivr.server.emit({
      Event: "BridgeEnter",
      Privilege: "call,all",
      Channel: call.channel,
      Uniqueid: call.uniqueid,
    });
    const error = await assertRejects(() => waiting, AgiHangupError);
    assertEquals(error.outcome, "unknown");
    assert(call.signal.aborted);
  }));
});

Deno.test("A channel that goes into a bridge by its own command is still led", async () => {
  await using ivr = await Ivr.start();
  const over = gate();
  ivr.server.agi("EXEC", async () => {
    await over.promise;
    return "200 result=0";
  });
  await within(ivr.lead(async (call) => {
    const talking = call.exec("Dial", ["PJSIP/6001", 20, "g"]);
    await ivr.server.next("AGI");
    ivr.server.emit({
      Event: "BridgeEnter",
      Privilege: "call,all",
      Channel: call.channel,
      Uniqueid: call.uniqueid,
    });
    await ivr.dami.to("Ping");
    over.resolve();
    assertEquals(await talking, 0);
    assert(!call.signal.aborted);
  }));
});

Deno.test("A channel that Asterisk no longer knows ends the call, and rejects everything that waits", async () => {
  await using ivr = await Ivr.start();
  await within(ivr.lead(async (call) => {
    const waiting = call.waitForDigit(300);
    await until(() => ivr.server.received.at(-1)?.name === "AGI");
    ivr.server.on("AGI", () => ({
      Response: "Error",
      Message: `Channel ${call.channel} does not exist.`,
    }));
    const [next, first] = await Promise.all([
      assertRejects(() => call.noop(), AgiHangupError),
      assertRejects(() => waiting, AgiHangupError),
    ]);
    assertEquals([first.outcome, next.outcome], ["unknown", "not-sent"]);
    assert(call.signal.aborted);
  }));
});

Deno.test("A client that may not lead calls learns so, and the handler's call goes on", async () => {
  await using ivr = await Ivr.start();
  await within(ivr.lead(async (call) => {
    const remove = ivr.server.on("AGI", () => ({
      Response: "Error",
      Message: "Permission denied",
    }));
    await assertRejects(() => call.noop(), AmiResponseError, "denied");
    remove();
    await call.noop();
  }));
});

Deno.test("A command can be given up, and its answer goes to nobody else", async () => {
  await using ivr = await Ivr.start();
  const pressed = Promise.withResolvers<string>();
  ivr.server.agi("WAIT FOR DIGIT", () => pressed.promise);
  await within(ivr.lead(async (call) => {
    const controller = new AbortController();
    const { signal } = controller;
    const aborted = call.waitForDigit(-1, { signal });
    const timedOut = call.waitForDigit(-1, { answerTimeout: 5 });
    const next = call.getFullVariable("next");
    controller.abort(new Error("enough"));
    await assertRejects(() => aborted, Error, "enough");
    const error = await assertRejects(() => timedOut, AgiTimeoutError);
    assertEquals(error.outcome, "unknown");
    pressed.resolve("200 result=49");
    assertEquals(await next, "next");
  }));
});

Deno.test("When the connection is lost commands reject, and the call goes on when it is back", async () => {
  await using ivr = await Ivr.start({
    reconnect: { minDelay: 1, maxDelay: 10 },
  });
  const left = gate();
  ivr.dami.on("UserEvent", () => left.resolve());
  const failed = Promise.withResolvers<[unknown, AgiCall]>();
  ivr.serve(async (call) => {
    const waiting = call.waitForDigit(300);
    await until(() => ivr.server.received.at(-1)?.name === "AGI");
    ivr.server.cut();
    await waiting.catch((error) => failed.resolve([error, call]));
  });
  await ivr.call();
  const [error, call] = await within(failed.promise);
  assertInstanceOf(error, AmiConnectionError);
  assertEquals(error.outcome, "unknown");
  const next = await assertRejects(() => call.noop(), AmiConnectionError);
  assertEquals(next.outcome, "not-sent");
  await within(left.promise);
  assertEquals(ivr.errors, []);
});

Deno.test("What Asterisk would read otherwise is refused before anything is sent", async () => {
  await using ivr = await Ivr.start();
  await within(ivr.lead(async (call) => {
    const before = ivr.server.received.length;
    await assertRejects(() => call.verbose("a\r\nAction: Logoff"), TypeError);
    await assertRejects(() => call.verbose("x".repeat(1_020)), RangeError);
    await assertRejects(() => call.verbose("ü".repeat(510)), RangeError);
    await assertRejects(
      () => call.send(`NOOP ${"w ".repeat(130)}`),
      RangeError,
    );
    await assertRejects(() => call.send(" "), TypeError);
    assertEquals(ivr.server.received.length, before);
    await call.verbose("x".repeat(1_005));
  }));
});

Deno.test("Closing gives the calls back, and takes no more", async () => {
  await using ivr = await Ivr.start();
  const left = gate();
  ivr.dami.on("UserEvent", () => left.resolve());
  const ended = gate();
  const agi = ivr.serve(async (call) => {
    await call.waitForDigit(50).finally(ended.resolve);
  });
  await ivr.call();
  await until(() => agi.calls.length === 1);
  await within(agi.close());
  await within(left.promise);
  await within(ended.promise);
  assertEquals(agi.calls, []);
  await ivr.call();
  await ivr.dami.to("Ping");
  assertEquals(agi.calls, []);
});

Deno.test("An unknown way to treat errors is refused", () => {
  using dami = new DAMI();
  assertThrows(
    // @ts-expect-error it is not one of them
    () => AsyncAgi.serve(dami, () => {}, { onError: "ignore" }),
    TypeError,
  );
});
