import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { PrometheusText } from "../../src/telemetry/prometheus_text.ts";
import { readMetrics } from "./_metrics.ts";
import { prometheusTest, promtool } from "./_prometheus.ts";

Deno.test("a family is written before its first sample, and not without one", () => {
  const text = new PrometheusText();
  text.begin({ name: "none", type: "gauge", help: "Nothing" });
  text.begin({ name: "a_total", type: "counter", help: "As" });
  text.sample("a_total", {}, 1);
  text.sample("a_total", { queue: "x", status: "y" }, 2.5);
  assertEquals(
    text.toString(),
    "# HELP a_total As\n" +
      "# TYPE a_total counter\n" +
      "a_total 1\n" +
      'a_total{queue="x",status="y"} 2.5\n',
  );
});

Deno.test("numbers without an end are written as Prometheus reads them", () => {
  const text = new PrometheusText();
  for (const value of [Infinity, -Infinity, NaN]) text.sample("x", {}, value);
  assertEquals(text.toString(), "x +Inf\nx -Inf\nx NaN\n");
});

const anyText = fc.string({ unit: "binary" });

Deno.test("any text comes back out of a label and out of a description", () => {
  fc.assert(fc.property(anyText, anyText, fc.double(), (label, help, value) => {
    const text = new PrometheusText();
    text.begin({ name: "x", type: "gauge", help });
    text.sample("x", { queue: label }, value);
    const { samples, helps } = readMetrics(text.toString());
    assertEquals(samples, [{
      name: "x",
      labels: { queue: label },
      // A zero has no sign in decimal notation.
      value: value === 0 ? 0 : value,
    }]);
    assertEquals(helps.get("x"), help);
  }));
});

prometheusTest("promtool reads any label", async (programs) => {
  const labels = fc.sample(fc.string({ unit: "grapheme" }), 200);
  const text = new PrometheusText();
  text.begin({ name: "x", type: "gauge", help: 'Odd: \\ " \n.' });
  for (const label of new Set(["", "\\", "\n", '"', "a\\nb", ...labels])) {
    text.sample("x", { queue: label }, 1);
  }
  const { success, said } = await promtool(
    programs,
    ["check", "metrics"],
    text.toString(),
  );
  assert(success, said);
});
