import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  AmiLimitError,
  AmiResponseError,
  AmiTimeoutError,
  AmiVersionError,
} from "../../mod.ts";
import {
  describeError,
  formatRequest,
  makeError,
  parseAnswer,
  parseRequest,
} from "../../src/nats/action_protocol.ts";
import { ActionRules } from "../../src/nats/action_rules.ts";

Deno.test("parseRequest() reads what formatRequest() writes", () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.string()),
    fc.dictionary(fc.stringMatching(/^[A-Z]{1,5}$/), fc.string()),
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,9}$/), value),
      fc.option(fc.constantFrom(1, 60_000, Infinity), { nil: undefined }),
      fc.option(fc.string(), { nil: undefined }),
      fc.option(fc.record({ hangUp: fc.boolean() }), { nil: undefined }),
      (data, timeout, once, originate) => {
        const request = { data: { ...data }, timeout, once, originate };
        const read = parseRequest(formatRequest(request));
        assertEquals(JSON.stringify(read), JSON.stringify(request));
        assertEquals(read?.timeout, timeout);
      },
    ),
  );
});

Deno.test("parseRequest() reads no request into something else", () => {
  const texts = [
    "",
    "{}",
    "[]",
    '{"data":1}',
    '{"data":{},"timeout":"1"}',
    '{"data":{},"once":1}',
  ];
  for (const text of texts) assertEquals(parseRequest(text), undefined, text);
});

Deno.test("an error arrives as the error that it was", () => {
  const response = { Response: "Error", Message: "No" };
  const errors = [
    new AmiResponseError("a", {
      action: "X",
      frames: [response],
      emptyList: true,
    }),
    new AmiTimeoutError("b", { action: "X", timeout: 5, outcome: "not-sent" }),
    new AmiConnectionError("c", { failure: "shutdown", outcome: "unknown" }),
    new AmiClosedError("d", "unknown"),
    new AmiLimitError("e", "maxListFrames", 7),
    new AmiVersionError("f", "1.3", "2.0"),
    new AmiAuthenticationError("g", "admin"),
    new TypeError("h"),
    new RangeError("i"),
  ];
  for (const error of errors) {
    const text = JSON.stringify({ error: describeError(error) });
    const answer = parseAnswer(text);
    assert("error" in answer);
    const made = makeError(answer.error, "X");
    assertEquals(made.constructor, error.constructor);
    assertEquals(made.message, error.message);
    assertEquals({ ...made }, { ...error });
    if (made instanceof AmiResponseError) assertEquals(made.response, response);
  }
});

Deno.test("an error of unknown kind has the outcome unknown", () => {
  const made = makeError(describeError(new Error("odd")), "X");
  assertInstanceOf(made, AmiConnectionError);
  assertEquals(made.outcome, "unknown");
});

Deno.test("ActionRules allows what reads, and what is listed, in its letter case", () => {
  const rules = new ActionRules(["QueueAdd", "Mute*"]);
  const allowed = ["CoreStatus", "QueueAdd", "MuteAudio"];
  const refused = [
    "queueadd",
    "QUEUEADD",
    "QueueRemove",
    "Originate",
    "Getvar",
  ];
  assertEquals(allowed.filter((each) => !rules.allows(each)), []);
  assertEquals(refused.filter((each) => rules.allows(each)), []);
  assertEquals(rules.isReading("CoreStatus"), true);
  assertEquals(rules.isReading("QueueAdd"), false);
});

Deno.test("ActionRules never allows what would change the session of all", () => {
  const rules = new ActionRules(["*"]);
  for (const action of ["Login", "logoff", "EVENTS", "Filter", "Challenge"]) {
    assertEquals(rules.allows(action), false);
    assertThrows(() => new ActionRules([action]), TypeError, action);
  }
  assertThrows(() => new ActionRules(["a b"]), TypeError, "actions.allow");
});
