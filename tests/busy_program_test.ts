import { assertEquals, assertRejects } from "@std/assert";
import { AmiTimeoutError, DAMI } from "../mod.ts";
import { CREDENTIALS, loggedIn } from "./_dami.ts";
import { lifecycleOf } from "./_faults.ts";
import { ScriptedServer } from "./_scripted_server.ts";
import { until, within } from "./_waiting.ts";

/** Keeps the program from doing anything else, as a stop of the process or heavy work does. */
function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

Deno.test("an answer that lies in the socket is read before its action times out", async () => {
  await using session = await loggedIn(async (peer) => {
    const action = await peer.next();
    await peer.write(
      "Event: A\r\n\r\n".repeat(20_000) +
        `Response: Success\r\nActionID: ${action?.id}\r\n\r\n`,
    );
    block(400);
    await peer.closed();
  });
  const { dami } = session;
  const [response] = await dami.to("Anything", {}, { timeout: 200 });
  assertEquals(response.Response, "Success");
});

Deno.test("a link is alive whose pong lies in the socket while the program is stopped", async () => {
  let pongs = 0;
  await using session = await loggedIn(async (peer) => {
    for (
      let action = await peer.next();
      action !== undefined;
      action = await peer.next()
    ) {
      await peer.frame(
        "Response: Success",
        `ActionID: ${action.id}`,
        "Ping: Pong",
      );
      pongs++;
      if (pongs <= 3) block(300);
    }
  }, { keepAlive: { interval: 20, timeout: 100 } });
  const log = lifecycleOf(session.dami);
  await until(() => pongs > 5);
  assertEquals(log, []);
  assertEquals(session.dami.state, "ready");
});

Deno.test("a greeting that lies in the socket is read before the attempt is given up", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.write("Asterisk Call Manager/11.0.0\r\n");
    block(400);
    const login = await peer.next();
    await peer.frame("Response: Success", `ActionID: ${login?.id}`);
    block(400);
    await peer.closed();
  });
  const { hostname, port } = server;
  await using dami = new DAMI({
    hostname,
    port,
    connectTimeout: 200,
    timeout: 200,
  });
  await within(dami.connectAndLogin(CREDENTIALS));
  assertEquals(dami.state, "ready");
});

Deno.test("an action that is not answered times out also in a program that was stopped", async () => {
  await using session = await loggedIn((peer) => peer.closed());
  const answer = session.dami.to("Anything", {}, { timeout: 100 });
  block(300);
  await assertRejects(() => within(answer, 2_000), AmiTimeoutError);
});

for (const action of ["QueueStatus", "Command"]) {
  Deno.test(`a dead link is found while a program polls ${action}`, async () => {
    let isHung = false;
    await using session = await loggedIn(async (peer) => {
      for (
        let received = await peer.next();
        received !== undefined;
        received = await peer.next()
      ) {
        if (isHung) continue;
        await peer.frame("Response: Success", `ActionID: ${received.id}`);
      }
    }, { keepAlive: { interval: 20, timeout: 50 } });
    const { dami } = session;
    const log = lifecycleOf(dami);
    await dami.to(action, { Command: "core show channels" });
    isHung = true;
    const polling = (async () => {
      while (dami.state === "ready") {
        await dami.to(action, { Command: "core show channels" }, {
          timeout: 30,
        }).catch(() => {});
      }
    })();
    await until(() => log.includes("disconnect no-answer"));
    await within(polling);
  });
}
