import { DAMI } from "@dami/dami";
import { LivePbx } from "@dami/dami/live";
import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals } from "@std/assert";
import { CallCentre, playPast } from "../../examples/wallboard/call_centre.ts";
import { Tally } from "../../examples/wallboard/tally.ts";
import { until } from "../_waiting.ts";

const CREDENTIALS = { username: "admin", secret: "mysecret" };

/** All that can happen happens within a second. */
const BUSY = {
  arrival: 10,
  ring: 30,
  talk: 200,
  patience: 250,
  rest: 20,
  pause: 300,
};

Deno.test("CallCentre tells by its events what its lists tell", async () => {
  await using server = AmiServer.start(CREDENTIALS);
  using centre = new CallCentre(server, BUSY);
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin(CREDENTIALS);
  using live = await LivePbx.start(dami, {
    without: ["devices", "extensions", "endpoints", "parking"],
  });
  assertEquals([...live.problems], []);
  const seen = new Set<string>();
  for (
    const name of [
      "caller-connected",
      "member-paused",
      "member-unpaused",
      "call-ended",
    ] as const
  ) live.addEventListener(name, ({ type }) => seen.add(type));
  live.addEventListener("caller-left", ({ detail: { abandoned } }) => {
    if (abandoned) seen.add("abandoned");
  });
  await until(() => seen.size === 5 && centre.emitted > 3_000, 20_000);
  centre.freeze();
  // What was sent last is here, and so are the figures of the queues.
  await dami.ping();
  await live.refresh();

  assertEquals(
    [...live.channels.keys()].toSorted(),
    [...centre.channels.keys()].toSorted(),
  );
  for (const { name, callers } of centre.queues.values()) {
    assertEquals(
      live.queues.get(name)?.callers.map(({ uniqueid }) => uniqueid),
      callers.map(({ channel }) => channel.uniqueid),
    );
  }
  const changes: string[] = [];
  const stream = live.changes();
  await live.refresh();
  live.stop();
  for await (const change of stream) changes.push(change.type);
  assertEquals(changes, ["snapshot-begin", "snapshot-end"]);
});

Deno.test("CallCentre leaves nothing behind", async () => {
  await using server = AmiServer.start(CREDENTIALS);
  const centre = new CallCentre(server, BUSY);
  centre[Symbol.dispose]();
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin(CREDENTIALS);
  const [, ...channels] = await dami.to("CoreShowChannels");
  assertEquals(channels.length, 1);
});

Deno.test("CallCentre pauses whom it knows", async () => {
  await using server = AmiServer.start(CREDENTIALS);
  using centre = new CallCentre(server);
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin(CREDENTIALS);
  await dami.to("QueuePause", { Interface: "PJSIP/6101", Paused: true });
  assert(centre.agents[0]?.pausedReason !== undefined);
  let message = "";
  await dami.to("QueuePause", { Interface: "PJSIP/1", Paused: true })
    .catch((error) => message = error.message);
  assert(message.includes("Interface not found"), message);
});

Deno.test("playPast() counts callers in each part of the last hour", () => {
  const tally = new Tally();
  const now = Date.now();
  playPast(tally, now);
  const { answered, lost } = tally.hour(now);
  for (let minute = 1; minute < 50; minute += 10) {
    const part = answered.slice(minute, minute + 10);
    assert(part.some((count) => count > 0));
  }
  assert(lost.some((count) => count > 0));
});
