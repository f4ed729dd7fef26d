/**
 * Everything that DAMI relies on of the standard library, said by the library
 * itself. As a program it fails where the library that it is given lacks
 * something.
 *
 * @module
 */

import { abortable } from "@std/async/abortable";
import { delay } from "@std/async/delay";
import { retry, RetryError } from "@std/async/retry";
import { ConsoleHandler } from "@std/log/console-handler";
import { Logger } from "@std/log/logger";
import { TextLineStream } from "@std/streams/text-line-stream";

/** Not `@std/assert`, which is asked, too. */
function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`The standard library does not: ${what}`);
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(() => undefined, (error: unknown) => error);
}

/** Each thing that is relied on, and what finds it. */
export const CHECKS: Readonly<Record<string, () => Promise<void>>> = {
  "retry() ends where an error is not worth another attempt": async () => {
    let attempts = 0;
    const refused = new Error("Refused");
    const error = await rejection(retry(() => {
      attempts++;
      throw refused;
    }, { minTimeout: 1, maxAttempts: 3, isRetriable: () => false }));
    expect(attempts === 1, `one attempt, but ${attempts}`);
    expect(error === refused, "the error itself");
  },
  "retry() ends when its signal is aborted": async () => {
    const controller = new AbortController();
    const reason = new Error("Enough");
    let attempts = 0;
    const error = await rejection(retry(() => {
      attempts++;
      controller.abort(reason);
      throw new Error("Refused");
    }, { minTimeout: 1, maxAttempts: 3, signal: controller.signal }));
    expect(attempts === 1, `one attempt, but ${attempts}`);
    expect(error === reason, "the reason of the signal");
  },
  "retry() takes any number of attempts, and says which error was the last":
    async () => {
      const last = new Error("Last");
      const error = await rejection(
        retry(() => Promise.reject(last), {
          minTimeout: 1,
          maxTimeout: 1,
          maxAttempts: 2,
        }),
      );
      expect(error instanceof RetryError, "a RetryError");
      expect(error instanceof Error && error.cause === last, "its cause");
      const value = await retry(() => Promise.resolve(1), {
        maxAttempts: Number.MAX_SAFE_INTEGER,
      });
      expect(value === 1, "the value");
    },
  "abortable() rejects with the reason of its signal": async () => {
    const { promise } = Promise.withResolvers<void>();
    const controller = new AbortController();
    const reason = new Error("Enough");
    const error = rejection(abortable(promise, controller.signal));
    controller.abort(reason);
    expect(await error === reason, "the reason of the signal");
  },
  "delay() ends when its signal is aborted": async () => {
    const controller = new AbortController();
    const reason = new Error("Enough");
    const error = rejection(delay(60_000, { signal: controller.signal }));
    controller.abort(reason);
    expect(await error === reason, "the reason of the signal");
  },
  "TextLineStream cuts at CRLF and LF, across chunks": async () => {
    const lines: string[] = [];
    const stream = ReadableStream.from(["a\r", "\nb\nc", "", "d\r\n\r\nend"]);
    for await (const line of stream.pipeThrough(new TextLineStream())) {
      lines.push(line);
    }
    expect(lines.join("|") === "a|b|cd||end", `"a|b|cd||end", but ${lines}`);
  },
  "a ConsoleHandler gives a record to its formatter, and its line to log()":
    () => {
      const lines: string[] = [];
      class Lines extends ConsoleHandler {
        override log(line: string): void {
          lines.push(line);
        }
      }
      const handler = new Lines("DEBUG", {
        useColors: false,
        formatter: ({ datetime, levelName, loggerName, msg }) =>
          `${datetime instanceof Date} ${levelName} ${loggerName} ${msg}`,
      });
      const logger = new Logger("dami", "DEBUG", { handlers: [handler] });
      for (const level of ["debug", "info", "warn", "error"] as const) {
        logger[level]("text");
      }
      expect(
        lines.join("|") ===
          ["DEBUG", "INFO", "WARN", "ERROR"]
            .map((level) => `true ${level} dami text`).join("|"),
        `a line of each level, but ${lines.join("|")}`,
      );
      return Promise.resolve();
    },
};

if (import.meta.main) {
  for (const check of Object.values(CHECKS)) await check();
}
