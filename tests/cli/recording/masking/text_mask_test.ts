import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import fc from "fast-check";
import { KNOWN_WORDS } from "../../../../src/cli/recording/masking/known_words.ts";
import { TextMask } from "../../../../src/cli/recording/masking/text_mask.ts";

const key = new Uint8Array(32).fill(1);
const mask = new TextMask({ key });

/** Returns the number after masking. */
function number(digits: string): string {
  return mask.label(digits);
}

/** Returns the word after masking. */
function word(word: string): string {
  return mask.name(word);
}

Deno.test("what Asterisk says stays", () => {
  const texts = [
    "",
    "<unknown>",
    "Authentication accepted",
    "Originate successfully queued",
    "Channels will follow",
    "A listing of Endpoints follows, presented as EndpointList events",
    "No active conferences.",
    "Extension Status",
    "Keepalive command.",
    "Asterisk 22.10.1 built by debian on 2026-11-22",
    "PJSIP/,30,t",
    "6cbbf5d6-e193-42f7-b7e5-387cde6e285f",
    "1795364878.24",
    "C-00000a1f",
    "12:30:45",
    "default",
    "from-internal",
    "hint:",
  ];
  for (const text of texts) assertEquals(mask.text(text), text);
});

Deno.test("numbers are masked wherever they stand, the same one in the same way", () => {
  const one = number("6001");
  assertNotEquals(one, "6001");
  const cases: [text: string, masked: string][] = [
    ["6001", one],
    ["PJSIP/6001-00000a1f;2", `PJSIP/${one}-00000a1f;2`],
    [
      "Local/6001@from-internal-00000001;1",
      `Local/${one}@from-internal-00000001;1`,
    ],
    ["sip:6001@127.0.0.1:5060", `sip:${one}@127.0.0.1:5060`],
    ["<6001>,6001,30", `<${one}>,${one},30`],
    ["agi_extension%3A%206001%0A", `agi_extension%3A%20${one}%0A`],
    ["+4930123456", `+${number("4930123456")}`],
    ["004930123456", `00${number("4930123456")}`],
    ["555-1234", `${number("555")}-${number("1234")}`],
    ["pbx-1795364878.24", "pbx-1795364878.24"],
    ["%201795364878.24", "%201795364878.24"],
    ["7 calls, 42 s", "7 calls, 42 s"],
  ];
  for (const [text, masked] of cases) assertEquals(mask.text(text), masked);
});

Deno.test("a number in groups is the number that it is without them", () => {
  const digits = [...number("0123456789")];
  assertEquals(
    mask.text("01 23 45 67 89"),
    `${digits[0]}${digits[1]} ${digits[2]}${digits[3]} ${digits[4]}${
      digits[5]
    } ${digits[6]}${digits[7]} ${digits[8]}${digits[9]}`,
  );
  assertEquals(
    mask.text("6001 6002 6003"),
    ["6001", "6002", "6003"].map(number).join(" "),
  );
});

Deno.test("words are masked that are none of Asterisk's", () => {
  const alice = word("alice");
  assertMatch(alice, /^[a-z]{5}$/);
  const cases: [text: string, masked: string][] = [
    ["PJSIP/alice-00000001", `PJSIP/${alice}-00000001`],
    ["CALLERID(name)=Alice", `CALLERID(name)=${word("Alice")}`],
    ["Queue 'alice' is busy", `Queue '${alice}' is busy`],
    // A word of Asterisk's can be a name as well.
    ["Alice Park", `${word("Alice")} ${word("Park")}`],
    ["Call Waiting", "Call Waiting"],
    ["O\\'Brien", `O\\'${word("Brien")}`],
  ];
  for (const [text, masked] of cases) assertEquals(mask.text(text), masked);
});

Deno.test("a name is masked whatever its words are", () => {
  assertEquals(mask.name("Park"), word("Park"));
  assertNotEquals(word("Park"), "Park");
  assertEquals(mask.name("Zoë Ünï").length, 7);
  assert(!/[ZoëÜnï]/.test(mask.name("X").replaceAll(/[a-wyz]/gi, "")));
  for (const name of ["", "<unknown>", "unknown", "Anonymous", "asterisk"]) {
    assertEquals(mask.name(name), name);
  }
  assertEquals(
    mask.name('"Agent 6001" <6001>'),
    `"${word("Agent")} ${number("6001")}" <${number("6001")}>`,
  );
});

Deno.test("a label keeps its words", () => {
  assertEquals(mask.label("MyApp 6001"), `MyApp ${number("6001")}`);
});

Deno.test("digits that were pressed are no longer told apart", () => {
  assertEquals(["1", "9", "#", "*"].map((digit) => mask.digit(digit)), [
    "0",
    "0",
    "#",
    "*",
  ]);
});

Deno.test("public addresses are masked, ports and private ones stay", () => {
  assertMatch(
    mask.text("sip:x@203.0.113.7:5060"),
    /^sip:x@198\.1[89]\.\d+\.\d+:5060$/,
  );
  assertMatch(
    mask.text("IPV4/UDP/203.0.113.7/5060"),
    /^IPV4\/UDP\/198\.1[89]\.\d+\.\d+\/5060$/,
  );
  assertMatch(mask.text("[2a00:1450::68]:80"), /^\[2001:db8::\w+:\w+\]:80$/);
  assertEquals(mask.text("192.168.1.20:5060"), "192.168.1.20:5060");
});

Deno.test("what shall not be masked is not, but secrets are", () => {
  const text = "Alice 6001 203.0.113.7 secret=x";
  const secrets = "Alice 6001 203.0.113.7 secret=********";
  const open = new TextMask({ numbers: false, names: false, addresses: false });
  assertEquals(open.text(text), secrets);
  assertEquals(open.name("Alice 6001"), "Alice 6001");
  assertEquals(open.digit("5"), "5");
  const kept = new TextMask({ kept: ["ALICE", "6001"], addresses: false });
  assertEquals(kept.text(text), secrets);
  assertEquals(kept.name("Alice"), "Alice");
});

Deno.test("without a key nobody can tell what becomes of what", () => {
  const one = new TextMask();
  const other = new TextMask();
  assertNotEquals(one.text("4930123456789"), other.text("4930123456789"));
});

const someNumber = fc.stringMatching(/^[1-9]\d{8,14}$/);

const someWord = fc.stringMatching(/^\p{L}{6,12}$/u).filter((text) =>
  !KNOWN_WORDS.has(text.toLowerCase())
);

const separator = fc.constantFrom(
  " ",
  "/",
  "@",
  ",",
  "=",
  ": ",
  "%20",
  "&",
  "-",
);

Deno.test("no number and no word that is not Asterisk's stays in any text", () => {
  const part = fc.oneof(someNumber, someWord);
  const parts = fc.array(fc.tuple(part, separator), { minLength: 1 });
  fc.assert(
    fc.property(parts, (parts) => {
      const masked = mask.text(parts.flat().join(""));
      for (const [part] of parts) {
        assert(!masked.includes(part), `${part} is in ${masked}`);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("a text keeps its length and all that is neither digit nor letter", () => {
  const encoder = new TextEncoder();
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    fc.pre(!/[:.]/.test(text));
    const masked = mask.text(text);
    assertEquals(
      encoder.encode(masked).length,
      encoder.encode(text).length,
    );
    const shape = (text: string) => text.replaceAll(/[\p{L}\p{Nd}]/gu, "x");
    assertEquals(shape(masked), shape(text));
  }));
});
