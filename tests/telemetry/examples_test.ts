import { assert, assertEquals, assertMatch } from "@std/assert";
import { Fleet } from "../../src/fleet/fleet.ts";
import { metricsHandler } from "../../src/telemetry/metrics_handler.ts";
import { AmiServer } from "../../src/testing/ami_server.ts";
import { COMMON } from "../fleet/_fleet.ts";
import { fileURLToPath } from "node:url";
import { readMetrics } from "./_metrics.ts";
import { prometheusTest, promtool } from "./_prometheus.ts";

const EXAMPLES = new URL("../../examples/", import.meta.url);
const RULES = new URL("prometheus/alerts.yml", EXAMPLES);

type Json = Readonly<Record<string, unknown>>;

function object(value: unknown): Json {
  assert(typeof value === "object" && value !== null && !Array.isArray(value));
  return { ...value };
}

function list(value: unknown): Json[] {
  assert(Array.isArray(value));
  return value.map(object);
}

function text(value: unknown): string {
  assert(typeof value === "string");
  return value;
}

const dashboard = object(
  JSON.parse(
    await Deno.readTextFile(new URL("grafana/dami.json", EXAMPLES)),
  ),
);

const panels = list(dashboard.panels);

function expressions(): string[] {
  const targets = panels.filter(({ type }) => type !== "row")
    .flatMap((panel) => list(panel.targets));
  const annotations = list(object(dashboard.annotations).list);
  return [...targets, ...annotations].map(({ expr }) => text(expr));
}

/** The expressions of a file of rules. */
async function alertExpressions(): Promise<string[]> {
  const rules = await Deno.readTextFile(RULES);
  return [...rules.matchAll(/^ +expr: (.+)$/gm)].map(([, expr = ""]) => expr);
}

/** The names of metrics in an expression. */
function namesIn(expression: string): string[] {
  return [...expression.matchAll(/\b(?:dami|asterisk)_\w+/g)].map(([name]) =>
    name
  );
}

/** The names, labels and values of states that the handler serves. */
async function served() {
  await using server = AmiServer.start({
    queues: [{ name: "sales", members: [{ interface: "PJSIP/6001" }] }],
  });
  await using fleet = new Fleet({ berlin: { port: server.port } }, COMMON);
  await fleet.start();
  using live = await fleet.live();
  const handler = metricsHandler(fleet, { live });
  const { samples } = readMetrics(
    await handler(new Request("http://localhost/metrics")).text(),
  );
  const labels = new Map<string, Set<string>>();
  for (const sample of samples) {
    const names = labels.get(sample.name) ?? new Set();
    for (const name of Object.keys(sample.labels)) names.add(name);
    labels.set(sample.name, names);
  }
  const statuses = new Set(
    samples.flatMap(({ labels: { status } }) => status ?? []),
  );
  return { labels, statuses };
}

Deno.test("the dashboard and the alerts ask for nothing but what is served", async () => {
  const { labels, statuses } = await served();
  const all = [...expressions(), ...await alertExpressions()];
  assert(all.length > 40);
  for (const expression of all) {
    for (const name of namesIn(expression)) {
      assert(labels.has(name), `${expression}: ${name} is not served`);
    }
    for (
      const [, name = "", selectors = ""] of expression.matchAll(
        /\b((?:dami|asterisk)_\w+)\{([^}]*)\}/g,
      )
    ) {
      for (const [, label = ""] of selectors.matchAll(/(\w+)(?:=~|!=|=)"/g)) {
        assert(labels.get(name)?.has(label), `${expression}: ${label}`);
      }
    }
    for (
      const [, words = ""] of expression.matchAll(/status(?:=~|!=|=)"([^"]*)"/g)
    ) {
      for (const word of words.split("|")) {
        assert(statuses.has(word), `${expression}: ${word} is no status`);
      }
    }
  }
});

Deno.test("every figure is in the dashboard or in an alert, but for counts of what is odd", async () => {
  const { labels } = await served();
  const used = new Set(
    [...expressions(), ...await alertExpressions()].flatMap(namesIn),
  );
  const unused = [...labels.keys()].filter((name) => !used.has(name));
  assertEquals(unused.toSorted(), [
    "dami_frames_total",
    "dami_last_frame_timestamp_seconds",
    "dami_lines_unparsed_total",
    "dami_listeners_duration_seconds_count",
    "dami_listeners_duration_seconds_sum",
  ]);
});

Deno.test("the dashboard is one that Grafana can import", () => {
  assertMatch(text(dashboard.title), /Asterisk/);
  assertMatch(text(dashboard.uid), /^[a-zA-Z0-9_-]{1,40}$/);
  // From 38 on, data sources are named by type and uid (Grafana 9.3).
  assert(typeof dashboard.schemaVersion === "number");
  assert(dashboard.schemaVersion >= 38);
  assertEquals("id" in dashboard, false, "It is not one of a certain server");
  const variables = list(object(dashboard.templating).list)
    .map(({ name }) => text(name));
  assertEquals(variables, ["datasource", "pbx", "queue"]);
  assertEquals(new Set(panels.map(({ id }) => id)).size, panels.length);
  for (const panel of panels) {
    assert(typeof panel.id === "number");
    assert(text(panel.title) !== "");
    const { x, y, w, h } = object(panel.gridPos);
    for (const place of [x, y, w, h]) assert(Number.isInteger(place));
    assert(Number(x) + Number(w) <= 24, `${panel.title} is too wide`);
    if (panel.type === "row") continue;
    assert(["stat", "table", "timeseries"].includes(text(panel.type)));
    const { type, uid } = object(panel.datasource);
    assertEquals([type, uid], ["prometheus", "${datasource}"]);
    for (const target of list(panel.targets)) {
      assertMatch(text(target.refId), /^[A-Z]$/);
      for (const [name] of text(target.expr).matchAll(/\$\w+/g)) {
        assert(["$pbx", "$queue", "$__rate_interval"].includes(name), name);
      }
    }
  }
});

Deno.test("no panel of the dashboard covers another", () => {
  const taken = new Map<string, string>();
  for (const panel of panels) {
    const { x, y, w, h } = object(panel.gridPos);
    for (let column = Number(x); column < Number(x) + Number(w); column++) {
      for (let line = Number(y); line < Number(y) + Number(h); line++) {
        const place = `${column} ${line}`;
        assertEquals(taken.get(place), undefined, text(panel.title));
        taken.set(place, text(panel.title));
      }
    }
  }
});

prometheusTest(
  "promtool accepts the configuration and the alerts",
  async (programs) => {
    const config = fileURLToPath(
      new URL("prometheus/prometheus.yml", EXAMPLES),
    );
    const { success, said } = await promtool(programs, [
      "check",
      "config",
      config,
    ]);
    assert(success, said);
    assertMatch(said, /SUCCESS: 16 rules found/);
  },
);

prometheusTest(
  "promtool accepts every expression of the dashboard",
  async (programs) => {
    const rules = expressions().map((expression, index) => ({
      record: `panel:${index}`,
      expr: expression.replaceAll("$__rate_interval", "1m"),
    }));
    const folder = await Deno.makeTempDir();
    try {
      const file = `${folder}/rules.yml`;
      // JSON is YAML as well.
      await Deno.writeTextFile(
        file,
        JSON.stringify({ groups: [{ name: "dashboard", rules }] }),
      );
      const { success, said } = await promtool(programs, [
        "check",
        "rules",
        file,
      ]);
      assert(success, said);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

/** A series of promtool, and its values a minute from each other. */
type Series = readonly [series: string, values: string];

/** Scenes, and the alerts that each raises after 45 minutes. */
const ALARMS: readonly [string, readonly Series[], readonly string[]][] = [
  ["nothing", [
    ['dami_connected{pbx="a"}', "1+0x60"],
    ['dami_live{pbx="a"}', "1+0x60"],
    ['asterisk_queue_callers{pbx="a",queue="s"}', "0+0x60"],
    ['asterisk_queue_longest_wait_seconds{pbx="a",queue="s"}', "0+0x60"],
    ['dami_events_total{pbx="a"}', "0+100x60"],
  ], []],
  ["no exporter", [['up{job="dami",instance="x"}', "0+0x60"]], ["DamiDown"]],
  ["a PBX that is down", [
    ['dami_connected{pbx="a"}', "0+0x60"],
    ['dami_live{pbx="a"}', "0+0x60"],
  ], ["PbxNotConnected"]],
  ["a state that cannot be read", [
    ['dami_connected{pbx="a"}', "1+0x60"],
    ['dami_live{pbx="a"}', "0+0x60"],
  ], ["PbxStateOutdated"]],
  ["a connection that is lost again and again", [
    ['dami_reconnects_total{pbx="a"}', "0+1x60"],
    ['dami_gaps_total{pbx="a"}', "0+1x60"],
  ], ["PbxEventsMissed", "PbxReconnectsOften"]],
  ["calls, and no event", [
    ['asterisk_calls{pbx="a"}', "3+0x60"],
    ['dami_last_event_timestamp_seconds{pbx="a"}', "0+0x60"],
  ], ["PbxSilent"]],
  ["callers whom nobody can answer", [
    ['asterisk_queue_callers{pbx="a",queue="s"}', "2+0x60"],
    ['asterisk_queue_longest_wait_seconds{pbx="a",queue="s"}', "0+60x60"],
    ['asterisk_queue_members{pbx="a",queue="s",status="paused"}', "2+0x60"],
    ['asterisk_queue_members{pbx="a",queue="s",status="not_inuse"}', "0+0x60"],
  ], ["QueueCallerWaitsLong", "QueueWithoutAgents"]],
  ["callers for whom somebody is free", [
    ['asterisk_queue_callers{pbx="a",queue="s"}', "2+0x60"],
    ['asterisk_queue_members{pbx="a",queue="s",status="paused"}', "2+0x60"],
    ['asterisk_queue_members{pbx="a",queue="s",status="not_inuse"}', "1+0x60"],
  ], []],
  ["callers who give up", [
    ['asterisk_queue_abandoned_total{pbx="a",queue="s"}', "0+1x60"],
    ['asterisk_queue_answered_total{pbx="a",queue="s"}', "0+1x60"],
    ['asterisk_queue_service_level_ratio{pbx="a",queue="s"}', "0.5+0x60"],
  ], ["QueueCallersAbandon", "QueueServiceLevelLow"]],
  ["phones that cannot be reached", [
    ['asterisk_endpoints{pbx="a",status="unreachable"}', "3+0x60"],
    ['asterisk_endpoints{pbx="a",status="reachable"}', "7+0x60"],
    ['asterisk_endpoints{pbx="a",status="unregistered"}', "90+0x60"],
  ], ["EndpointsUnreachable"]],
  ["a slow program", [
    ['dami_reader_lag_seconds{pbx="a"}', "5+0x60"],
    ['dami_listeners_duration_seconds_bucket{pbx="a",le="0.1"}', "0+0x60"],
    ['dami_listeners_duration_seconds_bucket{pbx="a",le="1"}', "0+9x60"],
    ['dami_listeners_duration_seconds_bucket{pbx="a",le="+Inf"}', "0+9x60"],
    ['dami_frames_dropped_total{pbx="a"}', "0+20x60"],
    ["dami_label_sets_dropped", "7+0x60"],
  ], [
    "DamiFiguresLeftOut",
    "DamiFramesDropped",
    "DamiListenersSlow",
    "DamiReaderLags",
  ]],
  ["actions that fail", [
    ['dami_actions_failed_total{pbx="a"}', "0+9x60"],
    ['dami_actions_answered_total{pbx="a"}', "0+9x60"],
  ], ["DamiActionsFail"]],
];

prometheusTest("each alert is raised by what it is for", async (programs) => {
  const rules = await Deno.readTextFile(RULES);
  const names = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name = ""]) =>
    name
  );
  assertEquals(
    names.toSorted(),
    ALARMS.flatMap(([, , alerts]) => alerts).toSorted(),
  );
  const tests = ALARMS.map(([name, series, alerts]) => ({
    name,
    interval: "1m",
    input_series: series.map(([series, values]) => ({ series, values })),
    promql_expr_test: [{
      expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
      eval_time: "45m",
      exp_samples: alerts.map((alert) => ({
        labels: `{alertname="${alert}"}`,
        value: 1,
      })),
    }],
  }));
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/tests.yml`;
    await Deno.writeTextFile(
      file,
      JSON.stringify({ rule_files: [fileURLToPath(RULES)], tests }),
    );
    const { success, said } = await promtool(programs, ["test", "rules", file]);
    assert(success, said);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
