import {
  BaseHandler,
  type BaseHandlerOptions,
  type LevelName,
} from "./logger.ts";

/** Options of {@linkcode ConsoleHandler}. */
export interface ConsoleHandlerOptions extends BaseHandlerOptions {
  /** Colour the lines by level. Not needed by DAMI, and not done here. */
  useColors?: boolean;
}

/** Writes each record as a line to the console, as `@std/log` does. */
export class ConsoleHandler extends BaseHandler {
  constructor(levelName: LevelName, options: ConsoleHandlerOptions = {}) {
    super(levelName, options);
  }

  override log(line: string): void {
    // deno-lint-ignore no-console -- writing to the console is what it is for
    console.log(line);
  }
}
