/**
 * Frames that Asterisk and its modules really send, and what they are read as.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { DAMIData } from "../src/data.ts";
import { DataParser } from "../src/wire/data_parser.ts";
import type { FrameKind } from "../src/wire/frame_head.ts";
import {
  chunked,
  comparable,
  cutAt,
  readWire,
  type ReadWireOptions,
} from "./_wire.ts";

const PARSER = new DataParser(true);

const GREETING = "Asterisk Call Manager/11.0.0\r\n";

interface TrickyFrame {
  name: string;
  /** The bytes after the greeting; each character is one byte unless `text` is set. */
  wire: string;
  /** The kind and the data of each frame. */
  frames: [kind: FrameKind, data: DAMIData][];
  cutOff?: string[];
  options?: ReadWireOptions;
}

const TRICKY_FRAMES: TrickyFrame[] = [
  { name: "a greeting alone", wire: "", frames: [] },
  {
    name: "a response in the same chunk as the greeting",
    wire:
      "Response: Success\r\nActionID: a1\r\nMessage: Authentication accepted\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "a1",
      Message: "Authentication accepted",
    }]],
  },
  {
    name: "a response without Message",
    wire:
      "Response: Success\r\nActionID: p1\r\nPing: Pong\r\nTimestamp: 1722945600.000042\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "p1",
      Ping: "Pong",
      Timestamp: "1722945600.000042",
    }]],
  },
  {
    name: "a response without ActionID",
    wire: "Response: Error\r\nMessage: Missing action in request\r\n\r\n",
    frames: [["response", {
      Response: "Error",
      Message: "Missing action in request",
    }]],
  },
  {
    name: "colons in a value",
    wire:
      "Response: Error\r\nActionID: a\r\nMessage: Invalid/unknown command: X. Use Action: ListCommands to show available commands.\r\n\r\n",
    frames: [["response", {
      Response: "Error",
      ActionID: "a",
      Message:
        "Invalid/unknown command: X. Use Action: ListCommands to show available commands.",
    }]],
  },
  {
    name: "an empty value",
    wire:
      "Event: Hangup\r\nAccountCode: \r\nCause-txt: Normal Clearing\r\n\r\n",
    frames: [["event", {
      Event: "Hangup",
      AccountCode: "",
      "Cause-txt": "Normal Clearing",
    }]],
  },
  {
    name: "no space after the colon",
    wire: "Event: Old\r\nReportBlock:\r\nA:b\r\n\r\n",
    frames: [["event", { Event: "Old", ReportBlock: "", A: "b" }]],
  },
  {
    name: "colons without a space in a value",
    wire: "Event: X\r\nURI: sip:6001@10.0.0.1:5060\r\n\r\n",
    frames: [["event", { Event: "X", URI: "sip:6001@10.0.0.1:5060" }]],
  },
  {
    name: "a Command answer, with its spaces and empty lines",
    wire:
      "Response: Success\r\nActionID: c\r\nMessage: Command output follows\r\nOutput:  Endpoint:  6001\r\nOutput: \r\nOutput: Objects found: 1\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "c",
      Message: "Command output follows",
      Output: [" Endpoint:  6001", "", "Objects found: 1"],
    }]],
  },
  {
    name: "a failed Command keeps its output",
    wire:
      "Response: Error\r\nActionID: c\r\nMessage: Command output follows\r\nOutput: No such command 'foo'\r\n\r\n",
    frames: [["response", {
      Response: "Error",
      ActionID: "c",
      Message: "Command output follows",
      Output: ["No such command 'foo'"],
    }]],
  },
  {
    name: "a carriage return at the end of a value",
    wire:
      "Response: Success\r\nMessage: Command output follows\r\nOutput: a\r\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      Message: "Command output follows",
      Output: ["a\r"],
    }]],
  },
  {
    name: "a Command without output",
    wire:
      "Response: Success\r\nActionID: c\r\nMessage: Command output follows\r\nOutput: \r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "c",
      Message: "Command output follows",
      Output: [""],
    }]],
  },
  {
    name: "a Command answer of Asterisk 13",
    wire:
      "Response: Follows\r\nPrivilege: Command\r\nActionID: c\r\none\n\nKey: v\n--END COMMAND--\r\n\r\n",
    frames: [["response", {
      Response: "Follows",
      Privilege: "Command",
      ActionID: "c",
      Output: ["one", "", "Key: v"],
    }]],
  },
  {
    name: "a Command answer of Asterisk 13 without a last line feed",
    wire:
      "Response: Follows\r\nPrivilege: Command\r\nno newline--END COMMAND--\r\n\r\n",
    frames: [["response", {
      Response: "Follows",
      Privilege: "Command",
      Output: ["no newline"],
    }]],
  },
  {
    name: "an empty line within a Command answer of Asterisk 13",
    wire:
      "Response: Follows\r\nPrivilege: Command\r\nActionID: c\r\none\na\r\n\r\nb\n--END COMMAND--\r\n\r\n",
    frames: [["response", {
      Response: "Follows",
      Privilege: "Command",
      ActionID: "c",
      Output: ["one", "a", "", "b"],
    }]],
  },
  {
    name: "a Command answer of Asterisk 13 that looks like headers",
    wire:
      "Response: Follows\r\nPrivilege: Command\r\nActionID: c\r\nPrivilege: x\nActionID: 9\n--END COMMAND--\r\n\r\n",
    frames: [["response", {
      Response: "Follows",
      Privilege: "Command",
      ActionID: "c",
      Output: ["Privilege: x", "ActionID: 9"],
    }]],
  },
  {
    name: "the end marker inside a Command answer of Asterisk 13",
    wire:
      "Response: Follows\r\nPrivilege: Command\r\na\n--END COMMAND--\r\nb\n--END COMMAND--\r\n\r\n",
    frames: [["response", {
      Response: "Follows",
      Privilege: "Command",
      Output: ["a", "--END COMMAND--", "b"],
    }]],
  },
  {
    name: "an EventList in another case",
    wire:
      "Response: Success\r\nActionID: f\r\nEventList: Start\r\nMessage: FAXSessionsEntry event list will follow\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "f",
      EventList: "Start",
      Message: "FAXSessionsEntry event list will follow",
    }]],
  },
  {
    name: "the completion of an empty list",
    wire:
      "Event: QueueStatusComplete\r\nActionID: q\r\nEventList: Complete\r\nListItems: 0\r\n\r\n",
    frames: [["event", {
      Event: "QueueStatusComplete",
      ActionID: "q",
      EventList: "Complete",
      ListItems: 0,
    }]],
  },
  {
    name: "a Message that ends in a line feed",
    wire:
      "Response: Error\r\nActionID: m\r\nMessage: Could not complete channel map\n\r\n\r\n",
    frames: [["response", {
      Response: "Error",
      ActionID: "m",
      Message: "Could not complete channel map",
    }]],
  },
  {
    name: "an event that holds a header Response",
    wire:
      "Event: OriginateResponse\r\nPrivilege: call,all\r\nActionID: o\r\nResponse: Failure\r\nReason: 5\r\n\r\n",
    frames: [["event", {
      Event: "OriginateResponse",
      Privilege: "call,all",
      ActionID: "o",
      Response: "Failure",
      Reason: 5,
    }]],
  },
  {
    name: "a UserEvent with forged headers",
    wire:
      "Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: x\r\nActionID: q\r\nEvent: Hangup\r\nEventList: Complete\r\n\r\n",
    frames: [["event", {
      Event: ["UserEvent", "Hangup"],
      Privilege: "user,all",
      UserEvent: "x",
      ActionID: "q",
      EventList: "Complete",
    }]],
  },
  {
    name: "repeated headers, in their order",
    wire:
      "Event: Status\r\nPrivilege: Call\r\nVariable: A=1\r\nVariable: B=2=3\r\nActionID: s\r\n\r\n",
    frames: [["event", {
      Event: "Status",
      Privilege: "Call",
      Variable: ["A=1", "B=2=3"],
      ActionID: "s",
    }]],
  },
  {
    name: "a header name with brackets",
    wire:
      "Event: Rename\r\nPrivilege: call,all\r\nChannel: A\r\nNewname: B\r\nUniqueid: 1.1\r\nChanVariable(A): k=v\r\n\r\n",
    frames: [["event", {
      Event: "Rename",
      Privilege: "call,all",
      Channel: "A",
      Newname: "B",
      Uniqueid: "1.1",
      "ChanVariable(A)": "k=v",
    }]],
  },
  {
    name: "a header name with a slash",
    wire: "Event: AOC-D\r\nUnits(0)/NumberOf: 5\r\n\r\n",
    frames: [["event", { Event: "AOC-D", "Units(0)/NumberOf": 5 }]],
  },
  {
    name: "an empty line too many",
    wire:
      "Response: Success\r\nActionID: r\r\nRuleList: std\r\nRule: 30,+5,-1\r\nRuleList: vip\r\nRule: 5,9,0\r\n\r\n\r\nEvent: X\r\n\r\n",
    frames: [
      ["response", {
        Response: "Success",
        ActionID: "r",
        RuleList: ["std", "vip"],
        Rule: ["30,+5,-1", "5,9,0"],
      }],
      ["event", { Event: "X" }],
    ],
  },
  {
    name: "a Message that ends in a line feed, and an event after it",
    wire:
      "Response: Success\r\nActionID: k\r\nMessage: Park successful\n\r\n\r\nEvent: X\r\n\r\n",
    frames: [
      ["response", {
        Response: "Success",
        ActionID: "k",
        Message: "Park successful",
      }],
      ["event", { Event: "X" }],
    ],
  },
  {
    name: "an Agents item with a bare line feed between two headers",
    wire:
      "Event: Agents\r\nAgent: 7\r\nCallStarted: 100\nLoggedInTime: 90\r\nActionID: g\r\n\r\n",
    frames: [["event", {
      Event: "Agents",
      Agent: 7,
      CallStarted: 100,
      LoggedInTime: 90,
      ActionID: "g",
    }]],
  },
  {
    name: "a frame that ends with CRLF and a bare line feed",
    wire:
      "Event: CoreShowChannelMap\r\nActionID: m\r\nConnectedChannel: B\r\n\nEvent: CoreShowChannelMapComplete\r\nActionID: m\r\nEventList: Complete\r\nListItems: 1\r\n\r\n",
    frames: [
      ["event", {
        Event: "CoreShowChannelMap",
        ActionID: "m",
        ConnectedChannel: "B",
      }],
      ["event", {
        Event: "CoreShowChannelMapComplete",
        ActionID: "m",
        EventList: "Complete",
        ListItems: 1,
      }],
    ],
  },
  {
    name: "two bare line feeds inside a value",
    wire:
      "Response: Success\r\nActionID: v\r\nVariable: X\r\nValue: l1\n\nl2\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "v",
      Variable: "X",
      Value: "l1\n\nl2",
    }]],
  },
  {
    name: "a bare line feed at the end of a value that is no Message",
    wire:
      "Response: Success\r\nActionID: v\r\nVariable: X\r\nValue: l1\n\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "v",
      Variable: "X",
      Value: "l1\n",
    }]],
  },
  {
    name: "a line without a colon",
    wire: "Response: Success\r\nActionID: g\r\nNo categories found\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "g",
      $lines: ["No categories found"],
    }]],
  },
  {
    name: "a response with headers named like frames",
    wire:
      "Response: Success\r\nActionID: l\r\nEvents: Control Event Flow. (Priv: <none>)\r\nPing: Keepalive command. (Priv: <none>)\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "l",
      Events: "Control Event Flow. (Priv: <none>)",
      Ping: "Keepalive command. (Priv: <none>)",
    }]],
  },
  {
    name: "a value in JSON",
    wire:
      'Response: Success\r\nActionID: j\r\nJSON: {"a":{"k":"1","k":"2"}}\r\n\r\n',
    frames: [["response", {
      Response: "Success",
      ActionID: "j",
      JSON: '{"a":{"k":"1","k":"2"}}',
    }]],
  },
  {
    name: "text without Response or ActionID, ended like a line",
    wire:
      "PJSIP/a 0 -1 Tx:NEW Rx:ACK\n\r\nResponse: Success\r\nActionID: z\r\n\r\n",
    frames: [
      ["text", { $lines: ["PJSIP/a 0 -1 Tx:NEW Rx:ACK"] }],
      ["response", { Response: "Success", ActionID: "z" }],
    ],
  },
  {
    name: "a goodbye, and the end",
    wire:
      "Response: Goodbye\r\nActionID: b\r\nMessage: Thanks for all the fish.\r\n\r\n",
    frames: [["response", {
      Response: "Goodbye",
      ActionID: "b",
      Message: "Thanks for all the fish.",
    }]],
  },
  {
    name: "an end inside a frame",
    wire: "Event: Newchannel\r\nChannel: PJSIP/60",
    frames: [],
    cutOff: ["Event: Newchannel", "Channel: PJSIP/60"],
  },
  {
    name: "an end before the empty line",
    wire: "Event: X\r\n\r\nEvent: Newchannel\r\nChannel: PJSIP/6001\r\n",
    frames: [["event", { Event: "X" }]],
    cutOff: ["Event: Newchannel", "Channel: PJSIP/6001"],
  },
  {
    name: "a byte that is not UTF-8",
    wire: "Event: NewCallerid\r\nCallerIDName: Jos\xe9\r\n\r\n",
    frames: [["event", { Event: "NewCallerid", CallerIDName: "Jos\ufffd" }]],
  },
  {
    name: "a byte of latin1",
    wire: "Event: NewCallerid\r\nCallerIDName: Jos\xe9\r\n\r\n",
    options: { encoding: "latin1" },
    frames: [["event", { Event: "NewCallerid", CallerIDName: "José" }]],
  },
  {
    name: "a backslash before an apostrophe",
    wire: "Event: NewCallerid\r\nCallerIDName: O\\'Brien\r\n\r\n",
    frames: [["event", { Event: "NewCallerid", CallerIDName: "O\\'Brien" }]],
  },
  {
    name: "a Message that comes twice",
    wire:
      "Response: Success\r\nActionID: s\r\nMessage: Presence State\r\nState: away\r\nMessage: lunch\r\nPresenceMessage: lunch\r\n\r\n",
    frames: [["response", {
      Response: "Success",
      ActionID: "s",
      Message: ["Presence State", "lunch"],
      State: "away",
      PresenceMessage: "lunch",
    }]],
  },
  {
    name: "empty lines before a frame",
    wire: "\r\n\r\nEvent: X\r\n\r\n",
    frames: [["event", { Event: "X" }]],
  },
  {
    name: "an event with a header of its own name",
    wire:
      "Event: Shutdown\r\nPrivilege: system,all\r\nShutdown: Cleanly\r\nRestart: False\r\n\r\n",
    frames: [["event", {
      Event: "Shutdown",
      Privilege: "system,all",
      Shutdown: "Cleanly",
      Restart: "False",
    }]],
  },
  {
    name: "an event whose name holds a space",
    wire: "Event: DataGet Tree\r\nActionID: d\r\n\r\n",
    frames: [["event", { Event: "DataGet Tree", ActionID: "d" }]],
  },
  {
    name: "UTF-8 in names and values",
    wire:
      "Event: UserEvent\r\nN\xc3\xa4me: Zo\xc3\xab \xf0\x9f\x90\x9f\r\n\r\n",
    frames: [["event", { Event: "UserEvent", Näme: "Zoë 🐟" }]],
  },
];

/** The bytes of a text in which each character stands for one byte. */
function bytesOf(wire: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(wire, (character) => character.charCodeAt(0));
}

for (const { name, wire, frames, cutOff = [], options } of TRICKY_FRAMES) {
  Deno.test(`reading the wire: ${name}`, async () => {
    const bytes = bytesOf(GREETING + wire);
    const whole = await readWire([bytes], options);
    assertEquals(whole.greeting, "Asterisk Call Manager/11.0.0");
    assertEquals(
      whole.frames.map((frame) => [frame.kind, frame.data(PARSER)]),
      frames,
    );
    assertEquals(whole.cutOff, cutOff);

    for (let place = 1; place < bytes.length; place++) {
      const halves = await readWire(cutAt(bytes, [place]), options);
      assertEquals(
        comparable(halves),
        comparable(whole),
        `cut after byte ${place}`,
      );
    }
    const everyByte = cutAt(bytes, [...bytes.keys()].slice(1));
    assertEquals(
      comparable(await readWire(everyByte, options)),
      comparable(whole),
    );
    await fc.assert(
      fc.asyncProperty(chunked(bytes), async (chunks) => {
        assertEquals(
          comparable(await readWire(chunks, options)),
          comparable(whole),
        );
      }),
      { numRuns: 20 },
    );
  });
}

Deno.test("reading the wire: all tricky frames in a row read as each alone", async () => {
  const inRow = TRICKY_FRAMES.filter(({ cutOff, options }) =>
    cutOff === undefined && options === undefined
  );
  const wire = inRow.map((frame) => frame.wire).join("");
  const bytes = bytesOf(GREETING + wire);
  const expected = inRow.flatMap(({ frames }) => frames);
  await fc.assert(
    fc.asyncProperty(chunked(bytes, 200), async (chunks) => {
      const { frames } = await readWire(chunks);
      assertEquals(
        frames.map((frame) => [frame.kind, frame.data(PARSER)]),
        expected,
      );
    }),
    { numRuns: 50 },
  );
});

Deno.test("reading the wire: a peer that ends its lines with bare line feeds is understood", async () => {
  const wire = GREETING +
    "Event: X\r\nA: b: c\r\n\r\nResponse: Follows\r\nPrivilege: Command\r\none\n\ntwo\n--END COMMAND--\r\n\r\n";
  const { greeting, frames } = await readWire([
    bytesOf(wire.replaceAll("\r\n", "\n")),
  ]);
  assertEquals(greeting, "Asterisk Call Manager/11.0.0");
  assertEquals(frames.map((frame) => frame.data(PARSER)), [
    { Event: "X", A: "b: c" },
    {
      Response: "Follows",
      Privilege: "Command",
      Output: ["one", "", "two"],
    },
  ]);
});

Deno.test("reading the wire: a value of five megabytes is one value", async () => {
  const json = `{"k":"${"x".repeat(5_000_000)}"}`;
  const bytes = bytesOf(
    `${GREETING}Response: Success\r\nActionID: j\r\nJSON: ${json}\r\n\r\n`,
  );
  const places = Array.from({ length: 100 }, (_, index) => index * 50_000);
  const { frames } = await readWire(cutAt(bytes, places));
  assertEquals(frames.length, 1);
  assert(frames[0]?.data(PARSER).JSON === json);
});

Deno.test("reading the wire: any bytes at all give the same frames in any chunks", async () => {
  const alphabet = ["\r", "\n", ":", " ", "a", "\xc3", "\xa4", "\xed", "\xb0"];
  const words = ["\r\n", "\r\n\r\n", "Event: ", "Response: Follows\r\n"];
  const part = fc.constantFrom(...alphabet, ...words, "--END COMMAND--");
  const input = fc.array(part, { maxLength: 60 })
    .map((parts) => bytesOf(parts.join("")))
    .chain((bytes) => fc.tuple(fc.constant(bytes), chunked(bytes, 10)));
  await fc.assert(
    fc.asyncProperty(input, async ([bytes, chunks]) => {
      assertEquals(
        comparable(await readWire(chunks)),
        comparable(await readWire([bytes])),
      );
    }),
    { numRuns: 500 },
  );
});
