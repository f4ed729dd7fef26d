import {
  assert,
  assertEquals,
  assertMatch,
  assertNotStrictEquals,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import type { Logger } from "../../src/logger.ts";
import {
  DEFAULT_LIMITS,
  type ResolvedOptions,
  resolveOptions,
} from "../../src/options/options.ts";

/** Resolves options that the types may not allow. */
function resolveUnchecked(options: unknown): ResolvedOptions {
  return Reflect.apply(resolveOptions, undefined, [options]);
}

/** Holds that an option is refused with an error that says which. */
function assertRefused(
  options: unknown,
  errorClass: typeof TypeError | typeof RangeError,
  ...texts: string[]
): void {
  const error = assertThrows(() => resolveUnchecked(options), errorClass);
  for (const text of texts) assertStringIncludes(error.message, text);
  // A mistake that the engine finds would not say which option it is.
  assertMatch(error.message, /^Cannot use option '/);
}

const LOGGER: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Values that cannot be options. */
const OBJECT_WITHOUT_TEXT: unknown = Object.create(null);

Deno.test("resolveOptions() fills in every default", () => {
  const { logger, ...options } = resolveOptions();
  assertEquals(options, {
    hostname: "127.0.0.1",
    addresses: [{ hostname: "127.0.0.1", tls: undefined }],
    port: 5038,
    tls: undefined,
    authType: "plain",
    reconnect: undefined,
    keepAlive: { interval: 30_000, timeout: 10_000 },
    events: true,
    blocking: "same-connection",
    connectTimeout: 10_000,
    timeout: 60_000,
    integers: "catalog",
    encoding: "utf-8",
    onLine: undefined,
    onBytes: undefined,
    limits: {
      maxLineLength: 16_777_216,
      maxHeaders: 1_000_000,
      maxFrameLength: 67_108_864,
      maxListFrames: 1_000_000,
      maxAnswersLength: 268_435_456,
      maxHeldEvents: 10_000,
      maxHeldLength: 67_108_864,
      maxPendingActions: 100_000,
    },
  });
  assertEquals(logger, undefined);
});

Deno.test("resolveOptions() takes an option that is undefined for its default", () => {
  const { logger: _, ...defaults } = resolveOptions();
  // The addresses are made of other options.
  const names = Object.keys(resolveOptions())
    .filter((name) => name !== "addresses");
  const { logger: __, ...options } = resolveUnchecked(
    Object.fromEntries(names.map((name) => [name, undefined])),
  );
  assertEquals(options, defaults);
});

Deno.test("resolveOptions() takes a limit that is undefined for its default", () => {
  const names = Object.keys(DEFAULT_LIMITS);
  const limits = Object.fromEntries(names.map((name) => [name, undefined]));
  assertEquals(resolveUnchecked({ limits }).limits, DEFAULT_LIMITS);
});

Deno.test("resolveOptions() keeps every option that is given", () => {
  const onLine = () => {};
  const onBytes = () => {};
  const { logger, ...options } = resolveOptions({
    hostname: "pbx.example.org",
    port: 5040,
    tls: { caCerts: ["PEM"], serverName: "pbx" },
    authType: "md5",
    reconnect: {
      minDelay: 1,
      maxDelay: 2,
      maxAttempts: 3,
      firstConnection: true,
      refusedLogin: true,
    },
    keepAlive: { interval: 4, timeout: 5 },
    logger: LOGGER,
    events: "call,agent",
    blocking: "own-connection",
    connectTimeout: 1,
    timeout: Infinity,
    integers: false,
    encoding: "latin1",
    onLine,
    onBytes,
    limits: {
      maxLineLength: 1,
      maxHeaders: 2,
      maxFrameLength: 6,
      maxListFrames: 3,
      maxAnswersLength: 7,
      maxHeldEvents: 4,
      maxHeldLength: 8,
      maxPendingActions: 5,
    },
  });
  assertEquals(options, {
    hostname: "pbx.example.org",
    addresses: [{
      hostname: "pbx.example.org",
      tls: { caCerts: ["PEM"], serverName: "pbx" },
    }],
    port: 5040,
    tls: { caCerts: ["PEM"], serverName: "pbx" },
    authType: "md5",
    reconnect: {
      minDelay: 1,
      maxDelay: 2,
      maxAttempts: 3,
      firstConnection: true,
      refusedLogin: true,
    },
    keepAlive: { interval: 4, timeout: 5 },
    events: "call,agent",
    blocking: "own-connection",
    connectTimeout: 1,
    timeout: Infinity,
    integers: false,
    encoding: "latin1",
    onLine,
    onBytes,
    limits: {
      maxLineLength: 1,
      maxHeaders: 2,
      maxFrameLength: 6,
      maxListFrames: 3,
      maxAnswersLength: 7,
      maxHeldEvents: 4,
      maxHeldLength: 8,
      maxPendingActions: 5,
    },
  });
  assertStrictEquals(options.onBytes, onBytes);
  assertStrictEquals(options.onLine, onLine);
  assert(logger);
});

Deno.test("resolveOptions() fills in the limits that are not given", () => {
  assertEquals(resolveOptions({ limits: { maxHeaders: 5 } }).limits, {
    ...DEFAULT_LIMITS,
    maxHeaders: 5,
  });
});

Deno.test("resolveOptions() gives limits that share nothing with the defaults", () => {
  const { limits } = resolveOptions();
  assertNotStrictEquals(limits, DEFAULT_LIMITS);
  limits.maxHeaders = 1;
  assertEquals(resolveOptions().limits.maxHeaders, 1_000_000);
});

Deno.test("resolveOptions() does not change what it is given", () => {
  const options = Object.freeze({ limits: Object.freeze({ maxHeaders: 5 }) });
  resolveOptions(options);
  assertEquals(options, { limits: { maxHeaders: 5 } });
});

Deno.test("resolveOptions() refuses an option that it does not know", () => {
  assertRefused({ host: "x" }, TypeError, "'host'");
  assertRefused({ Port: 5038 }, TypeError, "'Port'");
  assertRefused({ toString: "x" }, TypeError, "'toString'");
  assertRefused(JSON.parse('{ "__proto__": 1 }'), TypeError, "'__proto__'");
});

Deno.test("resolveOptions() refuses an unknown option also where it is undefined", () => {
  assertRefused({ hostName: undefined }, TypeError, "'hostName'");
});

for (
  const [title, value] of [
    ["an empty string", ""],
    ["a number", 5],
    ["null", null],
    ["an object", {}],
    ["an object that has no text", OBJECT_WITHOUT_TEXT],
    ["a symbol", Symbol("host")],
    ["an empty array", []],
    ["an array with an empty string", ["pbx", ""]],
    ["an array with a number", ["pbx", 5]],
  ] as const
) {
  Deno.test(`resolveOptions() refuses ${title} for hostname`, () => {
    assertRefused({ hostname: value }, TypeError, "'hostname'");
  });
}

Deno.test("resolveOptions() expects the certificate of each address to name it, unless a name is given", () => {
  const hostname = ["pbx1", "pbx2"];
  const own = resolveOptions({ hostname, tls: true });
  assertEquals(
    own.addresses.map(({ hostname, tls }) => [hostname, tls?.serverName]),
    [["pbx1", "pbx1"], ["pbx2", "pbx2"]],
  );
  assertEquals(own.hostname, "pbx1");
  const one = resolveOptions({ hostname, tls: { serverName: "pbx" } });
  assertEquals(one.addresses.map(({ tls }) => tls?.serverName), ["pbx", "pbx"]);
});

Deno.test("resolveOptions() takes every port there is", () => {
  for (const port of [1, 5038, 65_535]) {
    assertEquals(resolveOptions({ port }).port, port);
  }
});

for (const port of [0, -1, 65_536, 5038.5, NaN, Infinity]) {
  Deno.test(`resolveOptions() refuses port ${port}`, () => {
    assertRefused({ port }, RangeError, "'port'", String(port));
  });
}

for (
  const [title, value] of [
    ["a string", "5038"],
    ["null", null],
    ["a bigint", 5038n],
    ["a boolean", true],
    ["an object", {}],
    ["an object that has no text", OBJECT_WITHOUT_TEXT],
    ["a symbol", Symbol("x")],
  ] as const
) {
  Deno.test(`resolveOptions() refuses ${title} for a number`, () => {
    assertRefused({ port: value }, TypeError, "'port'");
    assertRefused({ timeout: value }, TypeError, "'timeout'");
    assertRefused({ connectTimeout: value }, TypeError, "'connectTimeout'");
    for (const name of Object.keys(DEFAULT_LIMITS)) {
      assertRefused(
        { limits: { [name]: value } },
        TypeError,
        `'limits.${name}'`,
      );
    }
  });
}

for (const name of ["timeout", "connectTimeout"] as const) {
  Deno.test(`resolveOptions() takes every ${name} that a timer can wait`, () => {
    for (const timeout of [1, 60_000, 2 ** 31 - 1, Infinity]) {
      assertEquals(resolveOptions({ [name]: timeout })[name], timeout);
    }
  });

  for (const timeout of [0, -0, -1, -Infinity, NaN, 2 ** 31]) {
    Deno.test(`resolveOptions() refuses ${name} ${timeout}`, () => {
      assertRefused(
        { [name]: timeout },
        RangeError,
        `'${name}'`,
        String(timeout),
      );
    });
  }
}

for (const name of Object.keys(DEFAULT_LIMITS)) {
  Deno.test(`resolveOptions() refuses limits.${name} that is no positive integer`, () => {
    for (const value of [0, -1, 1.5, NaN, Infinity, 2 ** 53]) {
      assertRefused(
        { limits: { [name]: value } },
        RangeError,
        `'limits.${name}'`,
        String(value),
      );
    }
  });
}

Deno.test("resolveOptions() refuses a limit that it does not know", () => {
  assertRefused(
    { limits: { maxFrames: 1 } },
    TypeError,
    "'limits.maxFrames'",
  );
  assertRefused({ limits: { toString: 1 } }, TypeError, "'limits.toString'");
});

for (
  const [title, value] of [
    ["null", null],
    ["a number", 5],
    ["a string", "x"],
    ["a boolean", true],
    ["an array", []],
    ["a function", () => {}],
  ] as const
) {
  Deno.test(`resolveOptions() refuses ${title} for limits`, () => {
    assertRefused({ limits: value }, TypeError, "'limits'");
  });
}

for (const integers of ["catalog", true, false] as const) {
  Deno.test(`resolveOptions() takes ${integers} for integers`, () => {
    assertEquals(resolveOptions({ integers }).integers, integers);
  });
}

for (
  const [title, value] of [
    ["a string", "yes"],
    ["a number", 1],
    ["null", null],
    ["a symbol", Symbol("x")],
  ] as const
) {
  Deno.test(`resolveOptions() refuses ${title} for integers`, () => {
    assertRefused({ integers: value }, TypeError, "'integers'");
  });
}

for (const value of ["utf8", "UTF-8", "iso-8859-1", "", null, 8, {}]) {
  Deno.test(`resolveOptions() refuses encoding ${JSON.stringify(value)}`, () => {
    assertRefused({ encoding: value }, TypeError, "'encoding'");
  });
}

for (const value of ["console.log", null, true, {}]) {
  Deno.test(`resolveOptions() refuses ${JSON.stringify(value)} for onLine`, () => {
    assertRefused({ onLine: value }, TypeError, "'onLine'");
  });
  Deno.test(`resolveOptions() refuses ${JSON.stringify(value)} for onBytes`, () => {
    assertRefused({ onBytes: value }, TypeError, "'onBytes'");
  });
}

// Loggers

Deno.test("resolveOptions() takes a boolean, a logger or the console for logger", () => {
  resolveOptions({ logger: false });
  resolveOptions({ logger: true });
  resolveOptions({ logger: LOGGER });
  resolveOptions({ logger: console });
});

for (const method of ["debug", "info", "warn", "error"]) {
  Deno.test(`resolveOptions() refuses a logger without ${method}`, () => {
    assertRefused(
      { logger: { ...LOGGER, [method]: undefined } },
      TypeError,
      "'logger'",
      method,
    );
    assertRefused(
      { logger: { ...LOGGER, [method]: "text" } },
      TypeError,
      "'logger'",
    );
  });
}

for (
  const [title, value] of [
    ["null", null],
    ["a string", "debug"],
    ["a number", 1],
    ["a function", () => {}],
    ["an object that has no text", OBJECT_WITHOUT_TEXT],
    ["a symbol", Symbol("x")],
  ] as const
) {
  Deno.test(`resolveOptions() refuses ${title} for logger`, () => {
    assertRefused({ logger: value }, TypeError, "'logger'");
  });
}

Deno.test("resolveOptions() shows nothing of an object that it refuses", () => {
  const logger = { token: "hunter2", toString: () => "hunter2" };
  const error = assertThrows(() => resolveUnchecked({ logger }), TypeError);
  assertEquals(error.message.includes("hunter2"), false);
});

// Event masks

const EVENT_CLASSES = [
  "agent",
  "agi",
  "all",
  "aoc",
  "call",
  "cc",
  "cdr",
  "command",
  "config",
  "dialplan",
  "dtmf",
  "log",
  "message",
  "none",
  "originate",
  "reporting",
  "security",
  "system",
  "test",
  "user",
  "verbose",
];

Deno.test("resolveOptions() takes true and false for events", () => {
  assertEquals(resolveOptions({ events: true }).events, true);
  assertEquals(resolveOptions({ events: false }).events, false);
});

for (const name of EVENT_CLASSES) {
  Deno.test(`resolveOptions() takes the event class ${name}`, () => {
    assertEquals(resolveOptions({ events: name }).events, name);
  });
}

Deno.test("resolveOptions() takes several event classes", () => {
  const events = EVENT_CLASSES.join(",");
  assertEquals(resolveOptions({ events }).events, events);
});

for (
  const [why, masks] of [
    ["is empty, as Asterisk takes it for everything", [""]],
    [
      "has an empty part, as Asterisk takes it for everything",
      [",", "call,", ",call", "call,,agent"],
    ],
    [
      "has a blank, as Asterisk does not know the word then",
      ["call, agent", " call", "call ", "call agent", "call\n"],
    ],
    [
      "is a part of a name, which Asterisk would complete",
      ["c,user", "call,sys", "co,call"],
    ],
    ["is a number, which Asterisk takes for bits", ["1", "0", "call,2"]],
    [
      "Asterisk does not know",
      ["calls", "on", "off", "true", "*", "call;agent", "constructor"],
    ],
    ["is not in lower case", ["Call", "CALL,agent"]],
    ["holds what would be a header of its own", ["call\r\nAction: Logoff"]],
  ] as const
) {
  Deno.test(`resolveOptions() refuses an event mask that ${why}`, () => {
    for (const events of masks) {
      assertRefused({ events }, TypeError, "'events'", JSON.stringify(events));
    }
  });
}

for (
  const [title, value] of [
    ["null", null],
    ["a number", 1],
    ["an array", ["call"]],
    ["an object that has no text", OBJECT_WITHOUT_TEXT],
    ["a symbol", Symbol("x")],
  ] as const
) {
  Deno.test(`resolveOptions() refuses ${title} for events`, () => {
    assertRefused({ events: value }, TypeError, "'events'");
  });
}

Deno.test("resolveOptions() gives the defaults of what is switched on", () => {
  const { reconnect, keepAlive, tls, port } = resolveOptions({
    hostname: "pbx.example.org",
    reconnect: true,
    keepAlive: true,
    tls: true,
  });
  assertEquals(reconnect, {
    minDelay: 1_000,
    maxDelay: 30_000,
    maxAttempts: Infinity,
    firstConnection: false,
    refusedLogin: false,
  });
  assertEquals(keepAlive, { interval: 30_000, timeout: 10_000 });
  assertEquals(tls, { caCerts: [], serverName: "pbx.example.org" });
  assertEquals(port, 5039);
});

Deno.test("resolveOptions() fills in what is not given of an option", () => {
  const { reconnect, keepAlive } = resolveUnchecked({
    reconnect: { maxAttempts: 5, minDelay: undefined },
    keepAlive: { interval: 100 },
  });
  assertEquals(reconnect?.maxAttempts, 5);
  assertEquals(reconnect?.minDelay, 1_000);
  assertEquals(keepAlive, { interval: 100, timeout: 10_000 });
});

for (
  const [options, refused] of [
    [{ reconnect: 5 }, "'reconnect'"],
    [{ reconnect: null }, "'reconnect'"],
    [{ reconnect: [] }, "'reconnect'"],
    [{ reconnect: { delay: 5 } }, "'reconnect.delay'"],
    [{ reconnect: { minDelay: 0 } }, "'reconnect.minDelay'"],
    [{ reconnect: { minDelay: "1" } }, "'reconnect.minDelay'"],
    [{ reconnect: { maxDelay: Infinity } }, "'reconnect.maxDelay'"],
    [{ reconnect: { minDelay: 5, maxDelay: 4 } }, "'reconnect.maxDelay'"],
    [{ reconnect: { maxAttempts: 0 } }, "'reconnect.maxAttempts'"],
    [{ reconnect: { maxAttempts: 1.5 } }, "'reconnect.maxAttempts'"],
    [{ reconnect: { firstConnection: 1 } }, "'reconnect.firstConnection'"],
    [{ reconnect: { refusedLogin: "no" } }, "'reconnect.refusedLogin'"],
    [{ keepAlive: "on" }, "'keepAlive'"],
    [{ keepAlive: { interval: -1 } }, "'keepAlive.interval'"],
    [{ keepAlive: { timeout: Infinity } }, "'keepAlive.timeout'"],
    [{ tls: "yes" }, "'tls'"],
    [{ tls: { ca: [] } }, "'tls.ca'"],
    [{ tls: { caCerts: "PEM" } }, "'tls.caCerts'"],
    [{ tls: { caCerts: [1] } }, "'tls.caCerts'"],
    [{ tls: { serverName: "" } }, "'tls.serverName'"],
    [{ authType: "digest" }, "'authType'"],
    [{ blocking: true }, "'blocking'"],
  ] satisfies [unknown, string][]
) {
  Deno.test(`resolveOptions() refuses ${JSON.stringify(options)}`, () => {
    const error = assertThrows(() => resolveUnchecked(options), Error, refused);
    assert(error instanceof TypeError || error instanceof RangeError);
  });
}
