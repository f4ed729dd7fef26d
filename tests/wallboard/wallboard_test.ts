import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { AmiAuthenticationError } from "@dami/dami";
import {
  Wallboard,
  type WallboardOptions,
} from "../../examples/wallboard/wallboard.ts";
import { until } from "../_waiting.ts";

const CREDENTIALS = { username: "admin", secret: "mysecret" };

/** Serves the wallboard of some PBXs. */
function serve(
  servers: Readonly<Record<string, AmiServer>>,
  options: Partial<WallboardOptions> = {},
): Promise<Wallboard> {
  const pbxs = Object.fromEntries(
    Object.entries(servers).map(([name, { hostname, port }]) =>
      [name, { ...CREDENTIALS, hostname, port }] as const
    ),
  );
  return Wallboard.start({ ...options, pbxs });
}

/** The end of a wait that no member has answered, as Asterisk raises it. */
function leave(server: AmiServer, uniqueid: string): void {
  const caller = {
    Privilege: "agent,all",
    Channel: `PJSIP/trunk-${uniqueid}`,
    Uniqueid: uniqueid,
    Linkedid: uniqueid,
    Queue: "support",
    Position: 1,
  };
  server.emit([
    { Event: "QueueCallerJoin", ...caller, Count: 1 },
    { Event: "QueueCallerAbandon", ...caller, HoldTime: 9 },
    { Event: "QueueCallerLeave", ...caller, Count: 0 },
  ]);
}

Deno.test("A caller who waited too long is not lost, one who hung up is", async () => {
  await using server = AmiServer.start();
  const statuses = new Map([["PJSIP/trunk-1.1", "TIMEOUT"]]);
  server.on("Getvar", (action) => {
    const Value = statuses.get(action.get("Channel") ?? "");
    return Value === undefined
      ? { Response: "Error", Message: "No such channel" }
      : { Response: "Success", Variable: "QUEUESTATUS", Value };
  });
  await using wallboard = await serve({ pbx: server });
  await wallboard.connect();
  const support = () =>
    wallboard.shown().queues.find(({ name }) => name === "support");
  leave(server, "1.1");
  leave(server, "1.2");
  await until(() => support()?.lost === 1 && support()?.waiting === 0);
  leave(server, "1.3");
  await until(() => support()?.lost === 2);
});

Deno.test("The wallboard counts the wait of each answered caller, and where a call came from", async () => {
  await using server = AmiServer.start({
    queues: [{ name: "sales", members: [{ interface: "PJSIP/6001" }] }],
  });
  await using wallboard = await serve({ pbx: server });
  await wallboard.connect();
  const call = server.queueCall("sales", {
    onRing: () => 5,
    talkTime: Infinity,
  });
  await call.outcome;
  const queue = () => wallboard.shown().queues[0];
  await until(() => queue()?.answered === 1);
  const [[seconds, callers] = []] = queue()?.waits ?? [];
  assert(seconds !== undefined && seconds <= 1);
  assertEquals([callers, queue()?.waits.length], [1, 1]);
  await until(() => wallboard.shown().calls[0]?.state === "talking");
  assertEquals(wallboard.shown().calls[0]?.queue, "pbx/sales");
  call.hangUp();
  await until(() => wallboard.shown().calls.length === 0);
});

Deno.test("The wallboard of a fleet shows each PBX, also one that is down or refuses the login", async () => {
  await using berlin = AmiServer.start();
  await using wien = AmiServer.start();
  await using graz = AmiServer.start({ secret: "other" });
  const { port } = wien;
  await wien.refuse();
  await using wallboard = await serve({ berlin, wien, graz }, {
    token: "s3cret",
  });
  await wallboard.connect();
  const states = () =>
    wallboard.shown().pbxs.map(({ key, state }) => `${key} ${state}`);
  assertEquals(states(), ["berlin live", "wien connecting", "graz failed"]);
  const [, , refused] = wallboard.shown().pbxs;
  assertMatch(refused?.reason ?? "", /Authentication failed/);
  assertEquals(wallboard.shown().queues.map(({ key }) => key), [
    "berlin/support",
    "berlin/sales",
  ]);
  await wien.accept();
  assertEquals(wien.port, port);
  await until(() => states()[1] === "wien live", 20_000);
  assertEquals(wallboard.shown().queues.length, 4);
  berlin.queueCall("sales");
  await until(() =>
    wallboard.shown().calls.some(({ pbx }) => pbx === "berlin")
  );

  // A pause goes to the PBX of the agent.
  const pause = async (pbx: string | undefined) => {
    const response = await fetch(`${wallboard.url}pause`, {
      method: "POST",
      headers: { authorization: "Bearer s3cret" },
      body: JSON.stringify({
        pbx,
        interface: "Local/2000@default",
        paused: true,
      }),
    });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await pause("wien"), 204);
  assertEquals((await wien.next("QueuePause")).get("Paused"), "true");
  assertEquals(await pause("rom"), 409);
  assertEquals(await pause(undefined), 409);
  const names = berlin.received.map(({ name }) => name);
  assertEquals(names.includes("QueuePause"), false);

  // A loss is shown at once, and the last state stays.
  await wien.refuse();
  wien.cut();
  await until(() => states()[1] === "wien lost");
  assertEquals(wallboard.shown().queues.length, 4);
});

Deno.test("The wallboard gives up where every PBX refuses the login", async () => {
  await using server = AmiServer.start({ secret: "other" });
  await using wallboard = await serve({ pbx: server });
  await assertRejects(() => wallboard.connect(), AmiAuthenticationError);
});
