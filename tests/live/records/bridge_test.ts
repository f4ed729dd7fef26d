import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Bridge,
  bridgeChange,
  bridgeOf,
  entered,
  left,
  reduceBridge,
} from "../../../src/live/records/bridge.ts";
import {
  AT,
  context,
  event,
  type Headers,
  item,
  leg,
  room,
} from "../_frames.ts";

function reduced(
  bridge: Bridge | undefined,
  frame: Headers,
  at = AT,
): Bridge {
  const next = reduceBridge(bridge, frame, context(at));
  assert(next !== undefined);
  return next;
}

const created = () => reduced(undefined, event("BridgeCreate", room("b1")));

Deno.test("reduceBridge() makes a bridge of BridgeCreate", () => {
  assertEquals(
    reduced(
      undefined,
      event(
        "BridgeCreate",
        room("b1", {
          BridgeType: "base",
          BridgeTechnology: "softmix",
          BridgeCreator: "ConfBridge",
          BridgeName: 4000,
        }),
      ),
    ),
    {
      id: "b1",
      type: "base",
      technology: "softmix",
      creator: "ConfBridge",
      name: "4000",
      channels: [],
      createdAt: AT,
    },
  );
  const { creator, name } = created();
  assertEquals([creator, name], ["", ""], "<unknown> is nothing");
});

Deno.test("reduceBridge() makes one of BridgeEnter, if it was made before the events began", () => {
  const bridge = reduced(
    undefined,
    event("BridgeEnter", room("b1"), leg("1.1")),
  );
  assertEquals([bridge.id, bridge.channels], ["b1", ["1.1"]]);
});

Deno.test("reduceBridge() makes none of BridgeLeave or BridgeDestroy", () => {
  for (const name of ["BridgeLeave", "BridgeDestroy"]) {
    assertEquals(
      reduceBridge(undefined, event(name, room("b1"), leg("1.1")), context(AT)),
      undefined,
    );
  }
});

Deno.test("reduceBridge() keeps the channels in the order in which they came", () => {
  let bridge = created();
  for (const uniqueid of ["2.1", "1.1", "3.1"]) {
    bridge = reduced(bridge, event("BridgeEnter", room("b1"), leg(uniqueid)));
  }
  assertEquals(bridge.channels, ["2.1", "1.1", "3.1"]);
  bridge = reduced(bridge, event("BridgeLeave", room("b1"), leg("1.1")));
  assertEquals(bridge.channels, ["2.1", "3.1"]);
  assertEquals(
    reduceBridge(bridge, event("BridgeDestroy", room("b1")), context(AT)),
    undefined,
  );
});

Deno.test("reduceBridge() follows the technology, and keeps who is in it", () => {
  const two = entered(entered(created(), "1.1"), "2.1");
  const next = reduced(
    two,
    event(
      "BridgeEnter",
      room("b1", { BridgeTechnology: "softmix" }),
      leg("3.1"),
    ),
    AT + 5,
  );
  assertEquals(next.technology, "softmix");
  assertEquals(next.channels, ["1.1", "2.1", "3.1"]);
  assertEquals(next.createdAt, AT);
});

Deno.test("reduceBridge() gives the same record if an event says nothing new", () => {
  const bridge = entered(created(), "1.1");
  for (
    const frame of [
      event("BridgeCreate", room("b1")),
      event("BridgeEnter", room("b1"), leg("1.1")),
      event("BridgeLeave", room("b1"), leg("9.9")),
    ]
  ) assertStrictEquals(reduceBridge(bridge, frame, context(AT + 1)), bridge);
});

Deno.test("entered() and left() change no record", () => {
  const none = Object.freeze(created());
  Object.freeze(none.channels);
  const one = entered(none, "1.1");
  assertEquals([none.channels, one.channels], [[], ["1.1"]]);
  assertStrictEquals(entered(one, "1.1"), one);
  assertEquals(left(one, "1.1").channels, []);
  assertStrictEquals(left(one, "2.2"), one);
});

Deno.test("bridgeOf() reads an item of BridgeList, and gives the same record if it says nothing new", () => {
  const listed = item("BridgeListItem", room("b1", { BridgeNumChannels: 2 }));
  const bridge = bridgeOf(listed, undefined, context(AT));
  assertEquals([bridge.id, bridge.type, bridge.createdAt], ["b1", "basic", AT]);
  const full = entered(bridge, "1.1");
  assertStrictEquals(bridgeOf(listed, full, context(AT + 9)), full);
});

Deno.test("bridgeChange() reports the beginning, of what is new, and of the end", () => {
  const one = created();
  const two = entered(one, "1.1");
  assertEquals(bridgeChange(undefined, one, AT), {
    type: "bridge-started",
    at: AT,
    bridge: one,
  });
  assertEquals(bridgeChange(one, two, AT), {
    type: "bridge-changed",
    at: AT,
    bridge: two,
    before: one,
  });
  assertEquals(bridgeChange(two, undefined, AT), {
    type: "bridge-ended",
    at: AT,
    bridge: two,
  });
  assertEquals(bridgeChange(two, two, AT), undefined);
  assertEquals(bridgeChange(undefined, undefined, AT), undefined);
});
