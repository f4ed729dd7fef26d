import type { ResolvedOptions } from "../options/options.ts";
import type { Statistics } from "../statistics.ts";
import type { OnTraffic } from "../statistics.ts";
import type { DataParser } from "../wire/data_parser.ts";
import type { Frame } from "../wire/frame.ts";

/** Handlers of a {@linkcode Session}. None of them may throw. */
export interface SessionHandlers {
  /** Takes all bytes as they are read or written, if the program wants them; they are overwritten after it returns. */
  bytes: OnTraffic | undefined;
  /** Takes every line as it is read, if the program wants them. */
  line: ((line: string) => void) | undefined;
  /** Reports whether {@linkcode SessionHandlers.event} needs the events of a name; others may be left unread. */
  wants(name: string): boolean;
  /** Takes an event that is not part of an answer. */
  event(frame: Frame): void;
  /** Takes an error that does not end the session. */
  problem(error: Error): void;
}

/** The part of a {@linkcode Session} that it shares with those before and after it. */
export interface SessionContext {
  /** The options of {@linkcode DAMI}. */
  options: ResolvedOptions;
  /** Parses frames into the data that users see. */
  parser: DataParser;
  /** Counts what happens. */
  statistics: Statistics;
  /** Takes events, bytes, lines and problems. */
  handlers: SessionHandlers;
}
