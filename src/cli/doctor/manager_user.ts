import { type DAMI, type DAMIData, UNPARSED_LINES } from "../../../mod.ts";
import { printedClasses } from "./classes.ts";

/** The rights in force, as `manager show user` prints them. */
export interface InForce {
  /** The classes of events that the user gets. */
  readonly read: ReadonlySet<string>;
  /** The classes of actions that the user may send. */
  readonly write: ReadonlySet<string>;
}

/** The user's section of `manager.conf`. Nothing else of it is kept, least of all its secret. */
export interface InFile {
  /** Each line `read = …`; the last one counts. */
  readonly read: readonly string[];
  /** Each line `write = …`; the last one counts. */
  readonly write: readonly string[];
  /** Each line `eventfilter = …`. */
  readonly eventFilters: readonly string[];
  /** The last line `writetimeout = …` (milliseconds), if there is one. */
  readonly writeTimeout: number | undefined;
}

/** The facts about a user's section in `manager.conf`, and about `[general]`. */
export interface ManagerUser {
  /** The rights in force, if the user may read them. */
  readonly inForce?: InForce;
  /** The section in the file, if it exists and may be read. */
  readonly inFile?: InFile;
  /** The events that are disabled for everybody, if the user may read that. */
  readonly disabledEvents?: readonly string[];
}

/** The keys of `manager.conf` that may be read. */
const KEPT =
  /^(?:read|write|writetimeout|eventfilter(?:\(.*\))?|disabledevents)$/i;

/** A line of a configuration file. */
export interface ConfigurationLine {
  /** The text before the equals sign. */
  readonly key: string;
  /** The text after it. */
  readonly value: string;
}

/**
 * The lines of an answer to `GetConfig` that may be looked at.
 *
 * @param response The answer.
 * @returns The lines, without any that may hold a secret.
 */
export function keptLines(response: DAMIData): ConfigurationLine[] {
  const lines: ConfigurationLine[] = [];
  for (const [header, content] of Object.entries(response)) {
    if (!/^Line-/i.test(header)) continue;
    for (const each of Array.isArray(content) ? content : [content]) {
      const text = String(each);
      // The criteria of a filter hold no equals sign, but its pattern may.
      const equals = text.indexOf("=");
      const key = text.slice(0, equals).trim();
      if (equals === -1 || !KEPT.test(key)) continue;
      lines.push({ key, value: text.slice(equals + 1).trim() });
    }
  }
  return lines;
}

/**
 * Reads an answer to `GetConfig` for the section of a user.
 *
 * @param response The answer.
 * @returns The section; `undefined` if there is no such section.
 */
export function readSection(response: DAMIData): InFile | undefined {
  const hasSection = Object.keys(response).some((header) =>
    /^Category-/i.test(header)
  );
  if (!hasSection || response[UNPARSED_LINES] !== undefined) return undefined;
  const lines = keptLines(response);
  const valuesOf = (name: string) =>
    lines.filter(({ key }) => key.toLowerCase() === name).map(({ value }) =>
      value
    );
  const writeTimeout = Number.parseInt(valuesOf("writetimeout").at(-1) ?? "");
  return {
    read: valuesOf("read"),
    write: valuesOf("write"),
    eventFilters: lines.filter(({ key }) => /^eventfilter/i.test(key))
      .map(({ key, value }) => `${key} = ${value}`),
    writeTimeout: Number.isNaN(writeTimeout) ? undefined : writeTimeout,
  };
}

/**
 * Reads what `manager show user` prints.
 *
 * @param output Its lines.
 * @returns The rights in force; `undefined` if it does not name them.
 */
export function readShownUser(output: readonly string[]): InForce | undefined {
  const read = fieldOf(output, "read perm");
  const write = fieldOf(output, "write perm");
  if (read === undefined || write === undefined) return undefined;
  return { read: printedClasses(read), write: printedClasses(write) };
}

/**
 * Reads which events `manager show settings` prints as disabled.
 *
 * @param output Its lines.
 * @returns The names of the events; `undefined` if it does not mention them.
 */
export function readDisabledEvents(
  output: readonly string[],
): string[] | undefined {
  const field = fieldOf(output, "Disabled events");
  return field === undefined ? undefined : names(field);
}

function names(text: string): string[] {
  return text.split(",").map((each) => each.trim())
    .filter((each) => each !== "" && each !== "(none)");
}

function fieldOf(output: readonly string[], name: string): string | undefined {
  const pattern = new RegExp(`^\\s*${name}:(.*)$`, "i");
  for (const line of output) {
    const value = pattern.exec(line)?.[1];
    if (value !== undefined) return value.trim();
  }
  return undefined;
}

/** A name that the console takes as one word. */
const ONE_WORD = /^[\w.@+-]+$/;

/** Runs a command of the console. */
async function run(dami: DAMI, command: string): Promise<string[]> {
  try {
    const [{ Output }] = await dami.to("Command", { Command: command });
    return Array.isArray(Output) ? Output.map(String) : [];
  } catch {
    // What cannot be requested stays unknown; the loss of the connection is reported elsewhere.
    return [];
  }
}

async function configuration(
  dami: DAMI,
  category: string,
): Promise<DAMIData | undefined> {
  try {
    const [response] = await dami.to("GetConfig", {
      Filename: "manager.conf",
      Category: category,
    });
    return response;
  } catch {
    // As above.
    return undefined;
  }
}

/**
 * Requests everything that the user may read. Nothing else is tried, as
 * Asterisk reports each attempt (`RequestNotAllowed`).
 *
 * @param dami A client that is logged in.
 * @param username The user.
 * @param actions The actions that the user may send.
 * @returns The result.
 */
export async function askForUser(
  dami: DAMI,
  username: string,
  actions: { has(action: string): boolean },
): Promise<ManagerUser> {
  const mayRun = actions.has("Command");
  const mayRead = actions.has("GetConfig");
  const inForce = mayRun && ONE_WORD.test(username)
    ? readShownUser(await run(dami, `manager show user ${username}`))
    : undefined;
  const settings = mayRun ? await run(dami, "manager show settings") : [];
  const section = mayRead ? await configuration(dami, username) : undefined;
  const general = mayRead ? await configuration(dami, "general") : undefined;
  const inFile = section === undefined ? undefined : readSection(section);
  const disabledEvents = readDisabledEvents(settings) ??
    (general === undefined ? undefined : keptLines(general)
      .filter(({ key }) => key.toLowerCase() === "disabledevents")
      .flatMap(({ value }) => names(value)));
  return {
    ...inForce === undefined ? {} : { inForce },
    ...inFile === undefined ? {} : { inFile },
    ...disabledEvents === undefined ? {} : { disabledEvents },
  };
}
