import { assertEquals, assertRejects } from "@std/assert";
import { TextLineStream } from "@std/streams/text-line-stream";
import { AmiLimitError } from "../src/errors.ts";
import { LineGuard, restoreLineFeeds } from "../src/line_guard.ts";

const FIRST_LINE = "Asterisk Call Manager/11.0.0\r\n";

async function lines(
  chunks: string[],
  maxLineLength = 1_000,
): Promise<string[]> {
  const cut = ReadableStream.from(chunks)
    .pipeThrough(new LineGuard({ maxLineLength }))
    .pipeThrough(new TextLineStream());
  return (await Array.fromAsync(cut)).map(restoreLineFeeds);
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

Deno.test("LineGuard refuses a line that is too long, in one chunk or in many", async () => {
  const tooLong = "x".repeat(60);
  for (
    const chunks of [
      [`${FIRST_LINE}${tooLong}\r\n`],
      [FIRST_LINE, ...tooLong, "\r\n"],
      [FIRST_LINE, "x\n".repeat(30)],
      [tooLong],
    ]
  ) {
    const error = await assertRejects(() => lines(chunks, 50), AmiLimitError);
    assertEquals(error.limit, "maxLineLength");
    assertEquals(error.value, 50);
  }
});

Deno.test("LineGuard ends a line that never ends without holding more than its limit", async () => {
  let pulled = 0;
  const endless = new ReadableStream<string>({
    pull(controller) {
      pulled++;
      controller.enqueue("x".repeat(1_000));
    },
  });
  const cut = endless
    .pipeThrough(new LineGuard({ maxLineLength: 100_000 }))
    .pipeThrough(new TextLineStream());
  await assertRejects(() => Array.fromAsync(cut), AmiLimitError);
  assertEquals(pulled < 110, true);
});
