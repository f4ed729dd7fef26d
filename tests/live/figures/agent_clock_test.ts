import { assertEquals } from "@std/assert";
import { AgentClock } from "../../../src/live/figures/agent_clock.ts";
import { idleMember } from "../_members.ts";

const IDLE = {
  loggedIn: 0,
  ready: 0,
  ringing: 0,
  talking: 0,
  wrapUp: 0,
  paused: 0,
  busy: 0,
  unavailable: 0,
};

Deno.test("the times of an agent add up to the time logged in", () => {
  const clock = new AgentClock();
  clock.setMember("sales", idleMember(), 1_000);
  clock.setMember("sales", idleMember({ state: "RINGING" }), 3_000);
  clock.setTalks(1, 6_000);
  clock.setMember("sales", idleMember({ state: "INUSE" }), 6_000);
  clock.setTalks(0, 16_000, 5_000);
  clock.setMember("sales", idleMember(), 16_000);
  clock.setMember("sales", idleMember({ state: "INUSE" }), 23_000);
  clock.setMember("sales", idleMember({ state: "UNAVAILABLE" }), 24_000);
  clock.setMember("sales", undefined, 26_000);
  clock.advance(99_000);
  assertEquals(clock.today.times, {
    loggedIn: 25_000,
    ready: 4_000,
    ringing: 3_000,
    talking: 10_000,
    wrapUp: 5_000,
    paused: 0,
    busy: 1_000,
    unavailable: 2_000,
  });
});

Deno.test("a pause lasts while the agent is paused in any queue, and counts by its reason", () => {
  const clock = new AgentClock();
  const paused = (pausedReason: string) =>
    idleMember({ isPaused: true, pausedReason });
  clock.setMember("sales", idleMember(), 0);
  clock.setMember("support", idleMember(), 0);
  clock.setMember("sales", paused("tea"), 1_000);
  clock.setMember("support", paused("tea"), 2_000);
  clock.setMember("sales", idleMember(), 4_000);
  clock.setMember("support", idleMember(), 6_000);
  clock.setMember("sales", paused(""), 7_000);
  clock.advance(8_000);
  assertEquals(Object.fromEntries(clock.today.pauses), {
    "tea": { count: 1, total: 5_000, longest: 5_000 },
    "": { count: 1, total: 1_000, longest: 1_000 },
  });
  assertEquals(clock.today.times.paused, 6_000);
});

Deno.test("at midnight a pause begins anew, and yesterday stays in the sum", () => {
  const clock = new AgentClock();
  clock.setMember(
    "sales",
    idleMember({ isPaused: true, pausedReason: "tea" }),
    0,
  );
  clock.beginDay(10_000);
  clock.advance(14_000);
  assertEquals(clock.today.times.paused, 4_000);
  assertEquals(clock.today.pauses.get("tea")?.count, 1);
  assertEquals(clock.today.pauses.get("tea")?.total, 4_000);
  assertEquals(clock.sinceStart.pauses.get("tea"), {
    count: 1,
    total: 14_000,
    longest: 14_000,
  });
});

Deno.test("what was missed counts as nothing", () => {
  const clock = new AgentClock();
  clock.setMember("sales", idleMember(), 0);
  clock.skip(3_000, 8_000);
  clock.advance(10_000);
  assertEquals(clock.today.times, { ...IDLE, loggedIn: 5_000, ready: 5_000 });
});

Deno.test("no more than 50 reasons are told apart", () => {
  const clock = new AgentClock();
  for (let index = 0; index < 200; index++) {
    const pausedReason = `reason ${index}`;
    clock.setMember(
      "sales",
      idleMember({ isPaused: true, pausedReason }),
      index,
    );
  }
  assertEquals(clock.sinceStart.pauses.size, 51);
  assertEquals(clock.sinceStart.pauses.get("…")?.count, 150);
});
