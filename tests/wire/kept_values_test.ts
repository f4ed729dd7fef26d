import { assert, assertEquals } from "@std/assert";
import { DEFAULT_LIMITS } from "../../src/options/options.ts";
import { DataParser } from "../../src/wire/data_parser.ts";
import { Frame } from "../../src/wire/frame.ts";
import { FrameReader } from "../../src/wire/frame_reader.ts";
import { canCollectGarbage, heapInUse } from "../_memory.ts";

// V8 keeps the whole of a received text in memory for a part that was cut out
// of it. A value that a program keeps has to keep no more than its own frame.

/** The number of values that are kept, each of a text of its own. */
const VALUES = 10_000;

/** The length of each text (bytes). */
const RECEIVED = 8_000;

/** The most that a kept value may take (bytes): its frame is about 300 long, or twice as much where characters take two bytes. */
const MAX_PER_VALUE = 1_500;

/** Sends the texts, each by one read once the buffer has grown. */
function connection(frame: (index: number) => string): Pick<Deno.Conn, "read"> {
  const encoder = new TextEncoder();
  let rest = encoder.encode("Asterisk Call Manager/11.0.0\r\n");
  let index = 0;
  return {
    read(buffer: Uint8Array): Promise<number | null> {
      if (rest.length === 0) {
        if (index === VALUES) return Promise.resolve(null);
        rest = encoder.encode(
          `Event: Other\r\nText: ${"y".repeat(RECEIVED - 400)}\r\n\r\n${
            frame(index++)
          }`,
        );
      }
      const part = rest.subarray(0, buffer.length);
      buffer.set(part);
      rest = rest.subarray(part.length);
      return Promise.resolve(part.length);
    },
  };
}

async function keepValues(
  frame: (index: number) => string,
  readsLines: boolean,
): Promise<string[]> {
  const parser = new DataParser("catalog");
  const reader = new FrameReader(
    connection(frame),
    { ...DEFAULT_LIMITS, encoding: "utf-8", parser, readsLines },
    {
      onFailure(error) {
        throw error;
      },
    },
  );
  const kept: string[] = [];
  await reader.read({
    line: undefined,
    greeting() {},
    frame(frame) {
      if (frame.name === "Kept") kept.push(String(frame.data(parser).Channel));
    },
    wants: () => true,
    awaitsAnswers: () => false,
    unread() {},
    cutOff() {},
  });
  return kept;
}

const FRAMES = [
  { title: "a plain frame", first: "Event: Kept", text: "text" },
  { title: "a frame of wide characters", first: "Event: Kept", text: "文" },
  { title: "a frame that is read in lines", first: "Event:Kept", text: "text" },
  { title: "a frame with text", first: "Event: Kept", text: "one\ntwo" },
  {
    title: "a frame where all are read in lines",
    first: "Event: Kept",
    text: "text",
    readsLines: true,
  },
];

for (const { title, first, text, readsLines = false } of FRAMES) {
  Deno.test(`a value that is kept of ${title} keeps no more than the frame`, {
    ignore: !canCollectGarbage,
  }, async () => {
    const before = heapInUse();
    const kept = await keepValues(
      (index) =>
        `${first}\r\nChannel: PJSIP/some-long-name-${index}\r\nText: ${text}\r\nFiller: ${
          "z".repeat(200)
        }\r\n\r\n`,
      readsLines,
    );
    const each = (heapInUse() - before) / VALUES;
    assertEquals(kept.length, VALUES);
    assertEquals(kept.at(-1), `PJSIP/some-long-name-${VALUES - 1}`);
    assert(each < MAX_PER_VALUE, `${each} bytes`);
  });
}

Deno.test("items of a list that are kept keep what differs", {
  ignore: !canCollectGarbage,
}, () => {
  const parser = new DataParser("catalog");
  const head = parser.headOf("Event: Item");
  const before = heapInUse();
  const kept = Array.from({ length: VALUES }, (_, index) => {
    const text =
      `Event: Item\r\nChannel: PJSIP/some-long-name-${index}\r\nText: ${
        "y".repeat(1_000)
      }\r\nAccount: some long account\r\n\r\n`;
    const frame = new Frame(text, undefined, head);
    frame.condense(parser);
    return frame;
  });
  const each = (heapInUse() - before) / VALUES;
  assertEquals(kept.at(-1)?.data(parser), {
    Event: "Item",
    Channel: `PJSIP/some-long-name-${VALUES - 1}`,
    Text: "y".repeat(1_000),
    Account: "some long account",
  });
  assert(each < 500, `${each} bytes`);
});
