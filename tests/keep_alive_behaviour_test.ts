import { assertEquals, assertInstanceOf } from "@std/assert";
import { AmiConnectionError, type DisconnectDetail } from "../mod.ts";
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

/** Asks soon; waits long enough for a machine that is busy. */
const PATIENT = { interval: 10, timeout: 2_000 };

/** Takes a link for dead soon. */
const HASTY = { interval: 10, timeout: 100 };

function pings(server: AmiServer): number {
  return server.received.filter(({ name }) => name === "Ping").length;
}

Deno.test("an idle link is asked for a sign of life, and lives", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { keepAlive: PATIENT });
  const log = lifecycleOf(dami);
  await until(() => pings(server) >= 3);
  assertEquals(dami.state, "ready");
  assertEquals(log, []);
  dami.close();
  const count = pings(server);
  await using other = await listening(server, { keepAlive: false });
  await other.to("CoreStatus");
  assertEquals(pings(server), count);
});

Deno.test("nothing is asked without the option, and nothing within its 30 seconds by default", async () => {
  await using server = AmiServer.start();
  await using _never = await listening(server, { keepAlive: false });
  await using _default = await listening(server);
  await using asked = await listening(server, { keepAlive: PATIENT });
  await until(() => pings(server) >= 3);
  asked.close();
  const askers = new Set(
    server.received.filter(({ name }) => name === "Ping")
      .map(({ actionId }) => actionId.slice(0, actionId.lastIndexOf("-"))),
  );
  assertEquals(askers.size, 1);
});

Deno.test("nothing is asked before the login", async () => {
  await using server = AmiServer.start();
  const logins: (() => void)[] = [];
  server.on("Login", (action, client) => {
    logins.push(() => {
      client.logIn("admin");
      client.answer(action, { Response: "Success" });
    });
  });
  await using dami = damiFor(server, { keepAlive: HASTY });
  const connected = dami.connectAndLogin(CREDENTIALS);
  await until(() => logins.length === 1);
  await using other = await listening(
    await withServer(server),
    { keepAlive: PATIENT },
  );
  await other.to("CoreStatus");
  assertEquals(pings(server), 0);
  for (const answer of logins) answer();
  await within(connected);
  await until(() => pings(server) > 0);
});

/** Lets the next login pass. */
function withServer(server: AmiServer): AmiServer {
  const remove = server.on("Login", (_action, _client, standard) => {
    remove();
    return standard();
  });
  return server;
}

Deno.test("a half-open link is found, and reported as one that does not answer", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { keepAlive: HASTY });
  const log = lifecycleOf(dami);
  const details: DisconnectDetail[] = [];
  dami.addEventListener("disconnect", ({ detail }) => details.push(detail));
  server.stall();
  await until(() => log.includes("close"));
  assertEquals(log, ["disconnect no-answer", "close"]);
  const [detail] = details;
  assertEquals(detail?.reason, "lost");
  assertInstanceOf(detail?.error, AmiConnectionError);
  assertEquals(detail.error.failure, "no-answer");
});

Deno.test("a half-open link is restored with reconnect", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, {
    keepAlive: HASTY,
    reconnect: AT_ONCE,
    connectTimeout: 50,
  });
  const log = lifecycleOf(dami);
  server.stall();
  await until(() => log.includes("reconnecting 2"));
  server.resume();
  await until(() => log.includes("gap"));
  assertEquals(log[0], "disconnect no-answer");
  assertEquals(dami.state, "ready");
});

Deno.test("a PBX that answers pings with an error lives", async () => {
  await using server = AmiServer.start();
  server.on("Ping", () => ({
    Response: "Error",
    Message: "Asterisk is shutting down",
  }));
  await using dami = await listening(server, { keepAlive: PATIENT });
  await until(() => pings(server) >= 3);
  assertEquals(dami.state, "ready");
});

Deno.test("a PBX that answers no ping but sends events lives", async () => {
  await using server = AmiServer.start();
  server.on("Ping", () => {});
  await using dami = await listening(server, {
    keepAlive: { interval: 10, timeout: 60 },
  });
  const log = lifecycleOf(dami);
  let heard = 0;
  dami.on("Tick", () => heard++);
  const ticking = setInterval(() => server.emit({ Event: "Tick" }), 5);
  try {
    await until(() => heard > 60);
    assertEquals(log, []);
  } finally {
    clearInterval(ticking);
  }
  await until(() => log.includes("close"));
  assertEquals(log, ["disconnect no-answer", "close"]);
});

Deno.test("a PBX that an action of ours keeps busy is not dead", async () => {
  await using server = AmiServer.start();
  const gate = Promise.withResolvers<void>();
  server.on("Originate", async () => {
    await gate.promise;
    return { Response: "Success" };
  });
  await using dami = await listening(server, {
    keepAlive: { interval: 10, timeout: 20 },
  });
  const log = lifecycleOf(dami);
  const answer = dami.to("Originate", { Channel: "PJSIP/6001" });
  await server.next("Originate");
  const { bytesSent } = dami.stats();
  const begin = performance.now();
  // Many times the interval and the timeout.
  await until(() => performance.now() - begin > 150);
  assertEquals(log, []);
  assertEquals(dami.stats().bytesSent, bytesSent, "a ping would only wait");
  gate.resolve();
  assertEquals((await within(answer))[0].Response, "Success");
  // Then it is asked again.
  await until(() => dami.stats().bytesSent > bytesSent);
  assertEquals(dami.state, "ready");
});

Deno.test("no ping is left behind in the counters", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { keepAlive: HASTY });
  server.stall();
  await until(() => dami.state === "closed");
  assertEquals(dami.stats().actionsPending, 0);
});

Deno.test("a keep-alive that finds no room for its ping harms nothing", async () => {
  await using server = AmiServer.start();
  server.on("Reload", () => {});
  await using dami = await listening(server, {
    keepAlive: { interval: 20, timeout: 2_000 },
    limits: { maxPendingActions: 1 },
  });
  const controller = new AbortController();
  const { signal } = controller;
  const waiting = settled(dami.to("Reload", {}, { signal }));
  await server.next("Reload");
  const begin = performance.now();
  await until(() => performance.now() - begin > 100, 2_000);
  controller.abort(new RangeError("Enough"));
  assertInstanceOf(await waiting, RangeError);
  assertEquals(dami.state, "ready");
});
