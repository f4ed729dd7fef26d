import { DAMI } from "@dami/dami";
import { LivePbx } from "@dami/dami/live";
import { assert, assertEquals } from "@std/assert";
import { CallCentre, playPast } from "../../examples/wallboard/call_centre.ts";
import { makeCast } from "../../examples/wallboard/cast.ts";
import { until } from "../_waiting.ts";

const CREDENTIALS = { username: "admin", secret: "mysecret" };

/** Everything that can happen happens within a second. */
const BUSY = {
  arrival: 20,
  ring: 30,
  talk: 200,
  patience: 250,
  rest: 0,
  pause: 300,
};

Deno.test("CallCentre plays callers who are answered or give up, pauses and calls of colleagues", async () => {
  await using centre = await CallCentre.open(BUSY);
  await using dami = new DAMI({ port: centre.server.port });
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
  live.addEventListener("call-connected", ({ detail: { call } }) => {
    const isColleague = call.parties.every(({ device }) =>
      device.startsWith("PJSIP/68")
    );
    if (isColleague) seen.add("colleagues");
  });
  await until(() => seen.size === 6, 20_000);
});

Deno.test("CallCentre opens with callers, and stays empty if nobody is to come", async () => {
  for (const [arrival, isEmpty] of [[60_000, false], [Infinity, true]]) {
    await using centre = await CallCentre.open({
      arrival: Number(arrival),
      random: () => 0.4,
    });
    await using dami = new DAMI({ port: centre.server.port });
    await dami.connectAndLogin(CREDENTIALS);
    using live = await LivePbx.start(dami);
    if (isEmpty) assertEquals(live.calls.size, 0);
    else await until(() => live.calls.size === 12);
  }
});

Deno.test("makeCast() gives every queue a name of its own and some agents", () => {
  const { queues, agents } = makeCast({ queues: 50, agents: 200 });
  assertEquals(new Set(queues.map(({ name }) => name)).size, 50);
  assertEquals(new Set(agents.map(({ extension }) => extension)).size, 200);
  for (const { name } of queues) {
    assert(agents.some((agent) => agent.queues.includes(name)), name);
  }
});

Deno.test("playPast() sends callers in each part of the last hour, who are counted", async () => {
  const cast = makeCast();
  await using centre = await CallCentre.open({ cast, arrival: Infinity });
  await using dami = new DAMI({ port: centre.server.port });
  await dami.connectAndLogin(CREDENTIALS);
  using live = await LivePbx.start(dami);
  playPast(centre.server, { cast, now: Date.now() });
  assertEquals(await dami.ping(), true);
  const { queues, agents } = live.figures.report();
  for (let part = 0; part < 6; part++) {
    const minutes = queues.flatMap(({ lastHour }) =>
      lastHour.slice(10 * part, 10 * part + 10)
    );
    assert(minutes.some(({ answered }) => answered > 0), `${part}`);
  }
  const sum = (key: "offered" | "answered" | "abandoned" | "completed") =>
    queues.reduce((sum, { sinceStart }) => sum + sinceStart[key], 0);
  assert(sum("abandoned") > 0);
  assertEquals(sum("offered"), sum("answered") + sum("abandoned"));
  assertEquals(sum("completed"), sum("answered"));
  assertEquals(
    agents.reduce((sum, { sinceStart }) => sum + sinceStart.answered, 0),
    sum("answered"),
  );
  assertEquals(live.calls.size, 0);
});
