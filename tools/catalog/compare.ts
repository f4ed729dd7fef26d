import { DataParser } from "../../src/wire/data_parser.ts";
import type { Catalog, Event } from "./catalog.ts";
import { Contradictions, uncounted } from "./contradictions.ts";
import {
  BRIDGE_FIELDS,
  CHANNEL_FIELDS,
  COMMON_EVENT_FIELDS,
  COMMON_RESPONSE_FIELDS,
  OPTIONAL_CHANNEL_FIELDS,
} from "./snapshot_fields.ts";
import { OPEN_EVENTS } from "./supplement_events.ts";

/** The headers that any event and any response can have. */
const COMMON = [...COMMON_EVENT_FIELDS, ...COMMON_RESPONSE_FIELDS];

/** The headers that the catalog has of an event. */
function knownFields(event: Event): Set<string> {
  return new Set([
    ...COMMON,
    ...event.fields.map(({ name }) => name),
    ...event.channels.flatMap((prefix) =>
      [...CHANNEL_FIELDS, ...OPTIONAL_CHANNEL_FIELDS].map((name) =>
        prefix + name
      )
    ),
    ...event.bridges.flatMap((prefix) =>
      BRIDGE_FIELDS.map((name) => prefix + name)
    ),
  ]);
}

/**
 * Returns the headers that an event always has.
 *
 * @param event The event.
 */
export function alwaysIn(event: Event): string[] {
  return [
    ...event.hasChannel ? CHANNEL_FIELDS : [],
    ...event.hasBridge ? BRIDGE_FIELDS : [],
    ...event.fields.filter(({ isAlways }) => isAlways).map(({ name }) => name),
  ].filter((name) => !/^BridgeVideo/.test(name));
}

/** The frames of a capture, as data. */
function framesOf(capture: string): string[][] {
  return capture.replaceAll("\r\n", "\n").split("\n\n")
    .map((frame) => frame.split("\n").filter((line) => line !== ""));
}

/** The known headers of an event, prepared for lookup. */
interface Known {
  event: Event;
  fields: Set<string>;
}

/**
 * Compares a session with the catalog.
 *
 * @param capture What Asterisk sent.
 * @param catalog What is known.
 * @returns A line for each event and header that the catalog lacks, for each
 * header that repeats though the catalog does not say so, for each that is
 * missing though the catalog says that it always comes, and for each value that
 * is not of its header's type.
 */
export function missingIn(capture: string, catalog: Catalog): string[] {
  const known = new Map<string, Known>(
    catalog.events.map((event) => [
      event.name,
      { event, fields: knownFields(event) },
    ]),
  );
  const missing = new Set<string>();
  const parser = new DataParser("catalog");
  const contradictions = new Contradictions(catalog);
  for (const lines of framesOf(capture)) {
    const data = parser.parse(lines);
    const name = data.Event;
    if (!lines[0]?.startsWith("Event:") || typeof name !== "string") continue;
    const found = known.get(name);
    if (found === undefined) {
      missing.add(`event ${name} is unknown`);
      continue;
    }
    for (const line of contradictions.inEvent(data)) missing.add(line);
    const { event, fields } = found;
    if (OPEN_EVENTS.has(name)) continue;
    for (const [header, value] of Object.entries(data)) {
      if (!fields.has(uncounted(header))) {
        missing.add(`${name} lacks ${header}`);
      }
      const mayRepeat = header.endsWith("ChanVariable") ||
        event.fields.some(({ name, isRepeated }) =>
          name === uncounted(header) && isRepeated
        );
      if (Array.isArray(value) && !mayRepeat) {
        missing.add(`${name} repeats ${header}`);
      }
    }
    for (const header of alwaysIn(event)) {
      if (data[header] === undefined) {
        missing.add(`${name} came without ${header}`);
      }
    }
  }
  return [...missing].sort();
}
