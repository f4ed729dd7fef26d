import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { MaskOptions } from "../../../src/cli/recording/masking/text_mask.ts";
import {
  type LineDirection,
  SessionMask,
} from "../../../src/cli/recording/masking/session_mask.ts";
import { Recorder } from "../../../src/cli/recording/recorder.ts";
import {
  parseRecording,
  type Recording,
  toBinary,
} from "../../../src/testing/recording/recording.ts";

const OPEN: MaskOptions = { numbers: false, names: false, addresses: false };
const MASKED = { numbers: true, names: true, addresses: true };

const encoder = new TextEncoder();

/** A recorder that keeps what it writes, and a clock to be set. */
function recording(options: MaskOptions = OPEN): {
  recorder: Recorder;
  clock: { time: number };
  text: () => string;
} {
  const clock = { time: 1_000 };
  let text = "";
  const recorder = new Recorder({
    mask: new SessionMask(options),
    masked: MASKED,
    write: (part) => {
      assert(part.endsWith("\n"));
      text += part;
    },
    now: () => clock.time,
  });
  return { recorder, clock, text: () => text };
}

/** The pieces without what is on the first line. */
function lines(text: string): string[] {
  return text.split("\n").slice(1, -1);
}

/** All bytes of a direction, as characters. */
function bytesOf({ pieces }: Recording, direction: LineDirection): string {
  return pieces.filter((piece) => piece.direction === direction)
    .map(({ bytes }) => toBinary(bytes)).join("");
}

Deno.test("a session is written down frame by frame, with its times", () => {
  const { recorder, clock, text } = recording();
  recorder.add(encoder.encode("Asterisk Call Manager/11.0.0\r\n"), "received");
  clock.time += 5.4;
  recorder.add(encoder.encode("Action: Ping\r\n\r\n"), "sent");
  clock.time += 10;
  recorder.add(encoder.encode("Event: A\r\n\r\nEvent: B\r\nC: "), "received");
  clock.time += 10;
  recorder.add(encoder.encode("d"), "received");
  recorder.add(encoder.encode("\r\n\r\nEvent: "), "received");
  clock.time += 100;
  recorder.end("pbx");
  recorder.end("client");
  recorder.add(encoder.encode("late\r\n"), "received");
  assertEquals(lines(text()), [
    '[0,"<","Asterisk Call Manager/11.0.0\\r\\n"]',
    '[5,">","Action: Ping\\r\\n\\r\\n"]',
    '[15,"<","Event: A\\r\\n\\r\\n"]',
    '[15,"<","Event: B\\r\\n"]',
    '[25,"<","C: d\\r\\n\\r\\n"]',
    '[125,"<","Event: "]',
    '[125,"end","pbx"]',
  ]);
  const { masked, recorded } = parseRecording(text());
  assertEquals(masked, MASKED);
  assert(Math.abs(Date.parse(recorded) - Date.now()) < 60_000);
});

Deno.test("every byte is recorded, however the session was cut", () => {
  const bytes = fc.uint8Array({ maxLength: 30 }).map((bytes) =>
    // Line ends are seldom by chance.
    bytes.map((byte) => byte % 5 === 0 ? 10 : byte % 7 === 0 ? 13 : byte)
  );
  const chunk = fc.record({
    bytes,
    direction: fc.constantFrom("received" as const, "sent" as const),
  });
  fc.assert(fc.property(fc.array(chunk), (chunks) => {
    const { recorder, text } = recording();
    for (const { bytes, direction } of chunks) recorder.add(bytes, direction);
    recorder.end("client");
    const parsed = parseRecording(text());
    assertEquals(parsed.end?.by, "client");
    for (const direction of ["received", "sent"] as const) {
      assertEquals(
        bytesOf(parsed, direction),
        chunks.filter((chunk) => chunk.direction === direction)
          .map(({ bytes }) => toBinary(bytes)).join(""),
      );
    }
  }));
});

Deno.test("what is masked does not depend on how the session was cut", () => {
  const session = encoder.encode(
    "Asterisk Call Manager/11.0.0\r\nEvent: Newchannel\r\nCallerIDNum: 4930123456\r\nCallerIDName: Zoë\r\n\r\nEvent: AuthDetail\r\nPassword: x1y2\r\n\r\n",
  );
  const options = { key: new Uint8Array(32).fill(3) };
  const whole = recording(options);
  whole.recorder.add(session, "received");
  const expected = bytesOf(parseRecording(whole.text()), "received");
  for (const secret of ["4930123456", "Zo", "x1y2"]) {
    assert(!expected.includes(secret));
  }
  fc.assert(fc.property(fc.array(fc.nat(session.length)), (places) => {
    const { recorder, text } = recording(options);
    let start = 0;
    for (const end of [...places.toSorted((a, b) => a - b), session.length]) {
      recorder.add(session.subarray(start, end), "received");
      start = end;
    }
    assertEquals(bytesOf(parseRecording(text()), "received"), expected);
  }));
});

Deno.test("bytes that are not UTF-8 are masked, and stay such", () => {
  const { recorder, text } = recording({});
  const line = Uint8Array.of(
    ...encoder.encode("CallerIDName: Jos"),
    0xe9,
    13,
    10,
  );
  recorder.add(line, "received");
  const [piece] = parseRecording(text()).pieces;
  assertEquals(piece?.bytes.length, line.length);
  assert(!text().includes("Jos"));
  assert(text().includes('"latin1"]'));
});

Deno.test("the bytes may be overwritten after they were given", () => {
  const { recorder, text } = recording();
  const buffer = encoder.encode("Event: A\r\nEvent");
  recorder.add(buffer, "received");
  buffer.fill(0);
  recorder.end("client");
  assertEquals(lines(text())[1], '[0,"<","Event"]');
});
