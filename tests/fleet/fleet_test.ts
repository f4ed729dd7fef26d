import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertThrows,
} from "@std/assert";
import {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  AmiResponseError,
} from "../../mod.ts";
import { Fleet } from "../../src/fleet/fleet.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { settled } from "../_faults.ts";
import { until, within } from "../_waiting.ts";
import { COMMON, freePort, lifecycleOf, started, TestFleet } from "./_fleet.ts";

const HANGUP = { Event: "Hangup", Privilege: "call,all", Cause: 16 };

Deno.test("start() connects every PBX, and tells each step with its name", async () => {
  await using test = new TestFleet();
  const { fleet } = test;
  const log = lifecycleOf(fleet);
  assertEquals(fleet.names, ["berlin", "wien"]);
  assertEquals(fleet.get("berlin").state, "idle");
  await fleet.start();
  assertEquals(fleet.get("berlin").state, "ready");
  assertEquals(fleet.get("wien").state, "ready");
  assertEquals(log.toSorted(), [
    "connect berlin",
    "connect wien",
    "login berlin",
    "login wien",
  ]);
});

Deno.test("start() never rejects for a PBX that is down, which is connected when it is there", async () => {
  await using test = new TestFleet();
  const { fleet } = test;
  await test.server("wien").refuse();
  await within(fleet.start());
  assertEquals(fleet.get("berlin").state, "ready");
  assertEquals(fleet.get("wien").state, "connecting");
  assertInstanceOf(fleet.failure("wien"), AmiConnectionError);
  assertEquals(fleet.failure("berlin"), undefined);
  await test.server("wien").accept();
  await until(() => fleet.get("wien").state === "ready");
  assertEquals(fleet.failure("wien"), undefined);
});

Deno.test("start() waits no longer than its timeout for a PBX that hangs", async () => {
  await using test = new TestFleet();
  test.server("wien").stall();
  await test.fleet.start({ timeout: 50 });
  assertEquals(test.fleet.get("wien").state, "connecting");
  await until(() => test.fleet.get("berlin").state === "ready");
  test.server("wien").resume();
  await until(() => test.fleet.get("wien").state === "ready");
});

Deno.test("start() ends with its signal, and the fleet goes on", async () => {
  await using test = new TestFleet();
  test.server("wien").stall();
  const controller = new AbortController();
  const start = test.fleet.start({ signal: controller.signal });
  const reason = new Error("Too long");
  controller.abort(reason);
  assertEquals(await settled(start), reason);
  test.server("wien").resume();
  await until(() => test.fleet.get("wien").state === "ready");
});

Deno.test("start() works once", async () => {
  await using test = await started();
  await assertRejects(() => test.fleet.start(), TypeError, "is started");
  test.fleet.close();
  await assertRejects(() => test.fleet.start(), TypeError, "is closed");
});

Deno.test("a PBX that refuses the login is given up, and says why", async () => {
  await using test = new TestFleet(["berlin"]);
  await using strict = AmiServer.start({ secret: "another" });
  const { fleet } = test;
  const log = lifecycleOf(fleet);
  await fleet.add("wien", { port: strict.port });
  const reasons: unknown[] = [];
  fleet.addEventListener("close", ({ detail }) => reasons.push(detail.error));
  await within(fleet.start());
  assertEquals(fleet.get("wien").state, "closed");
  assertInstanceOf(fleet.failure("wien"), AmiAuthenticationError);
  assertEquals(reasons, [fleet.failure("wien")]);
  assertEquals(log.filter((each) => each.endsWith("wien")), [
    "add wien",
    "connect wien",
    "close wien",
  ]);
  assertEquals(fleet.get("berlin").state, "ready");
});

Deno.test("a PBX that is given up keeps no listener from being added", async () => {
  await using test = new TestFleet(["berlin"]);
  await using strict = AmiServer.start({ secret: "another" });
  const { fleet } = test;
  await fleet.add("wien", { port: strict.port });
  await within(fleet.start());
  assertEquals(fleet.get("wien").state, "closed");
  const heard: string[] = [];
  fleet.on("Hangup", (_event, pbx) => heard.push(pbx));
  fleet.once("Hangup", (_event, pbx) => heard.push(pbx));
  test.server("berlin").emit(HANGUP);
  await until(() => heard.length === 2);
  assertEquals(heard, ["berlin", "berlin"]);
});

Deno.test("a login that is refused later is reported, with the reason", async () => {
  await using test = await started();
  const { fleet } = test;
  const closed: [string, unknown][] = [];
  fleet.addEventListener("close", ({ detail: { pbx, error } }) => {
    closed.push([pbx, error]);
  });
  const wien = test.server("wien");
  wien.on("Login", () => ({
    Response: "Error",
    Message: "Authentication failed",
  }));
  wien.cut();
  await until(() => closed.length > 0);
  assertEquals(closed, [["wien", fleet.failure("wien")]]);
  assertInstanceOf(fleet.failure("wien"), AmiAuthenticationError);
});

Deno.test("listeners get the event as it was sent, and the name of its PBX", async () => {
  await using test = await started();
  const { fleet } = test;
  const calls: unknown[][] = [];
  fleet.on("hangup", (...args) => calls.push(["name", ...args]));
  fleet.on("*", (...args) => {
    // The PBXs have just booted, which they report as well.
    if (args[0].Event === "Hangup") calls.push(["all", ...args]);
  });
  test.server("wien").emit(HANGUP);
  await until(() => calls.length === 2);
  const event = { Event: "Hangup", Privilege: "call,all", Cause: 16 };
  assertEquals(calls, [["name", event, "wien"], ["all", event, "wien"]]);
  assertEquals(Object.keys(calls[0]?.[1] ?? {}), Object.keys(event));
});

Deno.test("listeners that were added before start() get the first events", async () => {
  await using test = new TestFleet();
  const booted: string[] = [];
  test.fleet.on("FullyBooted", (_event, pbx) => booted.push(pbx));
  await test.fleet.start();
  await until(() => booted.length === 2);
  assertEquals(booted.toSorted(), ["berlin", "wien"]);
});

Deno.test("once() is called once in all, off() and the signal remove from every PBX", async () => {
  await using test = await started();
  const { fleet } = test;
  const calls: string[] = [];
  const listener = (_event: unknown, pbx: string) => calls.push(`off ${pbx}`);
  const controller = new AbortController();
  const { signal } = controller;
  fleet.once("Hangup", (_event, pbx) => calls.push(`once ${pbx}`));
  fleet.on("Hangup", listener);
  fleet.on("HANGUP", () => calls.push("signal"), { signal });
  const remove = fleet.on("Hangup", () => calls.push("removed"));
  fleet.on("Hangup", () => calls.push("never"), {
    signal: AbortSignal.abort(),
  });
  for (const name of fleet.names) test.server(name).emit(HANGUP);
  await until(() => calls.length === 7);
  assertEquals(calls.filter((each) => each.startsWith("once")).length, 1);
  fleet.off("hangup", listener);
  controller.abort();
  remove();
  calls.length = 0;
  fleet.on("Hangup", (_event, pbx) => calls.push(pbx));
  for (const name of fleet.names) test.server(name).emit(HANGUP);
  await until(() => calls.length === 2);
  assertEquals(calls.toSorted(), ["berlin", "wien"]);
  fleet.off("Hangup");
  const before = fleet.get("wien").stats().eventsUnread;
  test.server("wien").emit(HANGUP);
  await fleet.get("wien").to("Ping");
  assertEquals(calls.length, 2);
  // Nobody listens, so it was not even read.
  assertEquals(fleet.get("wien").stats().eventsUnread, before + 1);
});

Deno.test("what a listener throws is reported with the name of the PBX, and harms nobody", async () => {
  await using test = await started();
  const { fleet } = test;
  const errors: [string, unknown][] = [];
  fleet.addEventListener(
    "error",
    ({ pbx, error }) => errors.push([pbx, error]),
  );
  const failure = new Error("A bug");
  fleet.on("Hangup", () => {
    throw failure;
  });
  let count = 0;
  fleet.on("Hangup", () => count++);
  for (const name of fleet.names) test.server(name).emit(HANGUP);
  await until(() => count === 2);
  assertEquals(
    errors.toSorted(([one], [two]) => one < two ? -1 : 1),
    [["berlin", failure], ["wien", failure]],
  );
});

Deno.test("what a listener of the fleet's own events throws is reported, and one for errors that throws is not called for ever", async () => {
  await using test = new TestFleet(["berlin"]);
  const { fleet } = test;
  const failure = new Error("A bug");
  const errors: [string, unknown][] = [];
  fleet.addEventListener("error", ({ pbx, error }) => {
    errors.push([pbx, error]);
    throw failure;
  });
  fleet.addEventListener("login", () => {
    throw failure;
  });
  await fleet.start();
  assertEquals(errors, [["berlin", failure]]);
  assertEquals(await fleet.get("berlin").ping(), true);
});

Deno.test("events() yields the events of all PBXs with their names, and ends with close()", async () => {
  await using test = await started();
  const { fleet } = test;
  const hangups = fleet.events("Hangup");
  test.server("berlin").emit(HANGUP);
  const first = await hangups.next();
  assertEquals(first.value?.pbx, "berlin");
  assertEquals(first.value?.event.Cause, 16);
  test.server("wien").emit(HANGUP);
  await until(() => hangups.queued === 1);
  fleet.close();
  const pbxs: string[] = [];
  for await (const { pbx } of hangups) pbxs.push(pbx);
  assertEquals(pbxs, ["wien"]);
});

Deno.test("events() refuses a bad bound, and ends with an error when it is passed", async () => {
  await using test = await started(["berlin"]);
  const { fleet } = test;
  assertThrows(() => fleet.events("*", { maxQueue: 0 }), RangeError);
  const events = fleet.events("Hangup", { maxQueue: 1 });
  test.server("berlin").emit([HANGUP, HANGUP]);
  await until(() => events.dropped === 1);
  await events.next();
  await assertRejects(() => events.next(), Error, "Cannot queue more than 1");
});

Deno.test("all() gives the answer or the error of each PBX, and waits for none that is down", async () => {
  await using test = new TestFleet(["berlin", "wien", "graz", "linz"]);
  const { fleet } = test;
  await test.server("graz").refuse();
  await fleet.start();
  test.server("wien").on("CoreStatus", () => ({
    Response: "Error",
    Message: "Permission denied",
  }));
  const linz = test.server("linz");
  await linz.refuse();
  linz.cut();
  await until(() => fleet.get("linz").state === "reconnecting");
  const answers = await within(fleet.all("CoreStatus"));
  assertEquals([...answers.keys()], fleet.names);
  assertEquals(answers.get("berlin")?.frames?.[0].Response, "Success");
  assertInstanceOf(answers.get("wien")?.error, AmiResponseError);
  for (const name of ["graz", "linz"]) {
    const error = answers.get(name)?.error;
    assertInstanceOf(error, AmiConnectionError);
    assertEquals(error.outcome, "not-sent");
    assert(error.message.startsWith(`PBX "${name}" is not connected: `));
  }
});

Deno.test("all() takes headers and options, and rejects for no PBX whatever is wrong with them", async () => {
  await using test = await started();
  const { fleet } = test;
  for (const server of test.servers.values()) server.on("Ping", () => {});
  const silent = await fleet.all("Ping", {}, { timeout: 20 });
  assertEquals(
    [...silent.values()].map(({ error }) => error?.name),
    ["AmiTimeoutError", "AmiTimeoutError"],
  );
  const refused = await fleet.all("QueuePause", {
    Interface: "a\nb",
    Paused: true,
  });
  assertEquals(
    [...refused.values()].map(({ error }) => error?.name),
    ["TypeError", "TypeError"],
  );
});

Deno.test("a PBX can be added at any time, and is part of everything from then on", async () => {
  await using test = await started(["berlin"]);
  await using graz = AmiServer.start();
  const { fleet } = test;
  const log = lifecycleOf(fleet);
  const pbxs: string[] = [];
  fleet.on("Hangup", (_event, pbx) => pbxs.push(pbx));
  await fleet.add("graz", { port: graz.port });
  assertEquals(log, ["add graz", "connect graz", "login graz"]);
  graz.emit(HANGUP);
  await until(() => pbxs.length === 1);
  assertEquals(pbxs, ["graz"]);
  assertEquals([...(await fleet.all("Ping")).keys()], ["berlin", "graz"]);
});

Deno.test("add() does not reject for a PBX that is down", async () => {
  await using test = await started(["berlin"]);
  await within(test.fleet.add("graz", { port: freePort() }));
  assertEquals(test.fleet.get("graz").state, "connecting");
});

Deno.test("add() refuses a name that is taken or no name, wrong options, and a closed fleet", async () => {
  await using test = await started(["berlin"]);
  const { fleet } = test;
  for (const name of ["berlin", "", "a b", "ü", "a/b", "a.b", "x".repeat(65)]) {
    await assertRejects(() => fleet.add(name), TypeError);
  }
  await assertRejects(() => fleet.add("graz", { port: 0 }), RangeError, "graz");
  assertEquals(fleet.names, ["berlin"]);
  fleet.close();
  await assertRejects(() => fleet.add("graz"), AmiClosedError);
});

Deno.test("remove() waits for what is pending, and the name can be used again at once", async () => {
  await using test = await started();
  const { fleet } = test;
  const wien = test.server("wien");
  const log = lifecycleOf(fleet);
  const answer = fleet.get("wien").to("Command", {
    Command: "core show uptime",
  });
  let listened = 0;
  fleet.on("Hangup", () => listened++);
  const removed = fleet.remove("wien");
  assertEquals(fleet.names, ["berlin"]);
  assertThrows(() => fleet.get("wien"), RangeError, '"wien"');
  const added = fleet.add("wien", { port: wien.port });
  const [response] = await within(answer);
  assertEquals(response.Response, "Success");
  await within(removed);
  await within(added);
  assertEquals(log, ["remove wien", "add wien", "connect wien", "login wien"]);
  await until(() => wien.clients.length === 1);
  wien.emit(HANGUP);
  await fleet.get("wien").to("Ping");
  assertEquals(listened, 1);
});

Deno.test("remove() gives up what is not answered in time", async () => {
  await using test = await started();
  const { fleet } = test;
  test.server("wien").stall();
  const answer = settled(fleet.get("wien").to("Ping"));
  await within(fleet.remove("wien", { timeout: 20 }));
  const error = await answer;
  assertInstanceOf(error, AmiClosedError);
  assertEquals(error.outcome, "unknown");
});

Deno.test("remove() ends the attempts for a PBX that is down", async () => {
  await using test = await started(["berlin"]);
  const { fleet } = test;
  const log = lifecycleOf(fleet);
  await fleet.add("graz", { port: freePort() });
  await within(fleet.remove("graz"));
  log.length = 0;
  await fleet.get("berlin").to("Ping");
  assertEquals(log, []);
  await assertRejects(() => fleet.remove("graz"), RangeError);
});

Deno.test("stats() gives the figures of each PBX, and their sum", async () => {
  await using test = await started();
  const { fleet } = test;
  await fleet.all("Ping");
  const { total, pbxs } = fleet.stats();
  assertEquals([...pbxs.keys()], ["berlin", "wien"]);
  const sum = [...pbxs.values()]
    .reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
  assertEquals(total.bytesReceived, sum);
  // The login and the ping of each.
  assertEquals(total.actionsAnswered, 4);
});

Deno.test("a gap names its PBX, and the others have none", async () => {
  await using test = await started();
  const { fleet } = test;
  const gaps: string[] = [];
  fleet.addEventListener("gap", ({ detail: { pbx, from, to } }) => {
    assert(from <= to);
    gaps.push(pbx);
  });
  test.server("wien").cut();
  await until(() => gaps.length > 0);
  assertEquals(gaps, ["wien"]);
});

Deno.test("close() settles everything, may be called again, and ends the fleet", async () => {
  await using test = await started();
  const { fleet } = test;
  for (const server of test.servers.values()) server.on("Ping", () => {});
  const all = fleet.all("Ping");
  const one = settled(fleet.get("wien").to("Ping"));
  fleet.close();
  fleet.close();
  for (const { error } of (await within(all)).values()) {
    assertInstanceOf(error, AmiClosedError);
  }
  assertInstanceOf(await one, AmiClosedError);
  assertThrows(() => fleet.on("Hangup", () => {}), AmiClosedError);
  assertThrows(() => fleet.once("Hangup", () => {}), AmiClosedError);
  assertThrows(() => fleet.events(), AmiClosedError);
  await assertRejects(() => fleet.live(), AmiClosedError);
  await until(() =>
    [...test.servers.values()].every(({ clients }) => clients.length === 0)
  );
});

Deno.test("close() ends a start() that is under way", async () => {
  await using test = new TestFleet();
  test.server("wien").stall();
  const start = test.fleet.start();
  test.fleet.close();
  await within(start);
  assertEquals(test.fleet.get("wien").state, "closed");
});

Deno.test("await using logs off every PBX", async () => {
  await using test = new TestFleet();
  {
    await using fleet = new Fleet(
      { berlin: { port: test.server("berlin").port } },
      COMMON,
    );
    await fleet.start();
  }
  assertEquals(test.server("berlin").received.at(-1)?.name, "Logoff");
});

Deno.test("log lines begin with the name of the PBX", async () => {
  const lines: string[] = [];
  const add = (line: string) => {
    lines.push(line);
  };
  await using _ = await started(["berlin", "wien"], {
    logger: { debug: add, info: add, warn: add, error: add },
  });
  assert(lines.length > 0);
  assert(lines.every((line) => /^(?:berlin|wien): /.test(line)), lines.join());
});
