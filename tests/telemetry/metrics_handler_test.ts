import { assert, assertEquals, assertThrows } from "@std/assert";
import { AmiClosedError, type DAMI } from "../../mod.ts";
import { Fleet } from "../../src/fleet/fleet.ts";
import { LivePbx } from "../../src/live/live_pbx.ts";
import type { NatsBridge } from "../../src/nats/nats.ts";
import {
  type MetricsHandler,
  metricsHandler,
} from "../../src/telemetry/metrics_handler.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { AT_ONCE, CREDENTIALS, damiFor, listening } from "../_faults.ts";
import { COMMON, freePort, started } from "../fleet/_fleet.ts";
import { ListingPbx } from "../live/_pbx.ts";
import { until } from "../_waiting.ts";
import { type ReadMetrics, readMetrics, valueOf } from "./_metrics.ts";

function get(handler: MetricsHandler, path: string, method = "GET"): Response {
  return handler(new Request(`http://localhost${path}`, { method }));
}

async function scrape(handler: MetricsHandler): Promise<ReadMetrics> {
  const response = get(handler, "/metrics");
  assertEquals(response.status, 200);
  assertEquals(
    response.headers.get("Content-Type"),
    "text/plain; version=0.0.4; charset=utf-8",
  );
  return readMetrics(await response.text());
}

async function health(handler: MetricsHandler, path: string) {
  const response = get(handler, path);
  return `${response.status} ${await response.text()}`;
}

Deno.test("/metrics has the counters of stats()", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  dami.on("Heard", () => {});
  server.emit([{ Event: "Heard" }, { Event: "Unheard" }]);
  await dami.to("Ping");
  const metrics = await scrape(metricsHandler(dami));
  const stats = dami.stats();
  const expected: [string, number][] = [
    ["dami_connected", 1],
    ["dami_events_total", stats.events],
    ["dami_events_unread_total", stats.eventsUnread],
    ["dami_frames_total", stats.frames],
    ["dami_frames_dropped_total", 0],
    ["dami_actions_answered_total", 2],
    ["dami_actions_failed_total", 0],
    ["dami_actions_pending", 0],
    ["dami_reconnects_total", 0],
    ["dami_gaps_total", 0],
    [
      "dami_listeners_duration_seconds_count",
      stats.listenerTimes.events,
    ],
    [
      "dami_listeners_duration_seconds_sum",
      stats.listenerTimes.total / 1_000,
    ],
    ["dami_label_sets_dropped", 0],
  ];
  for (const [name, value] of expected) {
    assertEquals(valueOf(metrics, name), value, name);
  }
  for (
    const [direction, value] of [
      ["receive", stats.bytesReceived],
      ["transmit", stats.bytesSent],
    ] as const
  ) {
    assertEquals(valueOf(metrics, "dami_io_bytes_total", { direction }), value);
  }
  const last = valueOf(metrics, "dami_last_event_timestamp_seconds") ?? 0;
  assert(Math.abs(last - Date.now() / 1_000) < 60);
  assertEquals(metrics.types.get("dami_events_total"), "counter");
  assertEquals(metrics.types.get("dami_connected"), "gauge");
  for (const { name, labels } of metrics.samples) {
    assertEquals("pbx" in labels, false, name);
  }
});

Deno.test("the time of listeners is a histogram, whose buckets include those before", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  dami.on("Slow", () => {
    const end = performance.now() + 12;
    while (performance.now() < end);
  });
  dami.on("Fast", () => {});
  server.emit({ Event: "Fast" });
  await until(() => dami.stats().listenerTimes.events === 1);
  server.emit({ Event: "Slow" });
  await until(() => dami.stats().listenerTimes.events === 2);
  const metrics = await scrape(metricsHandler(dami));
  const { ranges } = dami.stats().listenerTimes;
  let before = 0;
  const bounds = [
    ["0.001", "1ms"],
    ["0.01", "10ms"],
    ["0.1", "100ms"],
    ["1", "1s"],
    ["+Inf", "longer"],
  ] as const;
  for (const [le, range] of bounds) {
    before += ranges[range];
    const name = "dami_listeners_duration_seconds_bucket";
    assertEquals(valueOf(metrics, name, { le }), before, le);
  }
  assertEquals(before, 2);
  assertEquals(
    metrics.types.get("dami_listeners_duration_seconds"),
    "histogram",
  );
});

/** A PBX with a queue, its members and callers, and endpoints. */
function busyPbx(): ListingPbx {
  const pbx = new ListingPbx();
  const now = Math.floor(Date.now() / 1_000);
  const member = { Event: "QueueMember", Queue: "sales", Membership: "static" };
  Object.assign(pbx.items, {
    QueueStatus: [
      {
        Event: "QueueParams",
        Queue: "sales",
        Max: 0,
        Strategy: "ringall",
        Completed: 17,
        Abandoned: 3,
        ServiceLevel: 60,
        ServicelevelPerf: "87.5",
        ServicelevelPerf2: "80.0",
      },
      {
        ...member,
        Name: "Alice",
        Location: "PJSIP/6001",
        Status: 1,
        Paused: 0,
      },
      { ...member, Name: "Bob", Location: "PJSIP/6002", Status: 1, Paused: 1 },
      {
        ...member,
        Name: "Carol",
        Location: "PJSIP/6003",
        Status: 5,
        Paused: 0,
      },
      { ...member, Name: "Dave", Location: "PJSIP/6004", Status: 1, Paused: 0 },
      {
        Event: "QueueEntry",
        Queue: "sales",
        Position: 1,
        Channel: "PJSIP/trunk-00000001",
        Uniqueid: `${now}.1`,
        CallerIDNum: "02079460123",
        CallerIDName: "Zoe Quillfeather",
        Wait: 42,
      },
      {
        Event: "QueueEntry",
        Queue: "sales",
        Position: 2,
        Channel: "PJSIP/trunk-00000002",
        Uniqueid: `${now}.2`,
        CallerIDNum: "02079460124",
        CallerIDName: "Ines Ravenscroft",
        Wait: 7,
      },
      { Event: "QueueParams", Queue: 'odd "\\', Completed: 0, Abandoned: 0 },
    ],
    PJSIPShowEndpoints: [
      { Event: "EndpointList", ObjectName: "6001", Contacts: "6001/sip:a@b," },
      { Event: "EndpointList", ObjectName: "6002", Contacts: "" },
    ],
    CoreShowChannels: [{
      Event: "CoreShowChannel",
      Channel: "PJSIP/trunk-00000001",
      ChannelState: 6,
      ChannelStateDesc: "Up",
      CallerIDNum: "02079460123",
      CallerIDName: "Zoe Quillfeather",
      Uniqueid: `${now}.1`,
      Linkedid: `${now}.1`,
      Duration: "00:00:42",
    }],
  });
  return pbx;
}

Deno.test("/metrics has the live state, and nothing that identifies a person", async () => {
  await using pbx = busyPbx();
  await using dami = await pbx.connect();
  using live = await LivePbx.start(dami);
  const handler = metricsHandler(dami, { live });
  const text = await get(handler, "/metrics").text();
  const metrics = readMetrics(text);
  const queue = "sales";
  const expected: [string, Record<string, string>, number][] = [
    ["asterisk_calls", {}, 1],
    ["asterisk_channels", {}, 1],
    ["asterisk_endpoints", { status: "unknown" }, 1],
    ["asterisk_endpoints", { status: "unregistered" }, 1],
    ["asterisk_queue_callers", { queue }, 2],
    ["asterisk_queue_callers", { queue: 'odd "\\' }, 0],
    ["asterisk_queue_members", { queue, status: "not_inuse" }, 2],
    ["asterisk_queue_members", { queue, status: "paused" }, 1],
    ["asterisk_queue_members", { queue, status: "unavailable" }, 1],
    ["asterisk_queue_answered_total", { queue }, 17],
    ["asterisk_queue_abandoned_total", { queue }, 3],
    ["asterisk_queue_service_level_ratio", { queue }, 0.875],
    ["dami_live", {}, 1],
  ];
  for (const [name, labels, value] of expected) {
    assertEquals(valueOf(metrics, name, labels), value, name);
  }
  const longest = valueOf(metrics, "asterisk_queue_longest_wait_seconds", {
    queue,
  });
  assert(longest !== undefined && longest >= 42 && longest < 102);
  for (const word of ["6001", "0207946", "Zoe", "Alice", "PJSIP", "mysecret"]) {
    assertEquals(text.includes(word), false, word);
  }
});

Deno.test("the number of values of a figure is bounded, and what is over it is counted", async () => {
  await using pbx = new ListingPbx();
  pbx.items.QueueStatus = Array.from({ length: 12 }, (_, index) => ({
    Event: "QueueParams",
    Queue: `q${index}`,
  }));
  await using dami = await pbx.connect();
  using live = await LivePbx.start(dami);
  const metrics = await scrape(metricsHandler(dami, { live, maxLabelSets: 5 }));
  const callers = metrics.samples.filter(({ name }) =>
    name === "asterisk_queue_callers"
  );
  assertEquals(
    callers.map(({ labels }) => labels.queue),
    ["q0", "q1", "q2", "q3", "q4"],
  );
  const dropped =
    7 * ["callers", "longest wait", "answered", "abandoned", "level"].length +
    // Members by ten states in twelve queues, and endpoints by six.
    (120 - 5) + (6 - 5);
  assertEquals(valueOf(metrics, "dami_label_sets_dropped"), dropped);
});

Deno.test("an option that cannot be used is refused when the handler is made", () => {
  const fleet = new Fleet({}, COMMON);
  for (const maxLabelSets of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(
      () => metricsHandler(fleet, { maxLabelSets }),
      RangeError,
      "Cannot use option 'maxLabelSets' as it must be a positive integer",
    );
  }
  fleet.close();
});

Deno.test("a lost connection is shown, and earlier figures are not", async () => {
  await using pbx = busyPbx();
  await using dami = await pbx.connect({ reconnect: AT_ONCE });
  using live = await LivePbx.start(dami);
  const handler = metricsHandler(dami, { live });
  assertEquals(await health(handler, "/healthz"), "200 ok\n");
  assertEquals(await health(handler, "/readyz"), "200 ok\n");
  await pbx.server.close();
  await until(() => dami.state === "reconnecting");
  const metrics = await scrape(handler);
  assertEquals(valueOf(metrics, "dami_connected"), 0);
  assertEquals(valueOf(metrics, "dami_live"), 0);
  assertEquals(valueOf(metrics, "asterisk_calls"), undefined);
  await until(() => {
    const { status } = get(handler, "/healthz");
    return status === 503;
  });
  const said = await health(handler, "/healthz");
  assert(
    /^503 The PBX has not been ready for \d+ s: reconnecting \((?:lost|refused)\)\n$/
      .test(said),
    said,
  );
  assertEquals(
    await health(handler, "/readyz"),
    `${said}The live state of the PBX is stale\n`,
  );
});

Deno.test("a fleet has the name of the PBX at each value, and its health names those that are down", async () => {
  await using test = await started();
  const { fleet } = test;
  using live = await fleet.live();
  const handler = metricsHandler(fleet, { live });
  const metrics = await scrape(handler);
  for (const pbx of ["berlin", "wien"]) {
    assertEquals(valueOf(metrics, "dami_connected", { pbx }), 1);
    assertEquals(valueOf(metrics, "dami_live", { pbx }), 1);
    assertEquals(valueOf(metrics, "asterisk_calls", { pbx }), 0);
    assertEquals(
      valueOf(metrics, "asterisk_queue_callers", { pbx, queue: "sales" }),
      0,
    );
  }
  assertEquals(await health(handler, "/readyz"), "200 ok\n");
  await test.server("wien").close();
  await until(() => fleet.get("wien").state !== "ready");
  const said = await health(handler, "/healthz");
  assert(/^503 PBX wien has not been ready for \d+ s: /.test(said), said);
  assertEquals(said.includes("berlin"), false);
  const later = await scrape(handler);
  assertEquals(valueOf(later, "dami_connected", { pbx: "wien" }), 0);
  assertEquals(valueOf(later, "asterisk_calls", { pbx: "wien" }), undefined);
  assertEquals(valueOf(later, "asterisk_calls", { pbx: "berlin" }), 0);
});

Deno.test("a PBX that is added or removed later is in the figures or not", async () => {
  await using test = await started();
  const { fleet } = test;
  const handler = metricsHandler(fleet);
  await fleet.add("graz", { port: freePort(), reconnect: false });
  const { port } = test.server("berlin");
  await fleet.add("linz", { port, secret: "wrong", reconnect: false });
  const said = await health(handler, "/healthz");
  assert(
    /^503 PBX graz has not been ready for 0 s: closed \(refused\)\nPBX linz has not been ready for 0 s: closed \(login refused\)\n$/
      .test(said),
    said,
  );
  await fleet.remove("graz");
  await fleet.remove("linz");
  assertEquals(await health(handler, "/healthz"), "200 ok\n");
  const { samples } = await scrape(handler);
  assertEquals(samples.some(({ labels }) => labels.pbx === "graz"), false);
});

Deno.test("/metrics has the figures of a bridge, of those PBXs that it has", async () => {
  await using test = await started();
  const pbx = (holds: boolean) => ({
    holds,
    published: 7,
    resent: 1,
    spooled: 2,
    dropped: 3,
    gaps: 4,
  });
  const bridge: Pick<NatsBridge, "stats"> = {
    stats: () => ({
      isConnected: true,
      spoolBytes: 512,
      pbxs: new Map([["berlin", pbx(true)], ["wien", pbx(false)]]),
    }),
  };
  const metrics = await scrape(metricsHandler(test.fleet, { bridge }));
  assertEquals(valueOf(metrics, "dami_bus_connected"), 1);
  assertEquals(valueOf(metrics, "dami_bus_spool_bytes"), 512);
  assertEquals(valueOf(metrics, "dami_lease_held", { pbx: "berlin" }), 1);
  assertEquals(valueOf(metrics, "dami_lease_held", { pbx: "wien" }), 0);
  const figures: [string, number][] = [
    ["dami_bus_published_total", 7],
    ["dami_bus_resent_total", 1],
    ["dami_bus_spooled", 2],
    ["dami_bus_dropped_total", 3],
    ["dami_bus_gaps_total", 4],
  ];
  for (const [name, value] of figures) {
    assertEquals(valueOf(metrics, name, { pbx: "wien" }), value, name);
  }
});

Deno.test("readyz waits for the live state that is not available yet", async () => {
  await using test = await started();
  const { fleet } = test;
  const live = {
    names: ["berlin", "wien"],
    calls: new Map(),
    changes: () => {
      throw new Error("Nobody reads the changes");
    },
    pbx: () => undefined,
  };
  const handler = metricsHandler(fleet, { live });
  assertEquals(await health(handler, "/healthz"), "200 ok\n");
  assertEquals(
    await health(handler, "/readyz"),
    "503 The live state of PBX berlin is not available yet\nThe live state of PBX wien is not available yet\n",
  );
});

Deno.test("a client that has not connected is not ready since the handler was made", async () => {
  const dami = damiFor({ hostname: "127.0.0.1", port: freePort() });
  const handler = metricsHandler(dami);
  assertEquals(
    await health(handler, "/healthz"),
    "503 The PBX has not been ready for 0 s: idle\n",
  );
});

Deno.test("a PBX that has recovered is reported as healthy, without its failure", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server, { reconnect: AT_ONCE });
  const handler = metricsHandler(dami);
  server.cut();
  await until(() => dami.stats().reconnects === 1);
  assertEquals(await health(handler, "/healthz"), "200 ok\n");
  dami.close();
  assertEquals(
    await health(handler, "/healthz"),
    "503 The PBX has not been ready for 0 s: closed\n",
  );
});

Deno.test("other paths and methods are refused", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const handler = metricsHandler(dami);
  assertEquals(get(handler, "/").status, 404);
  assertEquals(get(handler, "/metrics/x").status, 404);
  const response = get(handler, "/metrics", "POST");
  assertEquals(response.status, 405);
  assertEquals(response.headers.get("Allow"), "GET, HEAD");
  assertEquals(get(handler, "/metrics", "HEAD").status, 200);
  assertEquals(get(handler, "/metrics?format=prometheus").status, 200);
});

/** A client that counts its listeners. */
function listenersOf(dami: DAMI): { count: number } {
  const counter = { count: 0 };
  const add = dami.addEventListener.bind(dami);
  dami.addEventListener = (type, listener, options) => {
    counter.count++;
    const signal = typeof options === "object" ? options.signal : undefined;
    signal?.addEventListener("abort", () => counter.count--, { once: true });
    add(type, listener, options);
  };
  return counter;
}

Deno.test("the signal removes the listeners of a handler", async () => {
  await using server = AmiServer.start();
  await using dami = await listening(server);
  const listeners = listenersOf(dami);
  const ending = new AbortController();
  metricsHandler(dami, { signal: ending.signal });
  assert(listeners.count > 0);
  ending.abort(new AmiClosedError("over"));
  assertEquals(listeners.count, 0);
});

Deno.test("the credentials are in no answer", async () => {
  await using server = AmiServer.start({ secret: "x1y2-very-secret" });
  await using dami = damiFor(server);
  const failed = await dami.connectAndLogin(CREDENTIALS).catch((error) =>
    error
  );
  assert(failed instanceof Error);
  const handler = metricsHandler(dami);
  for (const path of ["/metrics", "/healthz", "/readyz"]) {
    const text = await get(handler, path).text();
    for (const word of ["x1y2", "mysecret", CREDENTIALS.username]) {
      assertEquals(text.includes(word), false, `${path}: ${word}`);
    }
  }
});
