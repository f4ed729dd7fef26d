import type { DAMIData } from "../../src/data.ts";
import type { Catalog } from "./catalog.ts";
import { type FieldKind, kindOf, RESPONSE } from "./field_kinds.ts";
import {
  BRIDGE_FIELDS,
  CHANNEL_FIELDS,
  COMMON_EVENT_FIELDS,
  COMMON_RESPONSE_FIELDS,
  OPTIONAL_CHANNEL_FIELDS,
} from "./snapshot_fields.ts";

/** The statements of the catalog about the headers of a kind of frame. */
type Kinds = ReadonlyMap<string, FieldKind>;

/** The name under which the catalog has a header that is counted. */
export function uncounted(name: string): string {
  return name
    .replace(/^Report\d+/, "ReportX")
    .replace(/^ChanVariable\(.*\)$/, "ChanVariable(*)")
    .replace(/\(\d+\)/, "(0)")
    .replace(/-\d{6}(?=-|$)/g, "-000000");
}

/**
 * Finds values that are not of the type which the catalog gives to their
 * header.
 */
export class Contradictions {
  readonly #events: ReadonlyMap<string, Kinds>;
  readonly #responses: ReadonlyMap<string, Kinds>;

  /** @param catalog What is known. */
  constructor({ actions, events }: Catalog) {
    const common = (names: readonly string[]): [string, FieldKind][] =>
      names.map((name) => [name, "text"]);
    this.#responses = new Map(actions.map(({ name, response }) => {
      const kinds = new Map(common(COMMON_RESPONSE_FIELDS));
      for (const header of response) {
        kinds.set(header.name, kindOf(RESPONSE, header.name));
      }
      return [name, kinds];
    }));
    this.#events = new Map(events.map((event) => {
      const kinds = new Map(common(COMMON_EVENT_FIELDS));
      const add = (prefix: string, names: readonly string[]) => {
        for (const name of names) {
          kinds.set(prefix + name, kindOf(event.name, name));
        }
      };
      add("", event.fields.map(({ name }) => name));
      for (const prefix of event.channels) {
        add(prefix, CHANNEL_FIELDS);
        add(prefix, OPTIONAL_CHANNEL_FIELDS);
      }
      for (const prefix of event.bridges) add(prefix, BRIDGE_FIELDS);
      return [event.name, kinds];
    }));
  }

  /**
   * Returns a line for each value of an event that contradicts its type.
   *
   * @param event The event, as DAMI gives it by default.
   */
  inEvent(event: DAMIData): string[] {
    return contradictions(event, this.#events.get(String(event.Event)));
  }

  /**
   * Returns a line for each value of a response that contradicts its type.
   *
   * @param response The response, as DAMI gives it by default.
   * @param action The action that it answers.
   */
  inResponse(response: DAMIData, action: string): string[] {
    return contradictions(response, this.#responses.get(action));
  }
}

function contradictions(data: DAMIData, kinds: Kinds | undefined): string[] {
  return Object.entries(data)
    .filter(([name, value]) => {
      const kind = kinds?.get(uncounted(name));
      if (kind === undefined || kind === "either") return false;
      // What repeats is an array of texts, of any header.
      return (kind === "text") === (typeof value === "number");
    })
    .map(([name, value]) => `${data.Event ?? RESPONSE} has ${name}: ${value}`);
}
