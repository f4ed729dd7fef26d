import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
} from "@std/assert";
import {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  AmiTimeoutError,
  type DisconnectDetail,
  type GapDetail,
  type ReconnectingDetail,
} from "../mod.ts";
import { AmiServer } from "../src/testing/ami_server.ts";
import {
  AT_ONCE,
  CREDENTIALS,
  damiFor,
  lifecycleOf,
  listening,
  settled,
} from "./_faults.ts";
import { until, within } from "./_waiting.ts";

const RECONNECT = { reconnect: AT_ONCE };

/** A port of this machine where nothing listens. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test("a lost session is restored, and each step is reported in order", async () => {
  await using server = AmiServer.start();
  await using dami = damiFor(server, RECONNECT);
  const log = lifecycleOf(dami);
  assertEquals(dami.state, "idle");
  await dami.connectAndLogin(CREDENTIALS);
  assertEquals(dami.state, "ready");
  server.cut();
  await until(() => log.includes("gap"));
  assertEquals(log, [
    "connect",
    "login",
    "disconnect lost",
    "reconnecting 1",
    "connect",
    "login",
    "gap",
  ]);
  assertEquals(dami.state, "ready");
  assertEquals(await dami.ping(), true);
  dami.close();
  assertEquals(log.slice(7), ["disconnect close", "close"]);
  assertEquals(dami.state, "closed");
});

Deno.test("without the option a lost session is not restored", async () => {
  await using server = AmiServer.start();
  await using dami = damiFor(server);
  const log = lifecycleOf(dami);
  await dami.connectAndLogin(CREDENTIALS);
  server.cut();
  await until(() => log.includes("close"));
  assertEquals(log, ["connect", "login", "disconnect lost", "close"]);
  assertEquals(dami.state, "closed");
  assertEquals(server.received.length, 1);
  const error = await assertRejects(() => dami.to("Ping"), AmiClosedError);
  assertEquals(error.outcome, "not-sent");
  await dami.connectAndLogin(CREDENTIALS);
  assertEquals(dami.state, "ready");
});

Deno.test("the details say why, how often, how long, and what was missed", async () => {
  await using server = AmiServer.start();
  await using dami = damiFor(server, RECONNECT);
  const disconnects: DisconnectDetail[] = [];
  const attempts: ReconnectingDetail[] = [];
  const gaps: GapDetail[] = [];
  dami.addEventListener(
    "disconnect",
    (event) => disconnects.push(event.detail),
  );
  dami.addEventListener("reconnecting", (event) => attempts.push(event.detail));
  dami.addEventListener("gap", (event) => gaps.push(event.detail));
  await dami.connectAndLogin(CREDENTIALS);
  const { lastFrameAt } = dami.stats();
  await server.refuse();
  const begin = Date.now();
  server.cut();
  await until(() => attempts.length >= 3);
  await server.accept();
  await until(() => gaps.length === 1);
  const [disconnect] = disconnects;
  assertEquals(disconnect?.reason, "lost");
  assertInstanceOf(disconnect?.error, AmiConnectionError);
  assertEquals(attempts.map(({ attempt }) => attempt).slice(0, 3), [1, 2, 3]);
  for (const { delay } of attempts) assert(delay >= 0 && delay < 1_000);
  const [gap] = gaps;
  assert(gap !== undefined && lastFrameAt !== undefined);
  assert(Math.abs(gap.from.getTime() - lastFrameAt.getTime()) <= 10);
  assert(gap.to.getTime() >= begin && gap.to.getTime() <= Date.now());
  assertEquals(gap.error.failure, "lost");
  assertEquals(dami.stats().reconnects, 1);
});

Deno.test("a PBX that announces its shutdown is reported as such", async () => {
  await using server = AmiServer.start();
  await using dami = damiFor(server, RECONNECT);
  const log = lifecycleOf(dami);
  await dami.connectAndLogin(CREDENTIALS);
  await server.restart();
  await until(() => log.includes("gap"));
  assertEquals(log.filter((entry) => entry.startsWith("disconnect")), [
    "disconnect shutdown",
  ]);
  // The next loss is a new one.
  server.cut();
  await until(() => log.filter((entry) => entry === "gap").length === 2);
  assert(log.includes("disconnect lost"));
});

Deno.test("a PBX that is away for a while is found again", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, RECONNECT);
  const log = lifecycleOf(dami);
  await server.restart({ downFor: 60, shutdown: "crash" });
  await until(() => log.includes("gap"));
  assert(log.includes("reconnecting 2"), log.join());
  assertEquals(dami.state, "ready");
});

Deno.test("listeners of all kinds are there after the new login", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, RECONNECT);
  const log = lifecycleOf(dami);
  const seen: string[] = [];
  dami.on("A", ({ Event }) => seen.push(`on ${Event}`));
  dami.on("*", ({ Event }) => {
    if (Event !== "FullyBooted") seen.push(`* ${Event}`);
  });
  dami.once("B", ({ Event }) => seen.push(`once ${Event}`));
  const stream = dami.events("A");
  server.cut();
  await until(() => log.includes("gap"));
  server.emit([{ Event: "A" }, { Event: "B" }, { Event: "B" }]);
  await until(() => seen.length >= 5);
  assertEquals(seen, ["on A", "* A", "once B", "* B", "* B"]);
  assertEquals((await within(stream.next())).value?.Event, "A");
});

Deno.test("the event mask of the option and of the action Events is set again", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { ...RECONNECT, events: "call" });
  const log = lifecycleOf(dami);
  const masks = () =>
    server.received.filter(({ name }) => name === "Login")
      .map((login) => login.get("Events"));
  assertEquals(masks(), ["call"]);
  server.cut();
  await until(() => log.filter((entry) => entry === "gap").length === 1);
  assertEquals(masks(), ["call", "call"]);
  await dami.to("Events", { EventMask: "user,agent" });
  server.cut();
  await until(() => log.filter((entry) => entry === "gap").length === 2);
  assertEquals(masks(), ["call", "call", "user,agent"]);
});

Deno.test("filters are added again in their order, before anything else is sent", async () => {
  await using server = AmiServer.start();
  server.on(
    "Filter",
    (action) =>
      action.get("Filter") === "bad"
        ? { Response: "Error", Message: "Filter format not recognized" }
        : { Response: "Success" },
  );
  await using dami = await listening(server, RECONNECT);
  const log = lifecycleOf(dami);
  await dami.to("Filter", { Operation: "Add", Filter: "Event: A" });
  await settled(dami.to("Filter", { Operation: "Add", Filter: "bad" }));
  await dami.to("filter", { ActionID: "mine", operation: "add", filter: "!B" });
  server.forget();
  const pings: Promise<unknown>[] = [];
  dami.addEventListener("disconnect", () => {
    pings.push(settled(dami.to("Ping")));
  }, { once: true });
  server.cut();
  await until(() => log.includes("gap"));
  assertEquals(await Promise.all(pings), ["resolved"]);
  assertEquals(
    server.received.map((action) =>
      `${action.name} ${action.get("Filter") ?? action.get("filter") ?? ""}`
        .trim()
    ),
    ["Login", "Filter Event: A", "Filter !B", "Ping"],
  );
  const ids = server.received.map(({ actionId }) => actionId);
  assertEquals(new Set(ids).size, ids.length);
});

Deno.test("a filter that is refused the second time is reported, and the session lives on", async () => {
  await using server = AmiServer.start();
  const remove = server.on("Filter", () => ({ Response: "Success" }));
  await using dami = await listening(server, RECONNECT);
  const log = lifecycleOf(dami);
  await dami.to("Filter", { Operation: "Add", Filter: "Event: A" });
  remove();
  server.cut();
  await until(() => log.includes("gap"));
  assert(log.includes("error AMI_RESPONSE"), log.join());
  assertEquals(await dami.ping(), true);
});

Deno.test("actions wait while reconnecting, and are sent once each in order", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, RECONNECT);
  await server.refuse();
  server.forget();
  server.cut();
  await until(() => dami.state === "reconnecting");
  const answers = [1, 2, 3].map((number) =>
    dami.to("Ping", { ActionID: `waits-${number}` })
  );
  await server.accept();
  const ids = (await within(Promise.all(answers))).map(([{ ActionID }]) =>
    ActionID
  );
  assertEquals(ids, ["waits-1", "waits-2", "waits-3"]);
  assertEquals(
    server.received.filter(({ name }) => name === "Ping")
      .map(({ actionId }) => actionId),
    ids,
  );
});

Deno.test("an action that waits while reconnecting ends with its timeout, its signal, and close()", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, RECONNECT);
  await server.refuse();
  server.cut();
  await until(() => dami.state === "reconnecting");
  const late = await assertRejects(
    () => dami.to("Ping", {}, { timeout: 20 }),
    AmiTimeoutError,
  );
  assertEquals(late.outcome, "not-sent");
  assertEquals(late.action, "Ping");
  assertEquals(late.timeout, 20);
  const controller = new AbortController();
  const aborted = dami.to("Ping", {}, { signal: controller.signal });
  controller.abort(new RangeError("Enough"));
  await assertRejects(() => aborted, RangeError, "Enough");
  const closed = dami.to("Ping");
  dami.close();
  const error = await assertRejects(() => closed, AmiClosedError);
  assertEquals(error.outcome, "not-sent");
  assertEquals(server.received.filter(({ name }) => name === "Ping"), []);
});

Deno.test("an action in flight is not sent a second time", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, RECONNECT);
  const log = lifecycleOf(dami);
  server.on("Reload", () => {});
  const answer = settled(dami.to("Reload"));
  await server.next("Reload");
  server.cut();
  const error = await within(answer);
  assertInstanceOf(error, AmiConnectionError);
  assertEquals(error.outcome, "unknown");
  assertEquals(error.failure, "lost");
  await until(() => log.includes("gap"));
  assertEquals(await dami.ping(), true);
  assertEquals(
    server.received.filter(({ name }) => name === "Reload").length,
    1,
  );
});

Deno.test("an action that was not written when the link broke was not sent", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, RECONNECT);
  server.stall();
  const large = "x".repeat(900);
  const headers = Object.fromEntries(
    Array.from({ length: 120 }, (_, index) => [`Header${index}`, large]),
  );
  // More than the buffers of the system take while nobody reads.
  const answers = Array.from(
    { length: 200 },
    () => settled(dami.to("Ping", headers)),
  );
  await until(() => dami.stats().bytesSent > 100_000);
  let sent = -1;
  await until(() => {
    const isStill = sent === dami.stats().bytesSent;
    sent = dami.stats().bytesSent;
    return isStill;
  });
  const last = settled(dami.to("Ping", { ActionID: "last" }));
  server.cut();
  const [first] = await within(Promise.all(answers));
  assertInstanceOf(first, AmiConnectionError);
  assertEquals(first.outcome, "unknown");
  const error = await within(last);
  assertInstanceOf(error, AmiConnectionError);
  assertEquals(error.outcome, "not-sent");
});

Deno.test("a caller that tries again as soon as an action has failed waits for the new session", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, RECONNECT);
  server.on("Reload", () => {});
  const again = dami.to("Reload").catch(() => dami.to("Ping"));
  await server.next("Reload");
  server.cut();
  const [response] = await within(again);
  assertEquals(response?.Ping, "Pong");
});

Deno.test("a refused login while reconnecting is final", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, RECONNECT);
  const log = lifecycleOf(dami);
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  server.on("Login", (action, client) => {
    client.answer(action, {
      Response: "Error",
      Message: "Authentication failed",
    });
    client.close();
  });
  const waiting: Promise<unknown>[] = [];
  dami.addEventListener("reconnecting", () => {
    waiting.push(settled(dami.to("Ping")));
  });
  server.cut();
  await until(() => log.includes("close"));
  assertEquals(log, [
    "disconnect lost",
    "reconnecting 1",
    "connect",
    "error AMI_AUTHENTICATION",
    "close",
  ]);
  assertInstanceOf(errors[0], AmiAuthenticationError);
  assertEquals(dami.state, "closed");
  const [error] = await within(Promise.all(waiting));
  assertInstanceOf(error, AmiAuthenticationError);
});

Deno.test("a refused login is tried again with refusedLogin, and one in use always", async () => {
  for (const refusedLogin of [true, false]) {
    await using server = AmiServer.start();
    await using dami = await listening(server, {
      reconnect: { ...AT_ONCE, refusedLogin },
    });
    const log = lifecycleOf(dami);
    let refusals = 0;
    const lift = server.on("Login", (action, client) => {
      refusals++;
      client.answer(action, {
        Response: "Error",
        Message: refusedLogin
          ? "Authentication failed"
          : "Login Already In Use",
      });
      client.close();
      if (refusals === 3) lift();
    });
    server.cut();
    await until(() => log.includes("gap"));
    assertEquals(refusals, 3);
    assertEquals(dami.state, "ready");
    assert(!log.includes("close"));
  }
});

Deno.test("reconnecting is given up after maxAttempts", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, {
    reconnect: { ...AT_ONCE, maxAttempts: 3 },
  });
  const log = lifecycleOf(dami);
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  await server.refuse();
  server.cut();
  await until(() => log.includes("close"));
  assertEquals(log, [
    "disconnect lost",
    "reconnecting 1",
    "reconnecting 2",
    "reconnecting 3",
    "error AMI_CONNECTION",
    "close",
  ]);
  const [error] = errors;
  assertInstanceOf(error, AmiConnectionError);
  assertEquals(error.failure, "refused");
  assertEquals(dami.state, "closed");
  await server.accept();
  await dami.connectAndLogin(CREDENTIALS);
  assertEquals(dami.state, "ready");
});

Deno.test("a session that lasts starts the count anew, one that is lost at once does not", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, {
    reconnect: { minDelay: 20, maxDelay: 20, maxAttempts: 3 },
  });
  const log = lifecycleOf(dami);
  for (let round = 1; round <= 5; round++) {
    const begin = performance.now();
    server.cut();
    await until(() => log.filter((entry) => entry === "gap").length === round);
    // Longer than `minDelay`.
    await until(() => performance.now() - begin > 60);
  }
  assertEquals(
    log.filter((entry) => entry.startsWith("reconnecting")),
    Array(5).fill("reconnecting 1"),
  );
  server.on("Login", (_action, client, standard) => {
    // Right after the answer.
    setTimeout(() => client.cut(), 0);
    return standard();
  });
  server.cut();
  await until(() => log.includes("close"));
  assertEquals(
    log.filter((entry) => entry.startsWith("reconnecting")).slice(5),
    ["reconnecting 1", "reconnecting 2", "reconnecting 3"],
  );
});

Deno.test("close() and disconnect() end reconnecting at once", async () => {
  for (const method of ["close", "disconnect"] as const) {
    await using server = AmiServer.start();
    // The delay is such that a timer that stays would be noticed as a leak.
    await using dami = await listening(server, {
      reconnect: { minDelay: 60_000, maxDelay: 60_000 },
    });
    const log = lifecycleOf(dami);
    await server.refuse();
    server.cut();
    await until(() => log.includes("reconnecting 1"));
    await within(Promise.resolve(dami[method]()), 1_000);
    assertEquals(dami.state, "closed");
    assertEquals(log, ["disconnect lost", "reconnecting 1", "close"]);
  }
});

Deno.test("close() in any listener ends it all, and nothing is reported after close", async () => {
  const moments = [
    "disconnect",
    "reconnecting",
    "connect",
    "login",
    "gap",
  ] as const;
  for (const moment of moments) {
    await using server = AmiServer.start();
    await using dami = await listening(server, RECONNECT);
    const log = lifecycleOf(dami);
    dami.addEventListener(moment, () => dami.close(), { once: true });
    server.cut();
    await until(() => log.includes("close"));
    // Whatever would still come has had its time when another client was served.
    await using other = await listening(server);
    await other.to("Ping");
    assertEquals(log.at(-1), "close", `${moment}: ${log.join()}`);
    assertEquals(log.filter((entry) => entry === "close").length, 1);
    assertEquals(dami.state, "closed");
  }
});

Deno.test("close() in the login listener of the first connection ends it all", async () => {
  await using server = AmiServer.start();
  await using dami = damiFor(server, RECONNECT);
  const log = lifecycleOf(dami);
  dami.addEventListener("login", () => dami.close());
  await within(settled(dami.connectAndLogin(CREDENTIALS)));
  await using other = await listening(server);
  await other.to("Ping");
  assertEquals(log, ["connect", "login", "disconnect close", "close"]);
  assertEquals(dami.state, "closed");
});

Deno.test("the first connection is tried once, and again with firstConnection", async () => {
  const port = freePort();
  const address = { hostname: "127.0.0.1", port };
  await using once = damiFor(address, RECONNECT);
  const log = lifecycleOf(once);
  const error = await assertRejects(
    () => once.connectAndLogin(CREDENTIALS),
    AmiConnectionError,
  );
  assertEquals(error.failure, "refused");
  assertEquals(log.filter((entry) => entry !== "close"), []);

  await using patient = damiFor(address, {
    reconnect: { ...AT_ONCE, firstConnection: true },
  });
  const steps = lifecycleOf(patient);
  const connected = patient.connectAndLogin(CREDENTIALS);
  await until(() => steps.includes("reconnecting 3"));
  assertEquals(patient.state, "connecting");
  await using _server = AmiServer.start({ port });
  await within(connected);
  assertEquals(patient.state, "ready");
  assert(!steps.includes("gap"), steps.join());
});

Deno.test("connectAndLogin() with firstConnection ends with its signal, timeout, close() and a refused login", async () => {
  const address = { hostname: "127.0.0.1", port: freePort() };
  const options = { reconnect: { ...AT_ONCE, firstConnection: true } };
  await using dami = damiFor(address, options);
  const controller = new AbortController();
  const aborted = dami.connectAndLogin(CREDENTIALS, {
    signal: controller.signal,
  });
  await until(() => dami.state === "connecting");
  controller.abort(new RangeError("Enough"));
  await assertRejects(() => within(aborted), RangeError, "Enough");
  assertEquals(dami.state, "closed");
  await assertRejects(() =>
    within(dami.connectAndLogin(CREDENTIALS, { timeout: 20 }))
  );
  assertEquals(dami.state, "closed");
  const closed = dami.connectAndLogin(CREDENTIALS);
  dami.close();
  await assertRejects(() => within(closed), AmiClosedError);

  await using server = AmiServer.start();
  await using refused = damiFor(server, options);
  await assertRejects(
    () => within(refused.connectAndLogin({ ...CREDENTIALS, secret: "wrong" })),
    AmiAuthenticationError,
  );
  assertEquals(refused.state, "closed");
});

Deno.test("a second connectAndLogin() is refused while reconnecting", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, RECONNECT);
  await server.refuse();
  server.cut();
  await until(() => dami.state === "reconnecting");
  await assertRejects(() => dami.connectAndLogin(CREDENTIALS));
  assertEquals(dami.state, "reconnecting");
  await server.accept();
  await until(() => dami.state === "ready");
});

Deno.test("an MD5 login is repeated with the challenge of the new connection", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { ...RECONNECT, authType: "md5" });
  const log = lifecycleOf(dami);
  server.cut();
  await until(() => log.includes("gap"));
  assertEquals(
    server.received.map(({ name }) => name),
    ["Challenge", "Login", "Challenge", "Login"],
  );
  const keys = server.received.flatMap((action) => action.getAll("Key"));
  assertEquals(new Set(keys).size, 2);
  assertEquals(server.received.flatMap((each) => each.getAll("Secret")), []);
});

Deno.test("a Logoff of the program's own is a disconnect, and nothing is restored", async () => {
  await using server = AmiServer.start();
  await using dami = damiFor(server, RECONNECT);
  const log = lifecycleOf(dami);
  await dami.connectAndLogin(CREDENTIALS);
  const [response] = await dami.to("Logoff");
  assertEquals(response.Response, "Goodbye");
  assertEquals(dami.state, "closed");
  assertEquals(log, ["connect", "login", "disconnect logoff", "close"]);
});
