import { assert, assertEquals } from "@std/assert";
import { dateOf, Statistics } from "../src/statistics.ts";
import { DAMI } from "../mod.ts";
import { AmiServer } from "../src/testing/ami_server.ts";
import { AT_ONCE, lifecycleOf, listening, settled } from "./_faults.ts";
import { until, within } from "./_waiting.ts";

Deno.test("a snapshot is of its moment, and holds no clock of the program", () => {
  const statistics = new Statistics();
  const before = statistics.snapshot();
  assertEquals(before.lastFrameAt, undefined);
  assertEquals(before.frames, 0);
  statistics.countBytes(20, "received");
  statistics.countFrames(1);
  statistics.countEvents(1);
  const after = statistics.snapshot();
  assertEquals(before.frames, 0);
  assertEquals(after.frames, 1);
  assertEquals(after.events, 1);
  const age = Date.now() - (after.lastFrameAt?.getTime() ?? 0);
  assert(age >= 0 && age < 1_000, `${age}`);
  assertEquals(after.lastEventAt, after.lastFrameAt);
});

Deno.test("equal times have equal dates in a snapshot", () => {
  const statistics = new Statistics();
  for (let round = 0; round < 20_000; round++) {
    statistics.countBytes(20, "received");
    statistics.countFrames(1);
    statistics.countEvents(1);
    const { lastFrameAt, lastEventAt } = statistics.snapshot();
    if (lastFrameAt?.getTime() === lastEventAt?.getTime()) continue;
    assertEquals(lastEventAt, lastFrameAt, `in round ${round}`);
  }
});

Deno.test("readerLag is the time over which every read left more behind", async () => {
  const statistics = new Statistics();
  const before = performance.now();
  statistics.countBytes(65_536, "received");
  // Nothing more has come since: this is no lag.
  await until(() => performance.now() > before + 5);
  assertEquals(statistics.snapshot().readerLag, 0);
  statistics.countBytes(16_384, "received");
  statistics.countBytes(10, "sent");
  const { readerLag } = statistics.snapshot();
  assert(readerLag > 4 && readerLag <= performance.now() - before);
  statistics.countBytes(16_383, "received");
  assertEquals(statistics.snapshot().readerLag, 0);
});

Deno.test("dateOf() turns a time of the program into a date", () => {
  assertEquals(dateOf(undefined), undefined);
  const distance = Date.now() - dateOf(performance.now() - 1_000).getTime();
  assert(distance >= 998 && distance < 1_100, `${distance}`);
});

Deno.test("stats() of a DAMI that has not connected is all zero", () => {
  const { lastFrameAt, lastEventAt, listenerTimes, ...counters } = new DAMI()
    .stats();
  assertEquals([lastFrameAt, lastEventAt], [undefined, undefined]);
  const { events, total, ranges } = listenerTimes;
  assertEquals([events, total, ...Object.values(ranges)], [
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
  for (const [name, value] of Object.entries(counters)) {
    assertEquals(value, 0, name);
  }
});

Deno.test("stats() counts bytes and frames exactly", async () => {
  await using server = AmiServer.start({ greeting: "" });
  server.on(
    "Login",
    (action) =>
      `Response: Success\r\nActionID: ${action.actionId}\r\nMessage: x\r\n\r\n`,
  );
  const greeting = "Asterisk Call Manager/11.0.0\r\n";
  const greet = setInterval(() => {
    for (const client of server.clients) {
      client.write(greeting);
      clearInterval(greet);
    }
  }, 1);
  await using dami = await listening(server, { keepAlive: false });
  const first = dami.stats();
  assertEquals(first.bytesSent, server.bytesReceived);
  const login = server.received[0];
  const answer =
    `Response: Success\r\nActionID: ${login?.actionId}\r\nMessage: x\r\n\r\n`;
  assertEquals(first.bytesReceived, greeting.length + answer.length);
  assertEquals(first.frames, 1);
  assertEquals(first.actionsAnswered, 1);
  const seen: unknown[] = [];
  dami.on("*", (event) => seen.push(event));
  const [client] = server.clients;
  const event = "Event: Zoë\r\nA: 1\r\n\r\n";
  client?.logIn("admin");
  client?.write(event);
  await until(() => seen.length === 1);
  const second = dami.stats();
  assertEquals(
    second.bytesReceived - first.bytesReceived,
    new TextEncoder().encode(event).length,
  );
  assertEquals(second.frames, 2);
  assertEquals(second.events, 1);
  assert(second.lastFrameAt !== undefined && first.lastFrameAt !== undefined);
  assert(second.lastFrameAt >= first.lastFrameAt);
});

Deno.test("stats() distinguishes actions that wait, succeed and fail", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const { actionsAnswered, actionsFailed } = dami.stats();
  assertEquals([actionsAnswered, actionsFailed], [1, 0]);
  await dami.to("Ping");
  await dami.to("QueueStatus");
  await settled(dami.to("NoSuchAction"));
  assertEquals(dami.stats().actionsAnswered, 3);
  assertEquals(dami.stats().actionsFailed, 1);
  server.on("Ping", () => {});
  const waiting = [1, 2].map(() => settled(dami.to("Ping")));
  await until(() => dami.stats().actionsPending === 2);
  const late = settled(dami.to("Ping", {}, { timeout: 10 }));
  await late;
  assertEquals(dami.stats().actionsFailed, 2);
  assertEquals(dami.stats().actionsPending, 2);
  // Refused before a byte is written: not counted as sent.
  await settled(dami.to("Ping", { Bad: "a\r\nb" }));
  assertEquals(dami.stats().actionsFailed, 2);
  server.cut();
  await within(Promise.all(waiting));
  assertEquals(dami.stats().actionsPending, 0);
  assertEquals(dami.stats().actionsFailed, 4);
});

Deno.test("stats() goes on over all connections, and counts reconnections", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { reconnect: AT_ONCE });
  const log = lifecycleOf(dami);
  for (let round = 1; round <= 3; round++) {
    const before = dami.stats();
    server.cut();
    await until(() => log.filter((entry) => entry === "gap").length === round);
    const after = dami.stats();
    assertEquals(after.reconnects, round);
    assertEquals(after.gaps, round);
    assert(after.gapTime >= before.gapTime && after.gapTime < 60_000);
    assertEquals(after.actionsAnswered, before.actionsAnswered + 1);
    assert(after.bytesReceived > before.bytesReceived);
    assert(after.bytesSent > before.bytesSent);
    assert(after.frames > before.frames);
  }
});

Deno.test("stats() counts what reached nobody", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const write = (text: string) => {
    for (const client of server.clients) client.write(text);
  };
  const pong = "Response: Success\r\nActionID: nobody\r\nPing: Pong\r\n\r\n";
  write(pong.repeat(3));
  write("a line that is no header\r\n\r\n");
  await dami.to("Ping");
  assertEquals(dami.stats().framesDropped, 4);
});

Deno.test("stats() counts answers that came after their time", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const answers: (() => void)[] = [];
  const remove = server.on("Ping", (action, client) => {
    answers.push(() => client.answer(action, { Response: "Success" }));
  });
  await settled(dami.to("Ping", {}, { timeout: 10 }));
  remove();
  await until(() => answers.length === 1);
  for (const answer of answers) answer();
  await dami.to("Ping");
  assertEquals(dami.stats().framesDropped, 1);
});

Deno.test("stats() counts each event that was too many to be held", async () => {
  await using server = AmiServer.start();
  await using dami = new DAMI({
    hostname: server.hostname,
    port: server.port,
    events: "user",
    limits: { maxHeldEvents: 5 },
  });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  server.emit(
    Array.from({ length: 12 }, (_, index) => ({ Event: `E${index}` })),
  );
  await dami.to("Ping");
  assertEquals(dami.stats().events, 12);
  assertEquals(dami.stats().framesDropped, 7);
});

Deno.test("stats() counts delivered lines that are not headers", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  dami.on("Odd", () => {});
  for (const client of server.clients) {
    client.write("Event: Odd\r\nno header\r\nneither\r\n\r\n");
    client.write("Event: Unheard\r\nno header\r\n\r\n");
  }
  await dami.to("Ping");
  assertEquals(dami.stats().unparsedLines, 2);
});

Deno.test("stats() says when the last event came, which answers do not change", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  server.emit({ Event: "Unheard" });
  await dami.to("Ping");
  const { events, eventsUnread, lastEventAt } = dami.stats();
  assert(events > 0 && eventsUnread > 0 && lastEventAt !== undefined);
  await until(() => Date.now() > lastEventAt.getTime() + 5);
  await dami.to("Ping");
  const later = dami.stats();
  const moved = (later.lastEventAt?.getTime() ?? 0) - lastEventAt.getTime();
  // Both dates are worked out anew, from a clock that is finer than theirs.
  assert(Math.abs(moved) <= 1, `${moved}`);
  assert((later.lastFrameAt?.getTime() ?? 0) > lastEventAt.getTime() + 3);
});

Deno.test("stats() counts the time of slow listeners", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  dami.on("Slow", () => {
    const end = performance.now() + 15;
    while (performance.now() < end);
  });
  const before = dami.stats().listenerTimes;
  server.emit({ Event: "Slow" });
  await until(() => dami.stats().listenerTimes.events > before.events);
  const { events, total, ranges } = dami.stats().listenerTimes;
  assertEquals(events, before.events + 1);
  assert(total >= before.total + 15, `${total}`);
  assertEquals(ranges["1ms"], before.ranges["1ms"]);
  assertEquals(ranges["10ms"], before.ranges["10ms"]);
});
