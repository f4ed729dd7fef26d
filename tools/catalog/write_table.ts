/**
 * Writes what is needed of the catalog at run time: which headers are texts.
 *
 * @module
 */

import type { Catalog, Event } from "./catalog.ts";
import { kindOf, RESPONSE } from "./field_kinds.ts";
import type { GeneratedFile } from "./generated_file.ts";
import {
  BRIDGE_FIELDS,
  CHANNEL_FIELDS,
  COMMON_EVENT_FIELDS,
  COMMON_RESPONSE_FIELDS,
  OPTIONAL_CHANNEL_FIELDS,
} from "./snapshot_fields.ts";
import { OPEN_EVENTS } from "./supplement_events.ts";

/** The headers of a frame, by name: `true` for texts. */
type Texts = ReadonlyMap<string, boolean>;

/**
 * Returns which headers of an event are texts.
 *
 * @param event The event.
 */
export function textsOf(event: Event): Map<string, boolean> {
  const texts = new Map<string, boolean>();
  const add = (header: string, base = header) => {
    // Many headers by one name: what they hold never looks like an integer, or is one.
    if (/^ReportX|[(]/.test(header)) return;
    texts.set(header, kindOf(event.name, base) === "text");
  };
  for (const prefix of event.channels) {
    for (const name of [...CHANNEL_FIELDS, ...OPTIONAL_CHANNEL_FIELDS]) {
      add(prefix + name, name);
    }
  }
  for (const prefix of event.bridges) {
    for (const name of BRIDGE_FIELDS) add(prefix + name, name);
  }
  for (const { name } of event.fields) {
    if (!COMMON_EVENT_FIELDS.includes(name)) add(name);
  }
  return texts;
}

function textNames(texts: Texts): string[] {
  return [...texts].filter(([, isText]) => isText).map(([name]) => name);
}

/** Returns the kind of a name in most events, and the events where it differs. */
function vote(
  frames: ReadonlyMap<string, Texts>,
): { texts: string[]; exceptions: string[] } {
  const balance = new Map<string, number>();
  for (const headers of frames.values()) {
    for (const [header, isText] of headers) {
      balance.set(header, (balance.get(header) ?? 0) + (isText ? 1 : -1));
    }
  }
  const isText = (header: string) => (balance.get(header) ?? 0) > 0;
  const exceptions = [...frames].flatMap(([frame, headers]) =>
    [...headers]
      .filter(([header, value]) => value !== isText(header))
      .map(([header]) => `${frame}/${header}`)
  );
  return { texts: [...balance.keys()].filter(isText), exceptions };
}

/** Names in alphabetical order, each on a line of its own. */
function lines(names: readonly string[]): string {
  return `\`\n${[...new Set(names)].sort().join("\n")}\`.slice(1)`;
}

/**
 * Writes the table.
 *
 * @param catalog What is known.
 * @returns The file, not formatted yet.
 */
export function writeTable({ actions, events }: Catalog): GeneratedFile {
  const closed = events.filter(({ name }) => !OPEN_EVENTS.has(name));
  const { texts, exceptions } = vote(
    new Map(closed.map((event) => [event.name, textsOf(event)])),
  );
  const responses = [
    ...COMMON_RESPONSE_FIELDS,
    ...actions.flatMap(({ response }) => response.map(({ name }) => name))
      .filter((header) => kindOf(RESPONSE, header) === "text"),
  ];
  const open = events.filter(({ name }) => OPEN_EVENTS.has(name))
    .map((event) =>
      `${JSON.stringify(event.name)}: ${lines(textNames(textsOf(event)))},`
    );
  return {
    path: "wire/text_headers_table.ts",
    text: `// Written by tools/generate_catalog.ts: change that, and not this.

/** The headers that are texts in any event and response. */
export const COMMON_TEXTS = ${lines(COMMON_EVENT_FIELDS)};

/** The events whose headers are known. */
export const KNOWN_EVENTS = ${lines(closed.map(({ name }) => name))};

/** The headers that are texts in every known event, but for the exceptions. */
export const EVENT_TEXTS = ${lines(texts)};

/** The place where a header of a known event is the opposite of what it is in others. */
export const EXCEPTIONS = ${lines(exceptions)};

/** The headers that are texts where their senders add what they like. */
export const OPEN_TEXTS: Readonly<Record<string, string>> = {
  ${open.join("\n  ")}
  Response: ${lines(responses)},
};
`,
  };
}
