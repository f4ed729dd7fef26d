import { DataParser } from "../../src/wire/data_parser.ts";
import type { Catalog, Event } from "./catalog.ts";
import { OPEN_EVENTS } from "./supplement_events.ts";

/** The headers of a channel and of a bridge, which `src/catalog/snapshots.ts` holds as types. */
const CHANNEL = [
  "Channel",
  "ChannelState",
  "ChannelStateDesc",
  "CallerIDNum",
  "CallerIDName",
  "ConnectedLineNum",
  "ConnectedLineName",
  "Language",
  "AccountCode",
  "Context",
  "Exten",
  "Priority",
  "Uniqueid",
  "Linkedid",
];

const OF_SOME_CHANNELS = ["Tenantid", "ChanVariable"];

const BRIDGE = [
  "BridgeUniqueid",
  "BridgeType",
  "BridgeTechnology",
  "BridgeCreator",
  "BridgeName",
  "BridgeNumChannels",
  "BridgeVideoSourceMode",
  "BridgeVideoSource",
];

/** What any event and any response can have. */
const COMMON = [
  "Event",
  "Response",
  "Privilege",
  "Timestamp",
  "ActionID",
  "SystemName",
  "Message",
  "EventList",
];

/** The headers that the catalog has of an event. */
function knownFields(event: Event): Set<string> {
  return new Set([
    ...COMMON,
    ...event.fields.map(({ name }) => name),
    ...event.channels.flatMap((prefix) =>
      [...CHANNEL, ...OF_SOME_CHANNELS].map((name) => prefix + name)
    ),
    ...event.bridges.flatMap((prefix) => BRIDGE.map((name) => prefix + name)),
  ]);
}

/** The name under which the catalog has a header that is counted. */
function uncounted(name: string): string {
  return name
    .replace(/^Report\d+/, "ReportX")
    .replace(/^ChanVariable\(.*\)$/, "ChanVariable(*)")
    .replace(/\(\d+\)/, "(0)");
}

/** The frames of a capture, as data. */
function framesOf(capture: string): string[][] {
  return capture.replaceAll("\r\n", "\n").split("\n\n")
    .map((frame) => frame.split("\n").filter((line) => line !== ""));
}

/** What is known of an event, made ready to be looked up. */
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
 * header that repeats though the catalog does not say so, and for each that is
 * missing though the catalog says that it always comes.
 */
export function missingIn(capture: string, catalog: Catalog): string[] {
  const known = new Map<string, Known>(
    catalog.events.map((event) => [
      event.name,
      { event, fields: knownFields(event) },
    ]),
  );
  const missing = new Set<string>();
  const parser = new DataParser(false);
  for (const lines of framesOf(capture)) {
    const data = parser.parse(lines);
    const name = data.Event;
    if (!lines[0]?.startsWith("Event:") || typeof name !== "string") continue;
    const found = known.get(name);
    if (found === undefined) {
      missing.add(`event ${name} is unknown`);
      continue;
    }
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
    if (!event.hasChannel) continue;
    for (const header of CHANNEL) {
      if (data[header] === undefined) {
        missing.add(`${name} came without ${header}`);
      }
    }
  }
  return [...missing].sort();
}
