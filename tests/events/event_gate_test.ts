import { assertEquals } from "@std/assert";
import { EventGate } from "../../src/events/event_gate.ts";
import { Frame } from "../../src/wire/frame.ts";

/** A gate, and the names of what it delivered and dropped. */
function gateOf(maxHeldEvents: number) {
  const delivered: string[] = [];
  const drops: boolean[] = [];
  const gate = new EventGate({
    maxHeldEvents,
    maxHeldLength: Infinity,
    deliver: (event) => delivered.push(event.name),
    onDrop: (isFirst) => drops.push(isFirst),
  });
  return {
    gate,
    delivered,
    drops,
    push: (...names: string[]) => {
      for (const name of names) gate.push(new Frame([`Event: ${name}`]));
    },
  };
}

/** The next turn of the event loop. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

Deno.test("EventGate delivers what it held, in order, and then everything at once", async () => {
  const { gate, delivered, push } = gateOf(10);
  push("A", "B");
  gate.openSoon();
  push("C");
  assertEquals(delivered, []);
  await nextTurn();
  assertEquals(delivered, ["A", "B", "C"]);
  push("D");
  assertEquals(delivered, ["A", "B", "C", "D"]);
});

Deno.test("EventGate waits for what its opener does after an await", async () => {
  const { gate, delivered, push } = gateOf(10);
  push("A");
  gate.openSoon();
  await Promise.resolve();
  await Promise.resolve();
  assertEquals(delivered, []);
  await nextTurn();
  assertEquals(delivered, ["A"]);
});

Deno.test("EventGate keeps the first events, and reports each that it dropped", async () => {
  const { gate, delivered, drops, push } = gateOf(2);
  push("A", "B", "C", "D");
  assertEquals(drops, [true, false]);
  gate.openSoon();
  gate.openSoon();
  await nextTurn();
  assertEquals(delivered, ["A", "B"]);
});

Deno.test("EventGate.clear() drops what is held, and stays shut", async () => {
  const { gate, delivered, drops, push } = gateOf(1);
  push("A", "B");
  gate.clear();
  push("C", "D");
  assertEquals(drops, [true, true]);
  gate.openSoon();
  await nextTurn();
  assertEquals(delivered, ["C"]);
});

Deno.test("EventGate.clear() drops what is about to be delivered, and leaves it open", () => {
  const { gate, delivered, push } = gateOf(10);
  push("A");
  gate.openSoon();
  gate.clear();
  gate.clear();
  push("B");
  assertEquals(delivered, ["B"]);
});

Deno.test("EventGate delivers what comes while it delivers after what it held", async () => {
  const delivered: string[] = [];
  const gate = new EventGate({
    maxHeldEvents: 10,
    maxHeldLength: Infinity,
    deliver: (event) => {
      delivered.push(event.name);
      if (event.name === "A") gate.openSoon();
    },
    onDrop: () => {},
  });
  gate.push(new Frame(["Event: A"]));
  gate.push(new Frame(["Event: B"]));
  gate.openSoon();
  await nextTurn();
  assertEquals(delivered, ["A", "B"]);
});

Deno.test("EventGate.open() delivers at once what it held, and is not opened again by a timer", async () => {
  const { gate, delivered, push } = gateOf(10);
  push("A", "B");
  gate.openSoon();
  gate.open();
  assertEquals(delivered, ["A", "B"]);
  push("C");
  await nextTurn();
  assertEquals(delivered, ["A", "B", "C"]);
});

Deno.test("EventGate.clear() ends a delivery that is under way", () => {
  const delivered: string[] = [];
  const gate = new EventGate({
    maxHeldEvents: 10,
    maxHeldLength: Infinity,
    deliver: (event) => {
      delivered.push(event.name);
      if (event.name === "B") gate.clear();
    },
    onDrop: () => {},
  });
  for (const name of ["A", "B", "C", "D"]) {
    gate.push(new Frame([`Event: ${name}`]));
  }
  gate.open();
  assertEquals(delivered, ["A", "B"]);
  gate.push(new Frame(["Event: E"]));
  assertEquals(delivered, ["A", "B", "E"]);
});

Deno.test("EventGate drops the events that are too long together, and says by which limit", async () => {
  const delivered: string[] = [];
  const drops: [isFirst: boolean, limit: string][] = [];
  const gate = new EventGate({
    maxHeldEvents: 3,
    // Two frames of one line of eight characters.
    maxHeldLength: 2 * (8 + 32),
    deliver: ({ name }) => delivered.push(name),
    onDrop: (...drop) => drops.push(drop),
  });
  for (const round of [1, 2]) {
    gate.push(new Frame(["Event: A", `Long: ${"x".repeat(100)}`]));
    gate.push(new Frame(["Event: B"]));
    gate.push(new Frame(["Event: C"]));
    gate.push(new Frame(["Event: D"]));
    assertEquals(drops.splice(0), [
      [true, "maxHeldLength"],
      [false, "maxHeldLength"],
    ]);
    if (round === 1) gate.clear();
  }
  gate.open();
  await nextTurn();
  assertEquals(delivered, ["B", "C"]);
});
