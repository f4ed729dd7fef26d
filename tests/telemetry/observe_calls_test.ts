import {
  type MeterProvider,
  metrics,
  trace,
  type TracerProvider,
} from "@opentelemetry/api";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { AmiClosedError } from "../../mod.ts";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { observe } from "../../src/telemetry/observe.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { listening } from "../_faults.ts";
import { started } from "../fleet/_fleet.ts";
import { until } from "../_waiting.ts";

/** Stands for the implementation of OpenTelemetry, and counts what is called of it. */
class Counted implements Disposable {
  /** The names of the methods that were called, in their order. */
  readonly calls: string[] = [];

  constructor() {
    const provider = this.#fake("provider");
    assert(isProvider(provider));
    metrics.setGlobalMeterProvider(provider);
    trace.setGlobalTracerProvider(provider);
  }

  [Symbol.dispose](): void {
    metrics.disable();
    trace.disable();
  }

  /** An object every method of which is counted, and returns another one. */
  #fake(name: string): object {
    const isPromise = (key: string | symbol) => key === "then";
    return new Proxy(() => {}, {
      get: (_target, key) =>
        isPromise(key) ? undefined : this.#fake(String(key)),
      apply: () => {
        this.calls.push(name);
        return this.#fake(`result of ${name}`);
      },
    });
  }
}

function isProvider(fake: object): fake is MeterProvider & TracerProvider {
  return typeof fake === "function";
}

Deno.test("nothing of OpenTelemetry is called for an event", async () => {
  using counted = new Counted();
  await using server = AmiServer.start({ ringTime: 1, talkTime: 5_000 });
  await using dami = await listening(server);
  using live = await LivePbx.start(dami);
  using _observation = observe(dami, { live });
  await dami.to("Originate", {
    Channel: "PJSIP/6001",
    Application: "Dial",
    Data: "PJSIP/6002",
    Async: true,
  });
  await until(() => live.channels.size === 2);
  let heard = 0;
  dami.on("NewCallerid", () => heard++);
  counted.calls.length = 0;
  const [, channel] = live.channels.values();
  for (let index = 0; index < 1_000; index++) {
    server.emit([
      { Event: "Unknown", Index: index },
      {
        Event: "NewCallerid",
        Channel: channel?.name ?? "",
        Uniqueid: channel?.uniqueid ?? "",
        Linkedid: channel?.linkedid ?? "",
        CallerIDNum: String(index),
      },
    ]);
  }
  await until(() => heard === 1_000);
  assertEquals(counted.calls, []);
});

Deno.test("an action calls what makes a span and a value, and nothing is called after the end", async () => {
  using counted = new Counted();
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const observation = observe(dami);
  counted.calls.length = 0;
  await dami.to("Ping");
  await until(() => counted.calls.includes("record"));
  assertEquals(counted.calls, ["startSpan", "end", "record"]);
  observation[Symbol.dispose]();
  assert(counted.calls.includes("removeBatchObservableCallback"));
  counted.calls.length = 0;
  await dami.to("Ping");
  assertEquals(counted.calls, []);
});

Deno.test("PBXs that are added to a fleet later are observed, too", async () => {
  using counted = new Counted();
  await using test = await started(["berlin"]);
  await using wien = AmiServer.start();
  using _observation = observe(test.fleet);
  await test.fleet.add("wien", { port: wien.port });
  counted.calls.length = 0;
  await test.fleet.get("wien").to("Ping");
  await until(() => counted.calls.includes("record"));
  assert(counted.calls.includes("startSpan"));
});

Deno.test("a live state alone is observed by its figures and calls", async () => {
  using counted = new Counted();
  await using server = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using dami = await listening(server);
  using live = await LivePbx.start(dami);
  const observation = observe(live);
  counted.calls.length = 0;
  await dami.originate({ Channel: "PJSIP/6001", Application: "Echo" });
  await until(() => counted.calls.includes("startSpan"));
  observation[Symbol.dispose]();
  observation[Symbol.dispose]();
});

Deno.test("without an implementation, what is observed works as without", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  using live = await LivePbx.start(dami);
  using _observation = observe(dami, { live });
  const [response] = await dami.to("Ping");
  assertEquals(response.Ping, "Pong");
});

Deno.test("observe() refuses what it cannot use", async () => {
  await using test = await started(["berlin"]);
  const live = await test.fleet.live();
  live.stop();
  assertThrows(
    () => observe(test.fleet, { live }),
    AmiClosedError,
    "The live fleet was stopped",
  );
  assertThrows(
    () => observe(test.fleet, { maxLabelSets: 0 }),
    RangeError,
    "'maxLabelSets'",
  );
});
