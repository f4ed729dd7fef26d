import { assertEquals, assertThrows } from "@std/assert";
import { Fleet } from "../../src/fleet/fleet.ts";
import { resolveBridgeOptions } from "../../src/nats/bridge_options.ts";
import { chooseEvents, DEFAULT_EVENTS } from "../../src/nats/event_choice.ts";
import { PbxState } from "../../src/live/state/pbx_state.ts";

/** An object that looks like a connection. */
const nats = {
  getServer: () => "127.0.0.1",
  isClosed: () => false,
  closed: () => Promise.resolve(),
  publish() {},
  request() {},
  subscribe() {},
  status() {},
};
const fleet = new Fleet();

Deno.test("the options of a bridge have defaults", () => {
  const { name, lease, spool, stream } = resolveBridgeOptions({ nats, fleet });
  assertEquals(name, "bridge");
  assertEquals(lease, { ttl: 10_000 });
  assertEquals(spool, { maxEvents: 100_000, maxBytes: 67_108_864 });
  assertEquals(stream, {
    name: "DAMI",
    maxAge: 86_400_000,
    maxBytes: 1_073_741_824,
  });
});

Deno.test("an option of a bridge that is wrong is refused by its name", () => {
  const wrong: [object, string][] = [
    [{ fleets: 1 }, "fleets"],
    [{ fleet: undefined }, "fleet"],
    [{ nats: 1 }, "nats"],
    [{ nats: { ...nats, publish: undefined } }, "nats"],
    [{ name: "a b" }, "name"],
    [{ lease: { ttl: 10 } }, "lease.ttl"],
    [{ lease: { time: 10 } }, "lease.time"],
    [{ lease: 10 }, "lease"],
    [{ spool: { maxEvents: 1.5 } }, "spool.maxEvents"],
    [{ spool: { maxBytes: "1" } }, "spool.maxBytes"],
    [{ stream: { name: "a.b" } }, "stream.name"],
    [{ events: "Hangup" }, "events"],
    [{ events: ["Hang up"] }, "events"],
    [{ logger: 1 }, "logger"],
  ];
  for (const [options, name] of wrong) {
    const error = assertThrows(() =>
      resolveBridgeOptions({ nats, fleet, ...options })
    );
    assertEquals(String(error).includes(`'${name}'`), true, String(error));
  }
});

Deno.test("chooseEvents() listens to names alone where no beginning is given", () => {
  const { names, includes } = chooseEvents(["Hangup", "Newstate"]);
  assertEquals(names, ["Hangup", "Newstate"]);
  assertEquals(includes("Hangup"), true);
});

Deno.test("chooseEvents() compares beginnings without case", () => {
  const { names, includes } = chooseEvents(["queue*", "HANGUP"]);
  assertEquals(names, ["*"]);
  const events = ["QueueCallerJoin", "Queue", "Hangup", "Newstate"];
  assertEquals(events.filter(includes), ["QueueCallerJoin", "Queue", "Hangup"]);
});

Deno.test("the default events are all that LivePbx follows", () => {
  const { events } = new PbxState({
    dialplan: false,
    onStaleQueue() {},
    onLeft() {},
    onSeveralCalls() {},
  });
  const missing = events.filter((name) => !DEFAULT_EVENTS.includes(name));
  assertEquals(missing, []);
});
