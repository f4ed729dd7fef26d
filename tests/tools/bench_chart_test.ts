import { assert, assertEquals, assertMatch } from "@std/assert";
import { barChart, type ChartGroup } from "../../tools/bench/chart.ts";

const TEXT = { title: "Speed", description: "DAMI 100, other 50." };

const GROUP: ChartGroup = {
  title: "Events & more",
  bars: [
    { label: "DAMI", value: 100, text: "100", kind: "dami" },
    { label: "<other>", value: 50, text: "50", kind: "peer" },
    { label: "bound", value: 200, text: "200", kind: "floor" },
    { label: "none", value: undefined, text: "no answer", kind: "peer" },
  ],
};

function widths(svg: string): number[] {
  return Array.from(
    svg.matchAll(/<rect [^>]*width="([\d.]+)"/g),
    ([, width]) => Number(width),
  );
}

Deno.test("barChart() makes the bars as long as their values are large", () => {
  const [dami = 0, other = 0, bound = 0, ...none] = widths(
    barChart([GROUP], TEXT),
  );
  assertEquals(dami, 2 * other);
  assertEquals(bound, 2 * dami);
  assertEquals(none, []);
});

Deno.test("barChart() gives each group a scale of its own", () => {
  const small = GROUP.bars.map((bar) => ({
    ...bar,
    value: (bar.value ?? 0) / 10,
  }));
  const all = widths(
    barChart([GROUP, { title: "Small", bars: small }], TEXT),
  );
  assertEquals(all.slice(0, 3), all.slice(3));
});

Deno.test("barChart() writes what stands after a bar, and escapes it", () => {
  const svg = barChart([GROUP], TEXT);
  assert(svg.includes(">no answer</text>"));
  assert(svg.includes(">&lt;other&gt;</text>"));
  assert(svg.includes(">Events &amp; more</text>"));
});

Deno.test("barChart() can be read aloud, in the dark, and without the network", () => {
  const svg = barChart([GROUP], TEXT);
  assertMatch(
    svg,
    /^<svg [^>]*role="img"[^>]*aria-labelledby="title description"/,
  );
  assert(svg.includes('<title id="title">Speed</title>'));
  assert(svg.includes('<desc id="description">DAMI 100, other 50.</desc>'));
  assert(svg.includes("@media (prefers-color-scheme: dark)"));
  assertEquals(
    svg.match(/https?:\/\/[^"]*/g),
    ["http://www.w3.org/2000/svg"],
  );
});

Deno.test("barChart() draws nothing of nothing", () => {
  assertEquals(widths(barChart([], TEXT)), []);
  assertEquals(widths(barChart([{ title: "", bars: [] }], TEXT)), []);
});
