import { assertEquals } from "@std/assert";
import { TextLineStream } from "@std/streams/text-line-stream";
import { LineGuard, restoreLineFeeds } from "../../src/wire/line_guard.ts";

const FIRST_LINE = "Asterisk Call Manager/11.0.0\r\n";

/** The lines that `TextLineStream` cuts after the guard, and whether one was too long. */
async function lines(
  chunks: string[],
  maxLineLength = 1_000,
): Promise<string[]> {
  const guard = new LineGuard({ maxLineLength });
  const parts = chunks.flatMap((chunk) =>
    guard.tooLong ? [] : guard.push(chunk)
  );
  const cut = ReadableStream.from(parts).pipeThrough(new TextLineStream());
  const read = (await Array.fromAsync(cut)).map(restoreLineFeeds);
  return guard.tooLong ? [...read, "too long"] : read;
}

Deno.test("LineGuard keeps a bare line feed inside a line", async () => {
  assertEquals(await lines([FIRST_LINE, "a\nb\r\nc\r\n"]), [
    "Asterisk Call Manager/11.0.0",
    "a\nb",
    "c",
  ]);
});

Deno.test("LineGuard keeps bare line feeds at chunk borders", async () => {
  assertEquals(
    await lines([FIRST_LINE, "a", "\n", "b", "\n", "\n", "c\r", "\nd\r\n"]),
    ["Asterisk Call Manager/11.0.0", "a\nb\n\nc", "d"],
  );
});

Deno.test("LineGuard takes a line feed at the start of a line for an empty line", async () => {
  for (
    const chunks of [
      ["a\r\n\nb\r\n"],
      ["a\r\n", "\nb\r\n"],
      ["a\r", "\n", "\n", "b\r\n"],
    ]
  ) {
    assertEquals(await lines([FIRST_LINE, ...chunks]), [
      "Asterisk Call Manager/11.0.0",
      "a",
      "",
      "b",
    ]);
  }
});

Deno.test("LineGuard takes an empty text for nothing", async () => {
  assertEquals(await lines([FIRST_LINE, "", "a\r", "", "\n", "", "b\r\n"]), [
    "Asterisk Call Manager/11.0.0",
    "a",
    "b",
  ]);
});

Deno.test("LineGuard keeps a carriage return that ends no line", async () => {
  assertEquals(await lines([FIRST_LINE, "a\r", "b\r\r\n"]), [
    "Asterisk Call Manager/11.0.0",
    "a\rb\r",
  ]);
});

Deno.test("LineGuard takes every line feed for an end if the first line ends with a bare one", async () => {
  assertEquals(await lines(["Greeting\na\nb\r\n\nc\n"]), [
    "Greeting",
    "a",
    "b",
    "",
    "c",
  ]);
  assertEquals(await lines(["Greet", "ing", "\n", "a\nb\n"]), [
    "Greeting",
    "a",
    "b",
  ]);
});

Deno.test("LineGuard does not take a character for a line feed that looks like its shield", async () => {
  const lookalikes = "\u{1000a} \u{1040a} \u{10fc0a}\n\u{1000a}";
  assertEquals(await lines([FIRST_LINE, `${lookalikes}\r\n`]), [
    "Asterisk Call Manager/11.0.0",
    lookalikes,
  ]);
});

Deno.test("LineGuard lets a line of exactly the longest length through", async () => {
  const longest = "x".repeat(50);
  assertEquals(await lines([`${longest}\r`, "\n", "y\r\n"], 51), [
    longest,
    "y",
  ]);
});

Deno.test("LineGuard ends at a line that is too long, after the lines before it", async () => {
  const tooLong = "x".repeat(60);
  const failure = "too long";
  const greeting = FIRST_LINE.trim();
  for (
    const [chunks, expected] of [
      [[`${FIRST_LINE}a\nb\r\n${tooLong}\r\nc\r\n`], [greeting, "a\nb"]],
      [[`${FIRST_LINE}a\r\n${tooLong}`, "\r\nc\r\n"], [greeting, "a"]],
      [[`${FIRST_LINE}a\r\n`, `b\n${tooLong}`], [greeting, "a"]],
      [[tooLong], []],
    ] satisfies [string[], string[]][]
  ) {
    const read = await lines(chunks, 50);
    assertEquals(read.slice(0, expected.length), expected);
    assertEquals(read.at(-1), failure);
    assertEquals(read.includes("c"), false);
  }
});

Deno.test("LineGuard ends at a line that is too long, in however many chunks it comes", async () => {
  const read = await lines([FIRST_LINE, ..."x".repeat(60), "\r\n"], 50);
  assertEquals(read.at(0), FIRST_LINE.trim());
  assertEquals(read.at(-1), "too long");
  const many = await lines([FIRST_LINE, "x\n".repeat(30)], 50);
  assertEquals(many.at(0), FIRST_LINE.trim());
  assertEquals(many.at(-1), "too long");
});
