import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  chooseMembers,
  STRATEGIES,
} from "../../../src/testing/queues/member_choice.ts";
import { QueueMember } from "../../../src/testing/queues/queue_member.ts";

interface Given {
  penalty?: number;
  callsTaken?: number;
  lastCall?: number;
}

function members(given: readonly Given[]): QueueMember[] {
  return given.map(({ penalty = 0, callsTaken = 0, lastCall = 0 }, index) => {
    const interfaceName = `PJSIP/${index}`;
    const member = new QueueMember(
      { name: "q" },
      { interface: interfaceName, penalty },
      "static",
      0,
    );
    member.callsTaken = callsTaken;
    member.lastCall = lastCall;
    return member;
  });
}

function choose(strategy: string, all: QueueMember[], position = 0): string[] {
  return chooseMembers({
    strategy,
    members: all,
    available: all,
    position,
    random: () => 0.5,
  }).map((member) => member.interface);
}

Deno.test("ringall chooses all members of the lowest penalty", () => {
  const all = members([{ penalty: 1 }, {}, {}]);
  assertEquals(choose("ringall", all), ["PJSIP/1", "PJSIP/2"]);
});

Deno.test("leastrecent chooses the member that has been free the longest", () => {
  const all = members([{ lastCall: 3_000 }, { lastCall: 1_000 }]);
  assertEquals(choose("leastrecent", all), ["PJSIP/1"]);
  assertEquals(choose("leastrecent", members([{ lastCall: 1 }, {}])), [
    "PJSIP/1",
  ]);
});

Deno.test("fewestcalls chooses the member with the fewest calls", () => {
  const all = members([{ callsTaken: 2 }, { callsTaken: 1 }]);
  assertEquals(choose("fewestcalls", all), ["PJSIP/1"]);
});

Deno.test("rrmemory and linear go on where they were", () => {
  const all = members([{}, {}, {}]);
  for (const strategy of ["rrmemory", "rrordered", "linear"]) {
    assertEquals(choose(strategy, all, 0), ["PJSIP/0"]);
    assertEquals(choose(strategy, all, 2), ["PJSIP/2"]);
  }
});

Deno.test("a strategy chooses available members alone, of the lowest penalty", () => {
  const given = fc.array(
    fc.record({
      penalty: fc.nat(3),
      callsTaken: fc.nat(5),
      lastCall: fc.nat(5_000),
      isFree: fc.boolean(),
    }),
    { maxLength: 6 },
  );
  fc.assert(fc.property(
    fc.constantFrom(...STRATEGIES),
    given,
    fc.nat(6),
    (strategy, records, position) => {
      const all = members(records);
      const available = all.filter((_, index) => records[index]?.isFree);
      const chosen = chooseMembers({
        strategy,
        members: all,
        available,
        position,
        random: () => 0.25,
      });
      assertEquals(chosen.length === 0, available.length === 0);
      assert(strategy === "ringall" || chosen.length <= 1);
      const lowest = Math.min(...available.map(({ penalty }) => penalty));
      for (const member of chosen) {
        assert(available.includes(member));
        if (strategy !== "wrandom") assertEquals(member.penalty, lowest);
      }
    },
  ));
});
