import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseLease } from "../../src/nats/lease.ts";
import { formatId, parseId } from "../../src/nats/message_id.ts";
import {
  type BusGapReason,
  formatGap,
  parseEpoch,
  parseGap,
} from "../../src/nats/records.ts";
import { eventSubject, tokenOf } from "../../src/nats/subjects.ts";

Deno.test("parseId() reads what formatId() writes", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
      fc.nat(),
      fc.nat(),
      (pbx, epoch, sequence) => {
        const id = { pbx, epoch, sequence };
        assertEquals(parseId(formatId(id)), id);
      },
    ),
  );
});

Deno.test("parseId() reads nothing else", () => {
  for (const text of ["", "berlin", "a:1", "a:1:", "a b:1:2", "a:1:2:3"]) {
    assertEquals(parseId(text), undefined);
  }
  assertEquals(parseId(undefined), undefined);
});

Deno.test("parseGap() reads what formatGap() writes", () => {
  const reasons: BusGapReason[] = [
    "bridge-start",
    "connection",
    "failover",
    "overflow",
    "pbx-restart",
    "retention",
  ];
  for (const reason of reasons) {
    const gap = { from: 1_000, to: 2_000, reason };
    assertEquals(parseGap(formatGap(gap)), gap);
    assertEquals(parseGap(formatGap({ ...gap, missed: 3 })), {
      ...gap,
      missed: 3,
    });
  }
});

Deno.test("what others publish is not taken for a record", () => {
  const texts = ["", "null", "[]", "1", "{", "{}", '{"reason":"boredom"}'];
  for (const text of texts) {
    assertEquals(parseGap(text), undefined);
    assertEquals(parseEpoch(text), undefined);
    assertEquals(parseLease(text), undefined);
  }
  assertEquals(
    parseGap('{"from":"never","to":"2026-01-01","reason":"overflow"}'),
    undefined,
  );
  assertEquals(parseLease('{"holder":"x","state":"happy"}'), undefined);
});

Deno.test("a name is one token of a subject", () => {
  assertEquals(eventSubject("berlin", "Hangup"), "dami.event.berlin.Hangup");
  fc.assert(
    fc.property(fc.string(), (name) => {
      assertEquals(/^[A-Za-z0-9_-]+$/.test(tokenOf(name)), true);
    }),
  );
});
