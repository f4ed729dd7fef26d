import { assert, assertEquals } from "@std/assert";
import { AmiLimitError, DAMI, type DAMIData } from "../mod.ts";
import { actionsOf, answerAll, loggedIn, success } from "./_dami.ts";
import { ScriptedServer } from "./_scripted_server.ts";
import { until } from "./_waiting.ts";

Deno.test("listen() delivers what came before, to listeners that are added right after it", async () => {
  const go = Promise.withResolvers<void>();
  await using session = await loggedIn(async (peer) => {
    await peer.frame("Event: FullyBooted", "Status: Fully Booted");
    await peer.frame("Event: Second");
    await go.promise;
    await peer.frame("Event: Third");
    await peer.closed();
  });
  const { dami } = session;
  const heard: DAMIData[] = [];
  await dami.listen();
  dami.on("FullyBooted", (event) => heard.push(event));
  dami.on("Second", (event) => heard.push(event));
  dami.on("third", (event) => heard.push(event));
  assertEquals(heard, []);
  go.resolve();
  await until(() => heard.length === 3);
  assertEquals(heard, [
    { Event: "FullyBooted", Status: "Fully Booted" },
    { Event: "Second" },
    { Event: "Third" },
  ]);
});

Deno.test("listen() keeps the order of held and live events", async () => {
  await using session = await loggedIn(async (peer) => {
    const frames = Array.from(
      { length: 500 },
      (_, index) => `Event: E\r\nN: ${index}\r\n\r\n`,
    );
    for (const frame of frames) await peer.write(frame);
    await peer.closed();
  });
  const { dami } = session;
  const heard: unknown[] = [];
  dami.on("E", (event) => heard.push(event.N));
  await new Promise((resolve) => setTimeout(resolve, 2));
  await dami.listen();
  await until(() => heard.length === 500);
  assertEquals(heard, Array.from({ length: 500 }, (_, index) => index));
});

Deno.test("listen() delivers nothing after close(), and nothing of the connection before", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    const login = await peer.logIn();
    await peer.frame("Event: Of", `User: ${login.get("Username")}`);
    await answerAll(peer);
  });
  const { hostname, port } = server;
  const dami = new DAMI({ hostname, port });
  const heard: unknown[] = [];
  dami.on("Of", (event) => heard.push(event.User));
  await dami.connectAndLogin({ username: "first", secret: "s" });
  assertEquals(await dami.ping(), true);
  await dami.listen();
  dami.close();
  await dami.connectAndLogin({ username: "second", secret: "s" });
  await until(() => heard.length === 1);
  assertEquals(heard, ["second"]);
  dami.close();
});

Deno.test("held events are bounded, and passing the bound is reported once", async () => {
  await using session = await loggedIn(async (peer) => {
    for (let index = 0; index < 20; index++) {
      await peer.frame("Event: E", `N: ${index}`);
    }
    await answerAll(peer);
  }, { limits: { maxHeldEvents: 5 } });
  const { dami } = session;
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  const heard: unknown[] = [];
  dami.on("E", (event) => heard.push(event.N));
  assertEquals(await dami.ping(), true);
  await dami.listen();
  await until(() => heard.length > 0);
  assertEquals(heard, [0, 1, 2, 3, 4]);
  assertEquals(errors.length, 1);
  const [error] = errors;
  assert(error instanceof AmiLimitError);
  assertEquals(error.limit, "maxHeldEvents");
});

Deno.test("on() gives events to every listener, and what one throws harms no other", async () => {
  await using session = await loggedIn(async (peer) => {
    const [go] = await actionsOf(peer, 1);
    assert(go !== undefined);
    await peer.frame("Event: Hangup", "Cause: 16");
    await peer.frame("Event: Hangup", "Cause: 17");
    await success(peer, go);
    await peer.closed();
  });
  const { dami } = session;
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  const heard: unknown[] = [];
  const thrown = new Error("Thrown");
  const rejected = new Error("Rejected");
  dami.on("Hangup", () => {
    throw thrown;
  });
  dami.on("HANGUP", () => Promise.reject(rejected));
  dami.on("Hangup", () => new Promise(() => {}));
  dami.on("hangup", (event) => heard.push(event.Cause));
  dami.once("Hangup", (event) => heard.push(`once ${event.Cause}`));
  dami.on("*", (event) => heard.push(`every ${event.Cause}`));
  const remove = dami.on("Hangup", () => heard.push("removed"));
  remove();
  const controller = new AbortController();
  dami.on("Hangup", () => heard.push("aborted"), {
    signal: controller.signal,
  });
  controller.abort();
  await dami.listen();
  await dami.to("Ping");
  assertEquals(heard, [16, "once 16", "every 16", 17, "every 17"]);
  await until(() => errors.length === 4);
  assertEquals(
    errors.toSorted().map(String),
    [rejected, rejected, thrown, thrown].map(String).toSorted(),
  );
});

Deno.test("off() removes listeners", async () => {
  await using session = await loggedIn(async (peer) => {
    const [go] = await actionsOf(peer, 1);
    assert(go !== undefined);
    await peer.frame("Event: A");
    await peer.frame("Event: B");
    await success(peer, go);
    await peer.closed();
  });
  const { dami } = session;
  const heard: unknown[] = [];
  const listener = (event: DAMIData) => heard.push(event.Event);
  dami.on("A", listener);
  dami.on("B", listener);
  dami.on("B", () => heard.push("other"));
  dami.off("a", listener);
  dami.off("B");
  dami.on("*", listener);
  dami.off("*", () => {});
  await dami.listen();
  await dami.to("Ping");
  assertEquals(heard, ["A", "B"]);
});

Deno.test("an event that carries an ActionID and is of no list reaches the listeners", async () => {
  await using session = await loggedIn(async (peer) => {
    const [action] = await actionsOf(peer, 1);
    assert(action !== undefined);
    await success(peer, action, "Message: Originate successfully queued");
    await peer.frame(
      "Event: OriginateResponse",
      `ActionID: ${action.id}`,
      "Response: Failure",
      "Reason: 5",
    );
    await peer.frame(
      "Event: UserEvent",
      "UserEvent: X",
      `ActionID: ${action.id}`,
    );
    await answerAll(peer);
  });
  const { dami } = session;
  const heard: unknown[] = [];
  dami.on("*", (event) => heard.push(event.Event));
  await dami.listen();
  await dami.to("Originate", { Channel: "PJSIP/6001", Async: true });
  await dami.to("Ping");
  assertEquals(heard, ["OriginateResponse", "UserEvent"]);
});
