import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { AmiClosedError, AmiConnectionError, DAMI } from "../mod.ts";
import { AmiServer } from "../src/testing/ami_server.ts";
import { AT_ONCE, CREDENTIALS, damiFor, listening } from "./_faults.ts";
import { until, within } from "./_waiting.ts";

/** Calls everything that can bring nothing any more, and returns the errors. */
async function refusals(dami: DAMI): Promise<AmiClosedError[]> {
  return [
    assertThrows(() => dami.on("Hangup", () => {}), AmiClosedError),
    assertThrows(() => dami.once("Hangup", () => {}), AmiClosedError),
    assertThrows(() => dami.events("Hangup"), AmiClosedError),
    assertThrows(() => dami.conn, AmiClosedError),
    await assertRejects(() => dami.listen(), AmiClosedError),
    await assertRejects(() => dami.to("Ping"), AmiClosedError),
    await assertRejects(
      () =>
        dami.originate({
          Channel: "Local/1@default",
          Application: "Wait",
          Data: 1,
        }),
      AmiClosedError,
    ),
  ];
}

Deno.test("a DAMI that was closed says that close() was called", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  dami.close();
  for (const { message, cause, outcome } of await refusals(dami)) {
    assert(
      message.endsWith("this DAMI is closed: close() was called"),
      message,
    );
    assertEquals([cause, outcome], [undefined, "not-sent"]);
  }
  assertEquals(await dami.ping(), false);
});

Deno.test("a DAMI that logged off says so", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  await dami.disconnect();
  for (const { message } of await refusals(dami)) {
    assert(message.endsWith("this DAMI is closed: it logged off"), message);
  }
});

Deno.test("a DAMI whose connection was lost says how, at once", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const inListener = Promise.withResolvers<AmiClosedError>();
  dami.addEventListener("disconnect", () => {
    inListener.resolve(assertThrows(() => dami.events(), AmiClosedError));
  });
  server.cut();
  const errors = [await within(inListener.promise)];
  await until(() => dami.state === "closed");
  for (const error of [...errors, ...await refusals(dami)]) {
    assert(error.message.includes("was lost"), error.message);
    assert(error.cause instanceof AmiConnectionError);
    assertEquals(error.cause.failure, "lost");
  }
});

Deno.test("a DAMI that could not connect says why", async () => {
  await using dami = new DAMI({ port: 1 });
  await assertRejects(
    () => dami.connectAndLogin(CREDENTIALS),
    AmiConnectionError,
  );
  for (const { message } of await refusals(dami)) {
    assert(message.includes("nothing listens there"), message);
  }
});

Deno.test("a DAMI that gave up reconnecting says why", async () => {
  const server = AmiServer.start();
  await using dami = await listening(server, {
    reconnect: { ...AT_ONCE, maxAttempts: 2 },
  });
  await server[Symbol.asyncDispose]();
  await until(() => dami.state === "closed");
  for (const { message, cause } of await refusals(dami)) {
    assert(message.includes("nothing listens there"), message);
    assert(cause instanceof AmiConnectionError);
  }
});

Deno.test("an iterator that is under way ends quietly, and a DAMI that connects again serves again", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { events: "user" });
  const stream = dami.events("A");
  let heard = 0;
  dami.on("A", () => heard++);
  dami.close();
  assertEquals((await within(stream.next())).done, true);
  await dami.connectAndLogin(CREDENTIALS);
  await dami.listen();
  const next = dami.events("A").next();
  server.emit({ Event: "A" });
  assertEquals((await within(next)).value?.Event, "A");
  assertEquals(heard, 1);
});

Deno.test("a DAMI that was never connected takes listeners and iterators", () => {
  using dami = new DAMI();
  dami.close();
  dami.on("A", () => {});
  dami.events("A");
  assertEquals(dami.state, "idle");
});

Deno.test("on() and once() refuse what is not a function", () => {
  using dami = new DAMI();
  for (const value of ["undefined", "null", "{}", '"listener"']) {
    const listener = new Function(`return ${value}`)();
    for (const method of ["on", "once"] as const) {
      const error = assertThrows(() => dami[method]("Hangup", listener));
      assert(error instanceof TypeError);
      assert(error.message.includes('"Hangup"'), error.message);
    }
  }
});

Deno.test("connectAndLogin() refuses credentials that are not there, before it connects", async () => {
  await using server = AmiServer.start();
  await using dami = damiFor(server);
  for (
    const text of [
      "{}",
      '{"username":"admin"}',
      '{"secret":"x"}',
      '{"username":"admin","secret":7}',
    ]
  ) {
    const error = await assertRejects(
      () => dami.connectAndLogin(JSON.parse(text)),
      TypeError,
    );
    assert(error.message.includes("must be a string"), error.message);
  }
  assertEquals(dami.state, "idle");
});
