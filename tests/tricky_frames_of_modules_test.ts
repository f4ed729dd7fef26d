/**
 * Frames of modules, proxies and versions that are not Asterisk's own or long
 * past, and what they are read as.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { DAMIData } from "../src/data.ts";
import { DataParser } from "../src/wire/data_parser.ts";
import type { FrameKind } from "../src/wire/frame_head.ts";
import { chunked, comparable, readWire } from "./_wire.ts";

const PARSER = new DataParser(true);
const GREETING = "Asterisk Call Manager/11.0.0\r\n";

interface ModuleFrames {
  name: string;
  wire: string;
  frames: [kind: FrameKind, data: DAMIData][];
}

const CASES: ModuleFrames[] = [
  {
    name: "ActionID before Response (app_rpt)",
    wire:
      "ActionID: a\r\nResponse: Success\r\nNode: 1999\r\nConn: 2001\r\nConn: 2002\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "a",
      Node: 1999,
      Conn: ["2001", "2002"],
    }]],
  },
  {
    name: "Server before Response (astmanproxy)",
    wire:
      "Server: 10.0.0.1\r\nResponse: Success\r\nActionID: a\r\nMessage: Authentication accepted\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      Server: "10.0.0.1",
      ActionID: "a",
      Message: "Authentication accepted",
    }]],
  },
  {
    name: "Privilege and ActionID before Event, in any letter case",
    wire:
      "privilege: call,all\r\nACTIONID: a\r\nevent: Hangup\r\nCause: 16\r\n\r\n",
    frames: [["event", {
      event: "Hangup",
      privilege: "call,all",
      ACTIONID: "a",
      Cause: 16,
    }]],
  },
  {
    name: "another header between ActionID and Response",
    wire: "Node: 1\r\nActionID: a\r\nX-y: z\r\nResponse: Error\r\n\r\n",
    frames: [["response", {
      Response: "Error",
      Node: 1,
      ActionID: "a",
      "X-y": "z",
    }]],
  },
  {
    name: "an old Command answer with ActionID before Response",
    wire:
      "ActionID: a\r\nResponse: Follows\r\nPrivilege: Command\r\none\nEvent: two\n--END COMMAND--\r\n\r\n",
    frames: [["response", {
      Response: "Follows",
      ActionID: "a",
      Privilege: "Command",
      Output: ["one", "Event: two"],
    }]],
  },
  {
    name: "text with a bare line feed before a response (chan_sccp)",
    wire:
      "Done\nResponse: Success\r\nActionID: a\r\nMessage: ok\r\n\r\nEvent: X\r\n\r\n",
    frames: [
      ["text", { $lines: ["Done"] }],
      ["response", { Response: "Success", ActionID: "a", Message: "ok" }],
      ["event", { Event: "X" }],
    ],
  },
  {
    name: "a response with bare line feeds after its first header",
    wire: "Done\nResponse: Success\nActionID: a\r\nMessage: ok\r\n\r\n",
    frames: [
      ["text", { $lines: ["Done"] }],
      ["response", { Response: "Success", ActionID: "a", Message: "ok" }],
    ],
  },
  {
    name: "lines of text with a bare line feed before a response",
    wire:
      "Server: up\r\nand running\nwell\nResponse: Success\r\nActionID: a\r\n\r\n",
    frames: [
      ["text", { $lines: ["Server: up", "and running", "well"] }],
      ["response", { Response: "Success", ActionID: "a" }],
    ],
  },
  {
    name: "responses without the empty line that ends them (Asterisk 1.6)",
    wire:
      "Response: Success\r\nActionID: a\r\nEvents: Off\r\nResponse: Success\r\nActionID: b\r\nPing: Pong\r\nEvent: Hangup\r\nCause: 16\r\n\r\n",
    frames: [
      ["response", { Response: "Success", ActionID: "a", Events: "Off" }],
      ["response", { Response: "Success", ActionID: "b", Ping: "Pong" }],
      ["event", { Event: "Hangup", Cause: 16 }],
    ],
  },
  {
    name: "headers named Response and Event of an event",
    wire:
      "Event: UserEvent\r\nUserEvent: x\r\nEvent: Hangup\r\nResponse: Success\r\n\r\nEvent: ResourceListDetail\r\nEvent: presence\r\n\r\nEvent: ChallengeResponseFailed\r\nResponse: a1b2\r\n\r\n",
    frames: [
      ["event", {
        Event: ["UserEvent", "Hangup"],
        UserEvent: "x",
        Response: "Success",
      }],
      ["event", { Event: ["ResourceListDetail", "presence"] }],
      ["event", { Event: "ChallengeResponseFailed", Response: "a1b2" }],
    ],
  },
  {
    name: "a header named Events of a response",
    wire:
      "Response: Success\r\nActionID: l\r\nEvents: Control Event Flow. (Priv: <none>)\r\nResponses: x\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "l",
      Events: "Control Event Flow. (Priv: <none>)",
      Responses: "x",
    }]],
  },
  {
    name: "free text with colons",
    wire: "Type: x\r\nName: y\r\n\r\nResponse: Success\r\n\r\n",
    frames: [
      ["text", { $lines: ["Type: x", "Name: y"] }],
      ["response", { Response: "Success" }],
    ],
  },
  {
    name: "free text with colons that is not ended",
    wire: "Type: x\r\nName: y\r\nResponse: Success\r\n\r\n",
    frames: [
      ["text", { $lines: ["Type: x", "Name: y"] }],
      ["response", { Response: "Success" }],
    ],
  },
];

for (const { name, wire, frames } of CASES) {
  Deno.test(`reading the wire: ${name}`, async () => {
    const bytes = new TextEncoder().encode(GREETING + wire);
    const whole = await readWire([bytes]);
    assertEquals(
      whole.frames.map((frame) => [frame.kind, frame.data(PARSER)]),
      frames,
    );
    assertEquals(whole.cutOff, []);
    await fc.assert(
      fc.asyncProperty(chunked(bytes), async (chunks) => {
        assertEquals(comparable(await readWire(chunks)), comparable(whole));
      }),
      { numRuns: 30 },
    );
  });
}
