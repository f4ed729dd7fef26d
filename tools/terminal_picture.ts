/**
 * Makes the picture of the README: runs the command `dami` in a terminal,
 * against the embedded PBX, and writes what it shows as SVG.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A tools/terminal_picture.ts
 * ```
 *
 * It takes `script` of util-linux, which makes terminals.
 *
 * @module
 */

import { DAMI } from "../mod.ts";
import { AmiServer } from "../src/testing/ami_server.ts";
import { TerminalSession } from "../tests/cli/_terminal.ts";

const FILE = new URL("../examples/dami.svg", import.meta.url);

/** The widths of what is drawn. */
const COLUMN = 7.8;
const LINE = 18;
const SIZE = 13;
const MARGIN = 20;
const TITLE = 34;

const BACKGROUND = "#1e1e2e";
const FOREGROUND = "#e4e4ef";

/** The colors of the terminal by their numbers. */
const COLORS: ReadonlyMap<string, string> = new Map([
  ["31", "#ff8b94"],
  ["32", "#9ece8a"],
  ["33", "#f0c674"],
  ["34", "#82aaff"],
  ["35", "#d4a5ff"],
  ["36", "#7fdbdb"],
]);

/** A piece of a line, all in the same way. */
interface Piece {
  text: string;
  column: number;
  style: string;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Applies the settings that `ESC [ … m` with these numbers makes. */
function styleOf(codes: string): string {
  return codes.split(";").flatMap((code) => {
    const color = COLORS.get(code);
    if (color !== undefined) return [` fill="${color}"`];
    if (code === "1") return [' font-weight="bold"'];
    return code === "2" ? [' fill-opacity="0.65"'] : [];
  }).join("");
}

/** A line as a terminal shows it, cut where its style changes. */
function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let style = "";
  let column = 0;
  // deno-lint-ignore no-control-regex -- it begins a control sequence of the terminal
  for (const part of line.split(/(\x1b\[[\d;]*m)/)) {
    // deno-lint-ignore no-control-regex -- it begins a control sequence of the terminal
    const [, codes] = /^\x1b\[([\d;]*)m$/.exec(part) ?? [];
    if (codes !== undefined) {
      style = styleOf(codes);
      continue;
    }
    if (part.trim() !== "") pieces.push({ text: part, column, style });
    column += part.length;
  }
  return pieces;
}

/**
 * Draws lines as a terminal shows them. The picture has a background of its
 * own, and needs no font of its own: each piece has its place and its width.
 *
 * @param lines The lines, with the escape sequences of their colors.
 * @param title What is to be seen, in one sentence.
 * @returns The picture as SVG.
 */
export function picture(lines: readonly string[], title: string): string {
  const drawn = lines.map(piecesOf);
  const columns = Math.max(
    0,
    ...drawn.flat().map(({ column, text }) => column + text.length),
  );
  const width = Math.ceil(columns * COLUMN + 2 * MARGIN);
  const height = TITLE + lines.length * LINE + MARGIN;
  const place = (value: number) => `${Math.round(value * 10) / 10}`;
  const texts = drawn.flatMap((pieces, row) =>
    pieces.map(({ text, column, style }) => {
      const start = text.length - text.trimStart().length;
      const shown = text.trim();
      const x = place(MARGIN + (column + start) * COLUMN);
      const y = place(TITLE + row * LINE + SIZE);
      const length = place(shown.length * COLUMN);
      return `    <text x="${x}" y="${y}" textLength="${length}"${style}>${
        escaped(shown)
      }</text>`;
    })
  );
  const dots = ["#ff8b94", "#f0c674", "#9ece8a"].map((color, index) =>
    `  <circle cx="${MARGIN + 6 + 18 * index}" cy="16" r="5" fill="${color}"/>`
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
  <title id="title">${escaped(title)}</title>
  <rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>
${dots.join("\n")}
  <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${SIZE}" fill="${FOREGROUND}" xml:space="preserve">
${texts.join("\n")}
  </g>
</svg>
`;
}

/** Runs a command, and gives what it shows below what was typed. */
async function show(
  server: AmiServer,
  args: readonly string[],
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  server.forget();
  await using session = TerminalSession.dami(args, {
    DAMI_SECRET: "mysecret",
    DAMI_PORT: `${server.port}`,
  });
  await meanwhile();
  const { shown } = await session.finished();
  const words = args.map((word) => /[*?= ]/.test(word) ? `'${word}'` : word);
  return [
    `\x1b[32m$\x1b[0m \x1b[1mdami ${words.join(" ")}\x1b[0m`,
    ...shown.trimEnd().split("\r\n"),
    "",
  ];
}

/** Somebody calls, talks and hangs up. */
async function call(server: AmiServer): Promise<void> {
  await server.next("Login");
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  await dami.originate({
    Channel: "PJSIP/6001",
    Context: "default",
    Exten: 6002,
    Priority: 1,
    CallerID: "Zoë <6001>",
  });
}

async function session(): Promise<string[]> {
  await using server = AmiServer.start({ ringTime: 800, talkTime: 2_400 });
  const events = ["Newchannel", "Dial*", "BridgeEnter", "Hangup"];
  return [
    ...await show(server, ["peers", "PJSIP/*"]),
    ...await show(server, ["queues"]),
    ...await show(
      server,
      ["tail", ...events, "--count", "10"],
      () => call(server),
    ),
    ...await show(server, ["do", "QueStatus"]),
  ].slice(0, -1);
}

if (import.meta.main) {
  const title =
    "A terminal in which the command dami shows the phones, the queues, and the events of a call";
  await Deno.writeTextFile(FILE, picture(await session(), title));
}
