import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { KNOWN_WORDS } from "../../../../src/cli/recording/masking/known_words.ts";
import {
  type LineDirection,
  SessionMask,
} from "../../../../src/cli/recording/masking/session_mask.ts";
import { TextMask } from "../../../../src/cli/recording/masking/text_mask.ts";
import { SECRETS } from "./_secrets.ts";

const key = new Uint8Array(32).fill(1);
const texts = new TextMask({ key });

/** Masks the lines of a session, CRLF at their ends. */
function mask(
  lines: readonly string[],
  direction: LineDirection = "received",
  session = new SessionMask({ key }),
): string[] {
  return lines.map((line) =>
    session.line(`${line}\r\n`, direction).slice(0, -2)
  );
}

/** Cuts a text after each line feed. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

Deno.test("secrets are masked, whatever frame they are in", () => {
  for (const [direction, lines, secrets] of SECRETS) {
    const masked = mask([...lines, ...secrets], direction)
      .slice(lines.length);
    assertEquals(
      masked,
      secrets.map((line) => line.replace(/: .*/, ": ********")),
    );
  }
  assertEquals(mask(["Event: AuthDetail", "Password: "])[1], "Password: ");
});

Deno.test("secrets of configuration files are masked", () => {
  assertEquals(
    mask([
      "Response: Success",
      "Category-000000: general",
      "Line-000000-000000: secret=x1y2,z",
      "Line-000000-000001: language=en",
      "Line-000001-000002: 100=1234,,de",
      "Line-000001-000003: 10=-4321",
      'JSON: {"default":{"secret":"x1y2","language":"en"}}',
    ]).slice(2),
    [
      "Line-000000-000000: secret=********",
      "Line-000000-000001: language=en",
      `Line-000001-000002: ${texts.label("100")}=********,,de`,
      "Line-000001-000003: 10=********",
      'JSON: {"default":{"secret":"********","language":"en"}}',
    ],
  );
});

Deno.test("what Response means depends on the frame", () => {
  const event = ["Event: OriginateResponse", "Response: Failure"];
  assertEquals(mask(event), event);
  assertEquals(
    mask(["Event: ChallengeResponseFailed", "Response: abc"])[1],
    "Response: ********",
  );
});

Deno.test("the same channel is the same everywhere", () => {
  const number = texts.label("6001");
  assertEquals(
    mask([
      "Event: VarSet",
      "Channel: PJSIP/6001-0000000a",
      "CallerIDNum: 6001",
      "Uniqueid: 1795364878.10",
      "Variable: BRIDGEPEER",
      "Value: PJSIP/6001-0000000a",
      "ChanVariable: PEER=PJSIP/6001-0000000a",
      "ChanVariable(PJSIP/6001-0000000a): A=1",
    ]),
    [
      "Event: VarSet",
      `Channel: PJSIP/${number}-0000000a`,
      `CallerIDNum: ${number}`,
      "Uniqueid: 1795364878.10",
      "Variable: BRIDGEPEER",
      `Value: PJSIP/${number}-0000000a`,
      `ChanVariable: PEER=PJSIP/${number}-0000000a`,
      `ChanVariable(PJSIP/${number}-0000000a): A=1`,
    ],
  );
});

Deno.test("names are masked in variables as well", () => {
  const name = texts.name("Call Park");
  assertEquals(
    mask(["Event: VarSet", "Variable: CALLERID(name)", "Value: Call Park"])[2],
    `Value: ${name}`,
  );
  assertEquals(
    mask(["Event: Status", "Variable: MEMBERNAME=Call Park"])[1],
    `Variable: MEMBERNAME=${name}`,
  );
});

Deno.test("the client's ActionIDs stay, others are masked", () => {
  const session = new SessionMask({ key });
  const own = ["Action: Ping", "ActionID: call-4930123456", ""];
  assertEquals(mask(own, "sent", session), own);
  const answer = ["Response: Success", "ActionID: call-4930123456", ""];
  assertEquals(mask(answer, "received", session), answer);
  const number = texts.label("4930999999");
  assertEquals(
    mask(
      ["Event: UserEvent", "ActionID: call-4930999999"],
      "received",
      session,
    )[1],
    `ActionID: call-${number}`,
  );
});

Deno.test("what an action can be given is masked, though events have it as well", () => {
  const number = texts.label("4930123456");
  const name = texts.name("Zoltan");
  const cases: [line: string, masked: string][] = [
    ["File: /tmp/4930123456.wav", `File: /tmp/${number}.wav`],
    [
      "Reason: lunch with Zoltan",
      `Reason: ${texts.name("lunch")} with ${name}`,
    ],
    ["CommandID: 4930123456", `CommandID: ${number}`],
  ];
  for (const [line, masked] of cases) {
    assertEquals(mask(["Action: X", line], "sent")[1], masked);
  }
  const states = [
    "State: NOT_INUSE",
    "State: RINGING",
    "DeviceState: Not in use",
  ];
  assertEquals(mask(["Event: X", ...states]).slice(1), states);
});

Deno.test("a user event has no header that is known to be harmless", () => {
  const event = ["Event: UserEvent", "Privilege: user,all"];
  const headers = ["Timeout: 4930123456", "State: Zoltan"];
  assertEquals(
    mask([...event, "UserEvent: Custom", ...headers]),
    [
      ...event,
      "UserEvent: Custom",
      `Timeout: ${texts.label("4930123456")}`,
      `State: ${texts.name("Zoltan")}`,
    ],
  );
  const live = ["Event: Dial", ...headers.slice(0, 1)];
  assertEquals(mask(live), live);
});

Deno.test("what a command has printed is text, also in the old way", () => {
  const session = new SessionMask({ key });
  mask(["Action: Command", "ActionID: c-1234567", ""], "sent", session);
  const number = texts.label("6001");
  const name = texts.name("Alice");
  assertEquals(
    mask(
      [
        "Response: Follows",
        "Privilege: Command",
        "ActionID: c-1234567",
        "Alice: busy",
        "",
        "Timeout: 6001--END COMMAND--",
        "",
        "Event: Dial",
        "Timeout: 6001",
      ],
      "received",
      session,
    ),
    [
      "Response: Follows",
      "Privilege: Command",
      "ActionID: c-1234567",
      `${name}: busy`,
      "",
      `Timeout: ${number}--END COMMAND--`,
      "",
      "Event: Dial",
      "Timeout: 6001",
    ],
  );
  assertEquals(
    mask(["Response: Success", "Output:  Alice  6001 ", "No header Alice"]),
    ["Response: Success", `Output:  ${name}  ${number} `, `No header ${name}`],
  );
});

Deno.test("digits that were pressed tell nothing", () => {
  assertEquals(mask(["Event: DTMFEnd", "Digit: 7"])[1], "Digit: 0");
});

Deno.test("what ListCommands tells stays", () => {
  const line = "PJSIPShowAors: Lists PJSIP AORs, oddly.  (Priv: system,all)";
  assertEquals(mask(["Response: Success", line])[1], line);
  assertEquals(
    mask(["Response: Success", "Challenge: Generate.  (Priv: <none>)"])[1],
    "Challenge: Generate.  (Priv: <none>)",
  );
  const output = "Output: 4930123456 (Priv: <none>)";
  assert(!mask(["Response: Success", output])[1]?.includes("4930123456"));
});

Deno.test("an empty line in a value ends no frame, one after CRLF does", () => {
  const session = new SessionMask({ key });
  const lines = (text: string) =>
    linesOf(text).map((line) => session.line(line, "received")).join("");
  const wrapped = "Event: UserEvent\r\nText: a\n\nb\r\nTimeout: ";
  assertEquals(
    lines(`${wrapped}4930123456\r\n\r\n`),
    `${wrapped}${texts.label("4930123456")}\r\n\r\n`,
  );
  const bare =
    "Event: UserEvent\r\n\nEvent: Dial\r\nTimeout: 4930123456\r\n\r\n";
  assertEquals(lines(bare), bare);
});

Deno.test("header names keep their words and their numbers that count", () => {
  assertEquals(
    mask([
      "Event: UserEvent",
      "Näme: 1",
      "Line-000001-000002: a",
      "x4930123456: b",
    ])
      .map((line) => line.split(":")[0]),
    [
      "Event",
      "Näme",
      "Line-000001-000002",
      `x${texts.label("4930123456")}`,
    ],
  );
});

Deno.test("nothing is masked beside secrets if nothing shall be", async () => {
  const session = new SessionMask({
    numbers: false,
    names: false,
    addresses: false,
  });
  const url = new URL("../../../captures/calls-22.txt", import.meta.url);
  const text = await Deno.readTextFile(url);
  assertEquals(
    linesOf(text).map((line) => session.line(line, "received")).join(""),
    text,
  );
});

const PERSONAL = [
  "CallerIDNum",
  "CallerIDName",
  "DestConnectedLineName",
  "Exten",
  "Channel",
  "AppData",
  "Value",
  "Output",
  "Message",
  "MemberName",
  "Interface",
  "Contacts",
  "Env",
  "JSON",
  "Key",
  "Anything",
];

const someNumber = fc.stringMatching(/^[1-9]\d{8,14}$/);

const someName = fc.stringMatching(/^\p{L}{6,12}$/u).filter((text) =>
  !KNOWN_WORDS.has(text.toLowerCase())
);

/** A value that holds a number and a name. */
const someValue = fc.tuple(
  fc.constantFrom(
    (number: string, name: string) => `${name} <${number}>`,
    (number: string, name: string) => `PJSIP/${number}-0000000a,30,${name}`,
    (number: string, name: string) => `sip:${name}@${number}`,
    (number: string, name: string) => `{"${name}":"${number}"}`,
    (number: string, name: string) =>
      `agi_a%3A%20${number}%0Aagi_b%3A%20${name}`,
    (number: string, name: string) => `Set(CALLERID(all)=${name}&${number})`,
  ),
  someNumber,
  someName,
);

Deno.test("no number and no name stays in a session, and its frames keep their shape", () => {
  const frame = fc.tuple(
    fc.constantFrom(
      "Event: Newchannel",
      "Event: UserEvent",
      "Response: Success",
    ),
    fc.array(fc.tuple(fc.constantFrom(...PERSONAL), someValue), {
      maxLength: 6,
    }),
  );
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 5 }), (frames) => {
      const text = frames.map(([first, headers]) =>
        [
          first,
          ...headers.map(([header, [make, number, name]]) =>
            `${header}: ${make(number, name)}`
          ),
          "",
          "",
        ].join("\r\n")
      ).join("");
      const session = new SessionMask({ key });
      const masked = linesOf(text).map((line) => session.line(line, "received"))
        .join("");
      for (const [, headers] of frames) {
        for (const [, [, number, name]] of headers) {
          assert(!masked.includes(number), `${number} is in ${masked}`);
          assert(!masked.includes(name), `${name} is in ${masked}`);
        }
      }
      const shape = (text: string) =>
        linesOf(text).map((line) => [/^\w*/.exec(line)?.[0], line.length]);
      assertEquals(shape(masked), shape(text));
      // What was equal is equal, and what was not is not.
      const values = linesOf(text);
      const results = linesOf(masked);
      assertEquals(new Set(results).size, new Set(values).size);
    }),
    { numRuns: 200 },
  );
});

Deno.test("no caller and no extension of a real session stays", async () => {
  const url = new URL("../../../captures/calls-22.txt", import.meta.url);
  const text = await Deno.readTextFile(url);
  const session = new SessionMask({ key });
  const lines = linesOf(text);
  const masked = lines.map((line) => session.line(line, "received"));
  assertEquals(masked.length, lines.length);
  const rest = masked.join("");
  for (const personal of ["Zoë", "Ünï", "Alice", "Jones", "Smith", "5551"]) {
    assert(!rest.includes(personal), personal);
  }
  const headers = (lines: readonly string[]) =>
    lines.map((line) => line.split(":")[0]);
  assertEquals(headers(masked), headers(lines));
  // A program that follows calls finds the same ones.
  const linked = (lines: readonly string[]) =>
    lines.filter((line) => /^(?:Linkedid|Uniqueid|BridgeUniqueid):/.test(line));
  assertEquals(linked(masked), linked(lines));
});
