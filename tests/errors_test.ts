import {
  assert,
  assertEquals,
  assertFalse,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";
import type { DAMIData } from "../src/data.ts";
import {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  AmiError,
  AmiLimitError,
  AmiProtocolError,
  AmiResponseError,
  AmiTimeoutError,
  AmiVersionError,
} from "../src/errors.ts";

const FRAMES: DAMIData[] = [
  { Response: "Success", EventList: "start" },
  { Event: "AuthDetail", Username: "6001", Password: "hunter2" },
  { Response: "Error", Message: "Could not read on" },
];

/** One of each, with the message `what happened`. */
function oneOfEach(): readonly (readonly [
  error: AmiError,
  name: string,
  code: string,
])[] {
  const message = "what happened";
  return [
    [
      new AmiConnectionError(message, { failure: "refused" }),
      "AmiConnectionError",
      "AMI_CONNECTION",
    ],
    [
      new AmiAuthenticationError(message, "admin"),
      "AmiAuthenticationError",
      "AMI_AUTHENTICATION",
    ],
    [
      new AmiResponseError(message, {
        action: "PJSIPShowAuths",
        frames: FRAMES,
        emptyList: false,
      }),
      "AmiResponseError",
      "AMI_RESPONSE",
    ],
    [
      new AmiTimeoutError(message, {
        action: "Reload",
        timeout: 5,
        outcome: "unknown",
      }),
      "AmiTimeoutError",
      "AMI_TIMEOUT",
    ],
    [new AmiClosedError(message), "AmiClosedError", "AMI_CLOSED"],
    [
      new AmiLimitError(message, "maxListFrames", 100),
      "AmiLimitError",
      "AMI_LIMIT",
    ],
    [
      new AmiProtocolError(message, ["line"]),
      "AmiProtocolError",
      "AMI_PROTOCOL",
    ],
    [
      new AmiVersionError(message, "1.3", "2.0"),
      "AmiVersionError",
      "AMI_VERSION",
    ],
  ];
}

for (const [error, name, code] of oneOfEach()) {
  Deno.test(`${name} has its name, its code and its message`, () => {
    assertEquals(error.name, name);
    assertEquals(error.code, code);
    assertEquals(error.message, "what happened");
    assertEquals(String(error), `${name}: what happened`);
  });

  Deno.test(`${name} is an AmiError and an Error`, () => {
    assert(error instanceof AmiError);
    assert(error instanceof Error);
    assert(Error.isError(error));
    assertEquals(error.constructor.name, name);
  });

  Deno.test(`${name} says where it was made`, () => {
    assertStringIncludes(error.stack ?? "", "errors_test.ts");
  });
}

Deno.test("AmiError has subclasses that are no relatives of each other", () => {
  const errors = oneOfEach().map(([error]) => error);
  for (const error of errors) {
    const relatives = errors.filter((other) =>
      error instanceof other.constructor
    );
    assertEquals(relatives, [error]);
  }
  assertEquals(new Set(errors.map(({ code }) => code)).size, errors.length);
});

Deno.test("AmiConnectionError has the reason, and the outcome of the action", () => {
  const error = new AmiConnectionError("lost", {
    failure: "lost",
    outcome: "unknown",
  });
  assertEquals(error.failure, "lost");
  assertEquals(error.outcome, "unknown");
});

Deno.test("AmiConnectionError has the outcome not-sent unless told otherwise", () => {
  const error = new AmiConnectionError("x", { failure: "no-greeting" });
  assertEquals(error.outcome, "not-sent");
});

Deno.test("AmiConnectionError keeps its cause", () => {
  const cause = new Deno.errors.ConnectionRefused("refused");
  const error = new AmiConnectionError("x", { failure: "refused", cause });
  assertStrictEquals(error.cause, cause);
});

Deno.test("AmiConnectionError has no cause where none is given", () => {
  const error = new AmiConnectionError("x", { failure: "refused" });
  assertFalse(Object.hasOwn(error, "cause"));
});

Deno.test("AmiAuthenticationError has the user that was refused", () => {
  assertEquals(new AmiAuthenticationError("x", "admin").username, "admin");
});

Deno.test("AmiResponseError has the action and its answer", () => {
  const error = new AmiResponseError("x", {
    action: "PJSIPShowEndpoint",
    frames: FRAMES,
    emptyList: true,
  });
  assertEquals(error.action, "PJSIPShowEndpoint");
  assertEquals(error.frames, FRAMES);
  assertEquals(error.emptyList, true);
});

Deno.test("AmiResponseError takes the last frame for the response", () => {
  const [start = {}, item = {}, response = {}] = FRAMES;
  const failedList = new AmiResponseError("x", {
    action: "X",
    frames: [start, item, response],
    emptyList: false,
  });
  assertStrictEquals(failedList.response, response);
  const failed = new AmiResponseError("x", {
    action: "X",
    frames: [response],
    emptyList: false,
  });
  assertStrictEquals(failed.response, response);
});

Deno.test("AmiResponseError has an empty response without frames", () => {
  const options = { action: "X", frames: [], emptyList: false };
  assertEquals(new AmiResponseError("x", options).response, {});
});

Deno.test("AmiResponseError does not show its frames, which may hold secrets", () => {
  const error = new AmiResponseError("The PBX refused", {
    action: "PJSIPShowAuths",
    frames: FRAMES,
    emptyList: false,
  });
  const wrapped = new Error("wrapped", { cause: error });
  for (
    const text of [
      Deno.inspect(error),
      Deno.inspect(error, { showHidden: true, depth: 10 }),
      Deno.inspect({ error }, { depth: 10 }),
      Deno.inspect(wrapped, { depth: 10 }),
      Deno.inspect(new AggregateError([error]), { depth: 10 }),
      JSON.stringify(error),
      JSON.stringify(Object.entries(error)),
      String(error),
      error.stack ?? "",
    ]
  ) {
    assertFalse(text.includes("hunter2"), text);
    assertFalse(text.includes("AuthDetail"), text);
  }
  assertStringIncludes(Deno.inspect(error), "The PBX refused");
  assertStringIncludes(Deno.inspect(error), "PJSIPShowAuths");
});

Deno.test("AmiTimeoutError has the action and the time waited", () => {
  const error = new AmiTimeoutError("x", {
    action: "Reload",
    timeout: 5_000,
    outcome: "unknown",
  });
  assertEquals(error.action, "Reload");
  assertEquals(error.timeout, 5_000);
  assertEquals(error.outcome, "unknown");
});

Deno.test("AmiClosedError has the outcome of the action", () => {
  assertEquals(new AmiClosedError("x").outcome, "not-sent");
  assertEquals(new AmiClosedError("x", "unknown").outcome, "unknown");
});

Deno.test("AmiLimitError names the bound that was passed", () => {
  const error = new AmiLimitError("x", "maxHeldEvents", 10);
  assertEquals(error.limit, "maxHeldEvents");
  assertEquals(error.value, 10);
});

Deno.test("AmiProtocolError has the received lines", () => {
  const error = new AmiProtocolError("x", ["a", "Password: hunter2"]);
  assertEquals(error.lines, ["a", "Password: hunter2"]);
  assert(!Deno.inspect(error, { showHidden: true }).includes("hunter2"));
});
