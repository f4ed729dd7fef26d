// `@std/log` is not on the npm registry. These few lines stand in for it where
// JSR is not reachable: the same behaviour for the calls that DAMI makes.

/** The levels of `@std/log`, by name. */
const LEVELS = { DEBUG: 10, INFO: 20, WARN: 30, ERROR: 40 };

/** A level's name. */
export type LevelName = keyof typeof LEVELS;

/** The record that a handler gets for each message. */
export interface LogRecord {
  /** The level's name. */
  readonly levelName: LevelName;
  /** The level. */
  readonly level: number;
  /** The logger's name. */
  readonly loggerName: string;
  /** The message. */
  readonly msg: string;
  /** The time at which it was logged. */
  readonly datetime: Date;
}

/** Options of {@linkcode BaseHandler}. */
export interface BaseHandlerOptions {
  /** Makes the line out of a record. */
  formatter?: (record: LogRecord) => string;
}

/** Writes the records of its level and above. */
export abstract class BaseHandler {
  readonly #level: number;
  readonly #formatter: (record: LogRecord) => string;

  constructor(levelName: LevelName, options: BaseHandlerOptions = {}) {
    this.#level = LEVELS[levelName];
    this.#formatter = options.formatter ??
      ((record) => `${record.levelName} ${record.msg}`);
  }

  handle(record: LogRecord): void {
    if (record.level >= this.#level) this.log(this.#formatter(record));
  }

  abstract log(line: string): void;
}

/** Options of {@linkcode Logger}. */
export interface LoggerOptions {
  /** The destinations of the records. */
  handlers?: BaseHandler[];
}

/** Gives the messages of its level and above to its handlers. */
export class Logger {
  readonly #name: string;
  readonly #level: number;
  readonly #handlers: BaseHandler[];

  constructor(
    loggerName: string,
    levelName: LevelName,
    options: LoggerOptions = {},
  ) {
    this.#name = loggerName;
    this.#level = LEVELS[levelName];
    this.#handlers = options.handlers ?? [];
  }

  debug(msg: string): void {
    this.#log("DEBUG", msg);
  }

  info(msg: string): void {
    this.#log("INFO", msg);
  }

  warn(msg: string): void {
    this.#log("WARN", msg);
  }

  error(msg: string): void {
    this.#log("ERROR", msg);
  }

  #log(levelName: LevelName, msg: string): void {
    const level = LEVELS[levelName];
    if (level < this.#level) return;
    const record: LogRecord = {
      levelName,
      level,
      loggerName: this.#name,
      msg,
      datetime: new Date(),
    };
    for (const handler of this.#handlers) handler.handle(record);
  }
}
