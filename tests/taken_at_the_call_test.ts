import { assert, assertEquals, assertRejects } from "@std/assert";
import { AT_ONCE, damiFor } from "./_faults.ts";
import { loggedIn } from "./_dami.ts";
import { type ScriptedPeer, ScriptedServer } from "./_scripted_server.ts";
import { DAMI } from "../mod.ts";
import { until, within } from "./_waiting.ts";

/** A server whose first session is cut on request, and that answers everything in the second. */
function cutOnce(received: string[][]) {
  let sessions = 0;
  const cut = Promise.withResolvers<void>();
  const mayLogIn = Promise.withResolvers<void>();
  const server = ScriptedServer.start(async (peer: ScriptedPeer) => {
    if (++sessions === 2) await mayLogIn.promise;
    await peer.logIn();
    if (sessions === 1) {
      void cut.promise.then(() => peer.close());
    }
    for (
      let action = await peer.next();
      action !== undefined;
      action = await peer.next()
    ) {
      received.push(
        action.lines.filter((line) => !line.startsWith("ActionID")),
      );
      await peer.frame("Response: Success", `ActionID: ${action.id}`);
    }
  });
  return { server, cut, mayLogIn };
}

Deno.test("an action that waits for a reconnect is sent as it was at the call", async () => {
  const received: string[][] = [];
  const { server, cut, mayLogIn } = cutOnce(received);
  await using _server = server;
  const { hostname, port } = server;
  await using dami = new DAMI({
    hostname,
    port,
    reconnect: AT_ONCE,
    timeout: 5_000,
  });
  const credentials = { username: "admin", secret: "mysecret" };
  await dami.connectAndLogin(credentials);
  credentials.secret = "changed";
  cut.resolve();
  await until(() => dami.state === "reconnecting");
  const data = { Channel: "PJSIP/1", Variable: { A: 1 }, List: ["x", "y"] };
  const answer = dami.to("Anything", data);
  data.Channel = "PJSIP/2";
  data.Variable.A = 2;
  data.List.push("z");
  mayLogIn.resolve();
  await within(answer);
  assertEquals(received, [[
    "Action: Anything",
    "Channel: PJSIP/1",
    "Variable: A=1",
    "List: x",
    "List: y",
  ]]);
});

Deno.test("an action that cannot be sent is refused at the call, also while DAMI reconnects", async () => {
  const { server, cut, mayLogIn } = cutOnce([]);
  await using _server = server;
  const { hostname, port } = server;
  await using dami = new DAMI({ hostname, port, reconnect: AT_ONCE });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  cut.resolve();
  await until(() => dami.state === "reconnecting");
  await assertRejects(
    () => within(dami.to("Anything", { Name: "a\r\nAction: b" }), 500),
    TypeError,
    "line break",
  );
  assertEquals(dami.state, "reconnecting");
  mayLogIn.resolve();
});

Deno.test("a Filter is remembered as it was at the call", async () => {
  const received: string[][] = [];
  const { server, cut, mayLogIn } = cutOnce(received);
  await using _server = server;
  const { hostname, port } = server;
  await using dami = new DAMI({ hostname, port, reconnect: AT_ONCE });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  const filter = { Operation: "Add", Filter: "Event: A" };
  const answer = dami.to("Filter", filter);
  filter.Filter = "Event: B";
  await answer;
  filter.Filter = "Event: C";
  cut.resolve();
  mayLogIn.resolve();
  await until(() => received.length === 2);
  const sent = ["Action: Filter", "Operation: Add", "Filter: Event: A"];
  assertEquals(received, [sent, sent]);
});

/** Answers an action with a list that never ends. */
async function drip(peer: ScriptedPeer, id: string): Promise<void> {
  await peer.frame("Response: Success", `ActionID: ${id}`, "EventList: start");
  while (true) {
    await peer.frame("Event: Item", `ActionID: ${id}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

for (const authType of ["plain", "md5"] as const) {
  Deno.test(`connectAndLogin() settles where the login (${authType}) is answered with a list that drips`, async () => {
    await using server = ScriptedServer.start(async (peer) => {
      await peer.write("Asterisk Call Manager/11.0.0\r\n");
      const action = await peer.next();
      if (action !== undefined) await drip(peer, action.id);
    });
    await using dami = damiFor(server, { timeout: 150, authType });
    const error = await assertRejects(() =>
      within(
        dami.connectAndLogin({ username: "admin", secret: "mysecret" }),
        2_000,
      )
    );
    assert(error instanceof Error && error.name === "AmiTimeoutError");
    assertEquals(dami.state, "closed");
  });
}

Deno.test("disconnect() and ping() settle where they are answered with a list that drips", async () => {
  await using session = await loggedIn(async (peer) => {
    const ping = await peer.next();
    if (ping === undefined) return;
    const dripping = drip(peer, ping.id);
    const logoff = await peer.next();
    // Both end before the peer does, as each of them has a timer.
    await Promise.allSettled([dripping, logoff && drip(peer, logoff.id)]);
  });
  const { dami } = session;
  assertEquals(await within(dami.ping({ timeout: 100 }), 2_000), false);
  await within(dami.disconnect({ timeout: 100 }), 2_000);
  assertEquals(dami.state, "closed");
});
