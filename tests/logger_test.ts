import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Logger, resolveLogger } from "../src/logger.ts";

const LEVELS = ["debug", "info", "warn", "error"] as const;

/** Returns the text that is written to the console while a function runs. */
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

Deno.test("resolveLogger() keeps a message on its line, and a terminal from obeying it", () => {
  const { logger, lines } = keepingLogger();
  resolveLogger(logger)?.info("a\r\nERROR forged \x1b[2J \u202e é 📞\t\x9b");
  assertEquals(lines, [
    "info a\\u000d\\u000aERROR forged \\u001b[2J \\u202e é 📞\\u0009\\u009b",
  ]);
});
