import { jetstream, type JsMsg } from "@nats-io/jetstream";
import { MsgHdrsImpl } from "@nats-io/nats-core";
import { assert, assertEquals } from "@std/assert";
import { fail } from "node:assert";
import { headOf } from "../../src/nats/message_head.ts";
import { placeOf } from "../../src/nats/message_place.ts";
import { Bridged } from "./_bridged.ts";
import { natsTest } from "./_nats.ts";

const ID = { pbx: "berlin", epoch: 47, sequence: 11 };

const NOWHERE = { streamSequence: 0, deliverySequence: 0 };

/** A message whose headers are shown in one way or the other. */
function messageWith(lines: string, isBare: boolean): Pick<JsMsg, "headers"> {
  const bytes = new TextEncoder().encode(`NATS/1.0\r\n${lines}\r\n`);
  const headers = MsgHdrsImpl.decode(bytes);
  const inside = { _rdata: bytes, _msg: { hdr: bytes.length } };
  return Object.assign({ headers }, isBare ? { msg: inside } : {});
}

for (const isBare of [true, false]) {
  const how = isBare ? "from bytes" : "from the client's map";
  Deno.test(`the id and the time of a message are read ${how}`, () => {
    const lines = "Nats-Msg-Id: berlin:47:11\r\nDami-At: 1795364878000\r\n";
    const expected = { id: ID, at: 1_795_364_878_000 };
    assertEquals(headOf(messageWith(lines, isBare)), expected);
    const more = `${lines}Nats-Batch-Id: x\r\nNats-Batch-Commit: 1\r\n`;
    assertEquals(headOf(messageWith(more, isBare)), expected);
    // Another program may write them in another order.
    const turned = "Dami-At: 1795364878000\r\nNats-Msg-Id: berlin:47:11\r\n";
    assertEquals(headOf(messageWith(turned, isBare)), expected);
    assertEquals(headOf(messageWith("Other: 1\r\n", isBare)), {
      id: undefined,
      at: NaN,
    });
    const odd = "Nats-Msg-Id: order-1\r\nDami-At: 1\r\n";
    assertEquals(headOf(messageWith(odd, isBare)), { id: undefined, at: 1 });
  });
}

Deno.test("the place of a message is read from its subject, with a domain or without", () => {
  for (
    const reply of [
      "$JS.ACK.DAMI.reader.1.4711.18.1795364878000000000.3",
      "$JS.ACK.hub.Xy12.DAMI.reader.1.4711.18.1795364878000000000.3.Rnd",
      "$JS.ACK._.Xy12.DAMI.reader.1.4711.18.1795364878000000000.3",
    ]
  ) {
    assertEquals(placeOf(Object.assign({ info: NOWHERE }, { reply })), {
      sequence: 4711,
      delivery: 18,
    });
  }
  const info = { streamSequence: 4711, deliverySequence: 18 };
  assertEquals(placeOf({ info }), { sequence: 4711, delivery: 18 });
});

natsTest(
  "a message of this client is read without its maps",
  async (test) => {
    await using bridged = await Bridged.start(test);
    bridged.pbx.send(1);
    await test.stored(1);
    const consumer = await jetstream(await test.connect()).consumers.get(
      "DAMI",
      { filter_subjects: ["dami.event.berlin.UserEvent"] },
    );
    const message = await consumer.next() ?? fail("There is no message");
    const slow = new Set<string | symbol>(["headers", "info"]);
    const watched = new Proxy(message, {
      get: (target, name) =>
        slow.has(name)
          ? fail(`It took ${String(name)}`)
          : Reflect.get(target, name),
    });
    assertEquals(headOf(watched).id?.pbx, "berlin");
    assert(placeOf(watched).sequence > 0);
  },
);
