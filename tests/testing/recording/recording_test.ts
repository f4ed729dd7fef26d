import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeUtf8,
  fromBinary,
  parseRecording,
  type RecordedPiece,
  RecordingError,
  type RecordingHead,
  toBinary,
  writeEnd,
  writeHead,
  writePiece,
} from "../../../src/testing/recording/recording.ts";

const HEAD: RecordingHead = {
  recorded: "2026-11-22T16:27:57.904Z",
  masked: { numbers: true, names: true, addresses: false },
};

const encoder = new TextEncoder();

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 40 }).map((text) =>
    encoder.encode(text)
  ),
);

const anyPiece: fc.Arbitrary<RecordedPiece> = fc.record({
  at: fc.nat(),
  direction: fc.constantFrom("received" as const, "sent" as const),
  bytes: anyBytes,
});

const byTime = (one: RecordedPiece, other: RecordedPiece): number =>
  one.at - other.at;

Deno.test("a recording survives being written and read, byte for byte", () => {
  fc.assert(fc.property(fc.array(anyPiece), (unordered) => {
    const pieces = unordered.toSorted(byTime);
    const end = (pieces.at(-1)?.at ?? 0) + 1;
    const text = writeHead(HEAD) + pieces.map(writePiece).join("") +
      writeEnd(end, "pbx");
    assertEquals(parseRecording(text), {
      ...HEAD,
      pieces,
      end: { at: end, by: "pbx" },
    });
  }));
});

Deno.test("a recording is one line for each piece, and printable", () => {
  fc.assert(fc.property(anyPiece, (piece) => {
    assert(/^[^\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+\n$/u.test(
      writePiece(piece),
    ));
  }));
});

Deno.test("writePiece() writes text as text, and other bytes as latin1", () => {
  assertEquals(
    writePiece({
      at: 12,
      direction: "received",
      bytes: encoder.encode("CallerIDName: Zoë\r\n\x9b\n"),
    }),
    '[12,"<","CallerIDName: Zoë\\r\\n\\u009b\\n"]\n',
  );
  assertEquals(
    writePiece({
      at: 12.5,
      direction: "sent",
      bytes: Uint8Array.of(0x4a, 0xe9, 0x0d, 0x0a),
    }),
    '[12.5,">","Jé\\r\\n","latin1"]\n',
  );
});

Deno.test("parseRecording() takes a recording without an end, and empty lines", () => {
  const text = `{"dami":1,"recorded":"2026-11-22"}\n\n[0,"<","A"]\n[0,">","B"]`;
  assertEquals(parseRecording(text), {
    recorded: "2026-11-22",
    masked: { numbers: false, names: false, addresses: false },
    pieces: [
      { at: 0, direction: "received", bytes: Uint8Array.of(65) },
      { at: 0, direction: "sent", bytes: Uint8Array.of(66) },
    ],
    end: undefined,
  });
});

Deno.test("parseRecording() takes a recording up to a last line that is cut off", () => {
  const head = writeHead(HEAD);
  const last = '[7,"<","Event: Hangup\\r\\n"]';
  for (let length = 1; length < last.length; length++) {
    const text = `${head}[5,"<","A"]\n${last.slice(0, length)}`;
    const { pieces, cutLine, end } = parseRecording(text);
    assertEquals(pieces.map(({ at }) => at), [5]);
    assertEquals([cutLine, end], [3, undefined]);
  }
  const { pieces, cutLine } = parseRecording(`${head}[5,"<","A"]\n${last}`);
  assertEquals([pieces.length, cutLine], [2, undefined]);
});

Deno.test("parseRecording() refuses files that are not recordings, and names the line", () => {
  const head = writeHead(HEAD);
  const cases: [text: string, line: number, reason: string][] = [
    ["", 1, "is no JSON"],
    ["Asterisk Call Manager/11.0.0\r\n", 1, "is no JSON"],
    ["[1]", 1, 'does not begin with {"dami":1, …}'],
    ['{"dami":2}', 1, "is of the version 2, and only 1 is known here"],
    ['{"dami":1,"recorded":"x"}', 1, 'does not say when, with "recorded"'],
    [`${head}[1,"<","A"]\nnope`, 3, "is no JSON"],
    [`${head}[1,"<","A\n`, 2, "is no JSON"],
    [`${head}{}`, 2, 'is no piece such as [12,"<","text"]'],
    [`${head}["1","<","A"]`, 2, "does not begin with a time"],
    [`${head}[-1,"<","A"]`, 2, "does not begin with a time"],
    [`${head}[2,"<","A"]\n[1,"<","A"]`, 3, "is earlier than the line before"],
    [
      `${head}[1,"=","A"]`,
      2,
      'does not say which way it went: "<" for received, ">" for sent',
    ],
    [`${head}[1,"<",1]`, 2, "holds no text"],
    [`${head}[1,"<","\\ud800"]`, 2, "holds no text"],
    [
      `${head}[1,"<","A","utf-16"]`,
      2,
      "has more items than this version knows",
    ],
    [
      `${head}[1,"<","A","latin1",1]`,
      2,
      "has more items than this version knows",
    ],
    [`${head}[1,"<","日","latin1"]`, 2, "holds more than bytes"],
    [
      `${head}[1,"end","me"]`,
      2,
      'does not say who ended the session: "pbx" or "client"',
    ],
    [
      `${head}[1,"end","pbx"]\n[1,"<","A"]`,
      3,
      "follows the end of the session",
    ],
  ];
  for (const [text, line, reason] of cases) {
    const error = assertThrows(() => parseRecording(text), RecordingError);
    assertEquals(
      error.message,
      `Cannot read the recording as line ${line} ${reason}`,
    );
    assertEquals(error.line, line);
    assertEquals(error.name, "RecordingError");
  }
});

Deno.test("decodeUtf8() keeps a byte order mark, and refuses other bytes", () => {
  assertEquals(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 65)), "\ufeffA");
  assertEquals(decodeUtf8(Uint8Array.of(0xe9)), undefined);
});

Deno.test("toBinary() and fromBinary() undo each other, also at length", () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256);
  assertEquals(fromBinary(toBinary(bytes)), bytes);
  assertEquals(fromBinary("日"), undefined);
});
