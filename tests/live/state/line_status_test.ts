import { assertEquals } from "@std/assert";
import { lineStatus } from "../../../src/live/state/line_status.ts";
import { Switchboard } from "../../../src/live/state/switchboard.ts";
import { ALICE, BOB, context, DOWN, event } from "../_frames.ts";

function switchboard(...frames: ReturnType<typeof event>[]): Switchboard {
  const board = new Switchboard();
  for (const frame of frames) {
    board.handlers(false).get(String(frame.Event))?.(frame, context());
  }
  return board;
}

Deno.test("lineStatus() knows a channel alone, one that is answered, and no other", () => {
  const board = switchboard(event("Newchannel", ALICE, DOWN));
  assertEquals(lineStatus(board, "1.1"), "alone");
  assertEquals(lineStatus(board, "1.9"), undefined);
  const answered = switchboard(
    event("Newchannel", ALICE, DOWN),
    event("Newchannel", BOB, {
      Linkedid: "1.1",
      ChannelState: 6,
      ChannelStateDesc: "Up",
    }),
  );
  assertEquals(lineStatus(answered, "1.1"), "answered");
});
