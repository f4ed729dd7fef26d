import { ConsoleHandler } from "@std/log/console-handler";
import { Logger as StdLogger } from "@std/log/logger";

/**
 * A destination for DAMI's log lines: `console`, a logger of `@std/log`,
 * LogTape and most others have this shape.
 *
 * @example
 * ```ts
 * import { DAMI, type Logger } from "@dami/dami";
 *
 * const quiet: Logger = {
 *   debug() {},
 *   info() {},
 *   warn: console.warn,
 *   error: console.error,
 * };
 * const dami = new DAMI({ logger: quiet });
 * console.log(dami.state);
 * ```
 */
export interface Logger {
  /** Takes lines that only help to find a fault: each action and its answer. */
  debug(message: string): void;
  /** Takes lines about rare events: connecting, logging in, disconnecting. */
  info(message: string): void;
  /** Takes lines about what may need attention. */
  warn(message: string): void;
  /** Takes lines about what went wrong. */
  error(message: string): void;
}

function consoleLogger(): Logger {
  const handler = new ConsoleHandler("DEBUG", {
    // Lines in a file would be coloured as well.
    useColors: false,
    formatter: ({ datetime, levelName, loggerName, msg }) =>
      `${datetime.toISOString()} ${levelName} [${loggerName}] ${msg}`,
  });
  return new StdLogger("dami", "DEBUG", { handlers: [handler] });
}

/** The characters that end a line, or that a terminal obeys: a text of the PBX could forge lines with them. */
// deno-lint-ignore no-control-regex
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g;

/** Shows control characters as `\u001b`, so that a message stays one line. */
function onOneLine(message: string): string {
  return message.replace(
    CONTROL,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Returns the logger that the option `logger` stands for.
 *
 * @param logger `false` for none, `true` for the console, or a logger.
 * @returns The logger, whose failures do not reach DAMI; `undefined` for none, so that `logger?.debug(…)` does not even format the line.
 */
export function resolveLogger(logger: boolean | Logger): Logger | undefined {
  if (logger === false) return undefined;
  const target = logger === true ? consoleLogger() : logger;
  function shielded(level: keyof Logger): (message: string) => void {
    return (message) => {
      try {
        const result: unknown = target[level](onOneLine(message));
        if (result instanceof Promise) result.catch(() => {});
      } catch {
        // A log line that cannot be written must not cost an event.
      }
    };
  }
  return {
    debug: shielded("debug"),
    info: shielded("info"),
    warn: shielded("warn"),
    error: shielded("error"),
  };
}
