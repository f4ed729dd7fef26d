import { assert, assertEquals } from "@std/assert";
import { kindsWithout } from "../../src/cli/commands/snapshots.ts";
import { LivePbx } from "../../src/live/live_pbx.ts";
import { metricsHandler } from "../../src/telemetry/metrics_handler.ts";
import {
  type ReadMetrics,
  readMetrics,
  valueOf,
} from "../telemetry/_metrics.ts";
import { ownAsteriskTest } from "./_asterisk.ts";
import { dial, eventually } from "./_live.ts";

const SALES = { queue: "sales" };

ownAsteriskTest(
  "the figures are those that Asterisk itself shows, for a user who may read no more than they need",
  async (asterisk) => {
    await using admin = await asterisk.connect();
    await using dami = await asterisk.connectAs("metrics", {});
    using live = await LivePbx.start(dami, {
      without: kindsWithout(["channels", "queues", "endpoints"]),
    });
    assertEquals([...live.problems], []);
    const handler = metricsHandler(dami, { live });
    let metrics: ReadMetrics;
    const scrape = async () => {
      const request = new Request("http://localhost/metrics");
      metrics = readMetrics(await handler(request).text());
    };
    const value = (name: string, labels = {}) => valueOf(metrics, name, labels);

    await scrape();
    assertEquals(value("asterisk_calls"), 0);
    assertEquals(value("asterisk_queue_callers", SALES), 0);
    assertEquals(value("asterisk_queue_answered_total", SALES), 0);
    assertEquals(
      value("asterisk_queue_members", { queue: "support", status: "unknown" }),
      0,
    );
    const endpoints = [
      "reachable",
      "lagged",
      "registered",
      "unregistered",
      "unreachable",
      "unknown",
    ]
      .map((status) => value("asterisk_endpoints", { status }) ?? 0)
      .reduce((sum, count) => sum + count);
    assertEquals(endpoints, live.endpoints.size);
    assert(endpoints > 0);

    const id = await dial(admin, "sales");
    await eventually(
      () => live.queues.get("sales")?.callers.length === 1,
      "a caller in the queue",
    );
    await scrape();
    assertEquals(value("asterisk_queue_callers", SALES), 1);
    // The phones are Asterisk's own, at the other end of a trunk to itself.
    assertEquals(value("asterisk_calls"), live.calls.size);
    const count = await asterisk.console("core show channels count");
    const [, channels] = /^(\d+) active channels?/m.exec(count) ?? [];
    assertEquals(value("asterisk_channels"), Number(channels));
    const wait = value("asterisk_queue_longest_wait_seconds", SALES) ?? -1;
    assert(wait >= 0 && wait < 30, `${wait}`);

    const channel = live.channels.get(id)?.name ?? "";
    await admin.to("Hangup", { Channel: channel });
    await eventually(
      () => live.queues.get("sales")?.abandoned === 1,
      "a caller who gave up",
    );
    await scrape();
    assertEquals(value("asterisk_queue_abandoned_total", SALES), 1);
    assertEquals(value("asterisk_queue_callers", SALES), 0);
    assertEquals(value("dami_connected"), 1);
    assert((value("dami_events_total") ?? 0) > 5);
  },
  { lean: false },
);
