/** One bar. */
export interface ChartBar {
  /** Its label. */
  label: string;
  /** Its length; without one it says `text` alone. */
  value: number | undefined;
  /** The text after it. */
  text: string;
  /** The one that it is about, another one, or a bound. */
  kind: "dami" | "peer" | "floor";
}

/** Bars that are compared with one another. */
export interface ChartGroup {
  /** The title of the group, with the unit. */
  title: string;
  /** The bars, from top to bottom. */
  bars: readonly ChartBar[];
}

/** The description of a chart for readers who cannot see it. */
export interface ChartText {
  /** Its name. */
  title: string;
  /** Its description. */
  description: string;
}

const COLUMNS = 2;
const GROUP_WIDTH = 460;
const LABEL_WIDTH = 150;
const BAR_WIDTH = 210;
const ROW_HEIGHT = 22;
const BAR_HEIGHT = 14;
const TITLE_HEIGHT = 34;
const MARGIN = 16;

// Not by colour alone: DAMI's label is bold, and a bound has an outline only.
const STYLE = `
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; font-size: 14px; }
.label { text-anchor: end; }
.dami.label { font-weight: 700; }
.floor.label { font-style: italic; }
rect.dami { fill: #0969da; }
rect.peer { fill: #8c959f; }
rect.floor { fill: none; stroke: #8c959f; stroke-dasharray: 3 2; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  rect.dami { fill: #4493f8; }
  rect.peer { fill: #7d8590; }
  rect.floor { stroke: #7d8590; }
}`;

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function drawBar(
  { label, value = 0, text, kind }: ChartBar,
  x: number,
  y: number,
  longest: number,
): string[] {
  const width = longest > 0 ? round(value / longest * BAR_WIDTH) : 0;
  const barX = x + LABEL_WIDTH;
  const baseline = y + 11.5;
  const bar =
    `<rect class="${kind}" x="${barX}" y="${y}" width="${width}" height="${BAR_HEIGHT}" rx="2"/>`;
  return [
    `<text class="${kind} label" x="${barX - 8}" y="${baseline}">${
      escapeXml(label)
    }</text>`,
    ...(width > 0 ? [bar] : []),
    `<text x="${round(barX + width + 6)}" y="${baseline}">${
      escapeXml(text)
    }</text>`,
  ];
}

function drawGroup(
  { title, bars }: ChartGroup,
  x: number,
  y: number,
): string[] {
  const longest = Math.max(0, ...bars.map(({ value = 0 }) => value));
  return [
    `<text class="title" x="${x}" y="${y + 16}">${escapeXml(title)}</text>`,
    ...bars.flatMap((bar, row) =>
      drawBar(bar, x, y + TITLE_HEIGHT + row * ROW_HEIGHT, longest)
    ),
  ];
}

/**
 * Draws groups of horizontal bars, two beside each other, each with a scale of
 * its own.
 *
 * @param groups What to draw.
 * @param text What it says of itself.
 * @returns The chart as SVG, readable on a light and on a dark ground.
 */
export function barChart(
  groups: readonly ChartGroup[],
  { title, description }: ChartText,
): string {
  const drawn: string[] = [];
  let y = MARGIN;
  for (let first = 0; first < groups.length; first += COLUMNS) {
    const beside = groups.slice(first, first + COLUMNS);
    for (const [column, group] of beside.entries()) {
      drawn.push(...drawGroup(group, MARGIN + column * GROUP_WIDTH, y));
    }
    const rows = Math.max(...beside.map(({ bars }) => bars.length));
    y += TITLE_HEIGHT + rows * ROW_HEIGHT + MARGIN;
  }
  const width = 2 * MARGIN + Math.min(COLUMNS, groups.length) * GROUP_WIDTH;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="description">${escapeXml(description)}</desc>`,
    `<style>${STYLE}\n</style>`,
    ...drawn,
    "</svg>",
    "",
  ].join("\n");
}
