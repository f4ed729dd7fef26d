import {
  assertEquals,
  assertFalse,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";
import fc from "fast-check";
import type { ActionData } from "../src/actions/action.ts";
import { describeAction, type Logger, resolveLogger } from "../src/logger.ts";

const LEVELS = ["debug", "info", "warn", "error"] as const;

/** What is written to the console while a function runs. */
function consoleLines(run: () => void): string[] {
  const lines: string[] = [];
  const methods = ["debug", "info", "log", "warn", "error"] as const;
  const target: Console = console;
  const originals = methods.map((method) => [method, target[method]] as const);
  for (const method of methods) {
    target[method] = (...parts: unknown[]) => {
      lines.push(parts.map(String).join(" "));
    };
  }
  try {
    run();
  } finally {
    for (const [method, original] of originals) target[method] = original;
  }
  return lines;
}

/** A logger that keeps what it is given. */
function keepingLogger(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    logger: {
      debug: (message) => lines.push(`debug ${message}`),
      info: (message) => lines.push(`info ${message}`),
      warn: (message) => lines.push(`warn ${message}`),
      error: (message) => lines.push(`error ${message}`),
    },
  };
}

Deno.test("resolveLogger() is silent for false", () => {
  const lines = consoleLines(() => {
    const logger = resolveLogger(false);
    for (const level of LEVELS) logger?.[level]("message");
    assertEquals(logger, undefined, "not even the line is made");
  });
  assertEquals(lines, []);
});

Deno.test("resolveLogger() writes each level to the console for true", () => {
  const lines = consoleLines(() => {
    const logger = resolveLogger(true);
    for (const level of LEVELS) logger?.[level](`a ${level} message`);
  });
  assertEquals(lines.length, LEVELS.length);
  for (const [index, level] of LEVELS.entries()) {
    const line = lines[index] ?? "";
    assertStringIncludes(line, `a ${level} message`);
    assertStringIncludes(line, "dami");
    assertMatch(line, /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
  }
  assertStringIncludes(lines[0] ?? "", "DEBUG");
  assertStringIncludes(lines[1] ?? "", "INFO");
  assertMatch(lines[2] ?? "", /WARN/);
  assertStringIncludes(lines[3] ?? "", "ERROR");
});

Deno.test("resolveLogger() gives each message to the logger's method of that level", () => {
  const { logger, lines } = keepingLogger();
  const resolved = resolveLogger(logger);
  for (const level of LEVELS) resolved?.[level]("message");
  assertEquals(lines, [
    "debug message",
    "info message",
    "warn message",
    "error message",
  ]);
});

Deno.test("resolveLogger() calls methods that need their object", () => {
  class Counter {
    #count = 0;
    get count(): number {
      return this.#count;
    }
    debug(_message: string): void {
      this.#count++;
    }
    info(message: string): void {
      this.debug(message);
    }
    warn(message: string): void {
      this.debug(message);
    }
    error(message: string): void {
      this.debug(message);
    }
  }
  const counter = new Counter();
  const resolved = resolveLogger(counter);
  for (const level of LEVELS) resolved?.[level]("message");
  assertEquals(counter.count, LEVELS.length);
});

Deno.test("resolveLogger() takes the console", () => {
  const lines = consoleLines(() => {
    const logger: Logger = console;
    const resolved = resolveLogger(logger);
    for (const level of LEVELS) resolved?.[level](level);
  });
  assertEquals(lines, [...LEVELS]);
});

Deno.test("resolveLogger() lets through nothing that a logger throws", () => {
  function fails(): never {
    throw new Error("The disk is full");
  }
  const logger = resolveLogger({
    debug: fails,
    info: fails,
    warn: fails,
    error: fails,
  });
  for (const level of LEVELS) logger?.[level]("message");
});

Deno.test("resolveLogger() lets through nothing that a logger rejects with", async () => {
  // An async function may stand where a function without result is asked for.
  function fails(): Promise<never> {
    return Promise.reject(new Error("The disk is full"));
  }
  const logger = resolveLogger({
    debug: fails,
    info: fails,
    warn: fails,
    error: fails,
  });
  for (const level of LEVELS) logger?.[level]("message");
  // An unhandled rejection would fail the test here.
  await new Promise((resolve) => setTimeout(resolve, 0));
});

Deno.test("resolveLogger() lets through nothing where a logger has lost its methods", () => {
  const { logger } = keepingLogger();
  const resolved = resolveLogger(logger);
  for (const level of LEVELS) Reflect.deleteProperty(logger, level);
  for (const level of LEVELS) resolved?.[level]("message");
});

Deno.test("describeAction() names the action and its headers on one line", () => {
  assertEquals(
    describeAction("Originate", {
      Channel: "PJSIP/6001",
      Priority: 1,
      Async: true,
      Codecs: ["a", "b"],
      Variable: { A: 1 },
    }),
    'Originate Channel="PJSIP/6001" Priority=1 Async=true Codecs=["a","b"] Variable={"A":1}',
  );
});

Deno.test("describeAction() is the name alone where there are no headers", () => {
  assertEquals(describeAction("Ping", {}), "Ping");
});

Deno.test("describeAction() leaves out headers that are undefined", () => {
  assertEquals(describeAction("Ping", { A: undefined, B: 1 }), "Ping B=1");
});

Deno.test("describeAction() takes bigints wherever an action may have them", () => {
  const line = describeAction("X", {
    A: 12345678901234567890n,
    B: [1n, "x"],
    Variable: { C: 2n },
  });
  assertStringIncludes(line, "12345678901234567890");
  assertMatch(line, /B=\["?1"?,"x"\]/);
  assertMatch(line, /"C":"?2"?/);
});

Deno.test("describeAction() keeps a value on its line", () => {
  const line = describeAction("X", { A: "a\r\nError: forged" });
  assertNotMatch(line, /[\r\n]/);
});

const SECRET_NAMES = [
  "Secret",
  "Key",
  "Challenge",
  "Password",
  "OldPassword",
  "AdminPasswd",
  "Md5Cred",
  "MD5Secret",
  "RemoteSecret",
];

for (const name of SECRET_NAMES) {
  Deno.test(`describeAction() masks ${name} in any letter case`, () => {
    for (const cased of [name, name.toLowerCase(), name.toUpperCase()]) {
      for (const value of ["hunter2", ["hunter2", "x"], { A: "hunter2" }]) {
        const line = describeAction("Login", { Username: "a", [cased]: value });
        assertFalse(line.includes("hunter2"), line);
        assertEquals(line, `Login Username="a" ${cased}=***`);
      }
    }
  });
}

Deno.test("describeAction() masks a secret that is a number", () => {
  assertEquals(describeAction("Login", { Secret: 4711 }), "Login Secret=***");
});

Deno.test("describeAction() masks the variables of an object that are secrets", () => {
  const line = describeAction("Originate", {
    Variable: { SIP_PASSWORD: "hunter2", secret: "hunter2", GREETING: "hello" },
  });
  assertFalse(line.includes("hunter2"), line);
  assertStringIncludes(line, "hello");
});

Deno.test("describeAction() masks what UpdateConfig writes", () => {
  const line = describeAction("UpdateConfig", {
    SrcFilename: "pjsip.conf",
    "Action-000000": "Update",
    "Cat-000000": "6001",
    "Var-000000": "password",
    "Value-000000": "hunter2",
    "Match-000000": "hunter2",
  });
  assertFalse(line.includes("hunter2"), line);
  assertStringIncludes(line, "pjsip.conf");
  assertStringIncludes(line, 'Cat-000000="6001"');
});

Deno.test("describeAction() shows what is no secret", () => {
  for (
    const name of [
      "Username",
      "AuthType",
      "Keyboard",
      "Monkey",
      "Value",
      "Matches",
      "ActionID",
    ]
  ) {
    assertEquals(describeAction("X", { [name]: "seen" }), `X ${name}="seen"`);
  }
});

Deno.test("describeAction() never throws, and never shows a secret", () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.bigInt(),
    fc.boolean(),
  );
  const data: fc.Arbitrary<ActionData> = fc.dictionary(
    fc.string(),
    fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.string(), scalar)),
  );
  fc.assert(
    fc.property(data, fc.constantFrom(...SECRET_NAMES), (headers, name) => {
      const line = describeAction("X", { ...headers, [name]: "hunter2" });
      assertFalse(line.includes("hunter2"));
    }),
  );
});
