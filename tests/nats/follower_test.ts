import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { BusMessage } from "../../src/nats/bus_message.ts";
import { Follower } from "../../src/nats/follower.ts";

function message(
  epoch: number,
  sequence: number,
  after?: string | null,
): BusMessage {
  return {
    kind: after === undefined ? "event" : "epoch",
    pbx: "berlin",
    id: { pbx: "berlin", epoch, sequence },
    at: epoch * 1_000 + sequence,
    payload: after === undefined
      ? "{}"
      : JSON.stringify({ holder: "x", after }),
  };
}

function gapsOf(messages: readonly BusMessage[]): number[] {
  const follower = new Follower();
  return messages.flatMap((each, index) =>
    follower.take(each) === undefined ? [] : [index]
  );
}

Deno.test("Follower finds no gap where each message follows the one before", () => {
  const messages = [
    message(5, 7),
    message(5, 8),
    message(9, 1, "berlin:5:8"),
    message(9, 2),
  ];
  assertEquals(gapsOf(messages), []);
});

Deno.test("Follower finds a hole in an epoch, and between epochs", () => {
  assertEquals(gapsOf([message(5, 7), message(5, 9)]), [1]);
  assertEquals(gapsOf([message(5, 7), message(9, 1, "berlin:5:8")]), [1]);
  assertEquals(gapsOf([message(5, 7), message(9, 1, null)]), [1]);
  assertEquals(gapsOf([message(5, 7), message(9, 4)]), [1]);
});

Deno.test("Follower takes what is delivered again for no gap", () => {
  const messages = [
    message(5, 7),
    message(5, 8),
    message(5, 7),
    message(4, 1),
    message(5, 9),
  ];
  assertEquals(gapsOf(messages), []);
});

Deno.test("Follower finds every hole, and nothing else", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
      fc.func(fc.boolean()),
      (lengths, isDropped) => {
        const all: BusMessage[] = [];
        let before: string | null = null;
        for (const [index, length] of lengths.entries()) {
          const epoch = index + 1;
          for (let sequence = 1; sequence <= length; sequence++) {
            all.push(
              message(epoch, sequence, sequence === 1 ? before : undefined),
            );
            before = `berlin:${epoch}:${sequence}`;
          }
        }
        const kept = all.map((each, index) => ({ each, index }))
          .filter(({ index }) => !isDropped(index));
        const expected = kept.flatMap(({ index }, place) =>
          place > 0 && index !== (kept[place - 1]?.index ?? 0) + 1
            ? [place]
            : []
        );
        assertEquals(gapsOf(kept.map(({ each }) => each)), expected);
      },
    ),
  );
});
