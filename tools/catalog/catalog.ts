/**
 * Joins what the versions of Asterisk document with what is known beyond it.
 *
 * @module
 */

import type {
  ActionFacts,
  Documentation,
  EventFacts,
  HeaderFacts,
} from "./documentation.ts";
import {
  CHANNEL_MAY_LACK,
  DESCRIBING_VALUE,
  EVENT_NAMES,
  FIELD_NAMES,
  type ListFacts,
  LISTS,
  LISTS_OF_ANY_EVENT,
  NOT_REQUIRED,
  PARAMETERS,
  REPEATED_FIELDS,
  REPEATED_PARAMETERS,
  RESPONSE_MAY_LACK,
  RESPONSES,
} from "./supplement.ts";
import { ALWAYS, BRIDGE_ALWAYS, CHANNEL_ALWAYS } from "./supplement_always.ts";
import {
  COMPLETION_FIELDS,
  EVENT_BRIDGES,
  EVENT_FIELDS,
} from "./supplement_events.ts";

/** A header of an action or an event. */
export interface Header {
  name: string;
  isRequired: boolean;
  values: string[];
  default: string | undefined;
  /** `true` if it can come several times. */
  isRepeated: boolean;
  /** `true` if it is never missing, where it is one of an event. */
  isAlways: boolean;
  /** The versions that document it. */
  versions: string[];
}

/** An action. */
export interface Action {
  name: string;
  versions: string[];
  since: string[];
  parameters: Header[];
  list: ListFacts | undefined;
  /** The event that ends its list of any events. */
  endOfAnyEvents: string | undefined;
  /** The headers of its response. */
  response: readonly ResponseHeader[];
}

/** A header of a response. */
export interface ResponseHeader {
  name: string;
  /** `true` if it is never missing where the action succeeds. */
  isAlways: boolean;
}

/** An event. */
export interface Event {
  name: string;
  /** Its name in the documentation. */
  documentedName: string;
  versions: string[];
  since: string[];
  /** The flags of its classes in any version; empty where they are not known. */
  flags: string[];
  channels: string[];
  /** `true` if the headers of its channel without a prefix always come. */
  hasChannel: boolean;
  /** `true` if the headers of its bridge always come. */
  hasBridge: boolean;
  bridges: string[];
  fields: Header[];
}

/** All that is known. */
export interface Catalog {
  actions: Action[];
  events: Event[];
}

/** Compares names such that every machine sorts them in one way. */
function byName(a: { name: string }, b: { name: string }): number {
  const [x, y] = [a.name.toLowerCase(), b.name.toLowerCase()];
  if (x === y) return a.name < b.name ? -1 : 1;
  return x < y ? -1 : 1;
}

function byVersion(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** Something with the version that documents it. */
type Versioned<Facts> = readonly [version: string, facts: Facts];

function joinHeaders(
  documented: readonly Versioned<ReadonlyMap<string, HeaderFacts>>[],
  undocumented: readonly string[],
  isRepeated: (name: string) => boolean,
  isAlways: (name: string) => boolean = () => false,
): Header[] {
  const headers = new Map<string, Header>();
  for (const [version, facts] of documented) {
    for (const header of facts.values()) {
      const known = headers.get(header.name);
      headers.set(header.name, {
        name: header.name,
        isRequired: header.isRequired && (known?.isRequired ?? true),
        values: [...new Set([...known?.values ?? [], ...header.values])]
          .filter((value) => !DESCRIBING_VALUE.test(value)),
        default: header.default ?? known?.default,
        isRepeated: isRepeated(header.name),
        isAlways: isAlways(header.name),
        versions: [...known?.versions ?? [], version],
      });
    }
  }
  for (const name of undocumented) {
    if (headers.has(name)) continue;
    headers.set(name, {
      name,
      isRequired: false,
      values: [],
      default: undefined,
      isRepeated: isRepeated(name),
      isAlways: isAlways(name),
      versions: [],
    });
  }
  return [...headers.values()];
}

function joinAction(
  name: string,
  documented: readonly Versioned<ActionFacts>[],
): Action {
  const repeated = REPEATED_PARAMETERS.get(name) ?? [];
  const parameters = joinHeaders(
    documented.map(([version, facts]) => [version, facts.parameters]),
    PARAMETERS.get(name) ?? [],
    (parameter) => repeated.includes(parameter),
  );
  for (const parameter of parameters) {
    if (NOT_REQUIRED.get(name)?.includes(parameter.name)) {
      parameter.isRequired = false;
    }
  }
  const documentedList = documented.at(-1)?.[1].list;
  return {
    name,
    versions: documented.map(([version]) => version),
    since: [...new Set(documented.flatMap(([, facts]) => facts.since))]
      .toSorted(byVersion),
    parameters,
    list: LISTS.get(name) ?? documentedList,
    endOfAnyEvents: LISTS_OF_ANY_EVENT.get(name),
    response: (RESPONSES.get(name) ?? []).map((header) => ({
      name: header,
      isAlways: !RESPONSE_MAY_LACK.get(name)?.includes(header),
    })),
  };
}

/** The headers of an event, spelt as on the wire. */
function spelt(facts: EventFacts, event: string): Map<string, HeaderFacts> {
  return new Map(
    [...facts.fields].map(([documented, header]) => {
      const name = FIELD_NAMES.get(event)?.get(documented) ?? documented;
      return [name, { ...header, name }];
    }),
  );
}

function joinEvent(
  name: string,
  documentedName: string,
  documented: readonly Versioned<EventFacts>[],
  isCompletion: boolean,
): Event {
  const channels = new Set<string>();
  const bridges = new Set<string>(EVENT_BRIDGES.get(name));
  for (const [, facts] of documented) {
    for (const prefix of facts.channels) channels.add(prefix);
    for (const prefix of facts.bridges) bridges.add(prefix);
  }
  const isEverywhere = documented.every(([, { channels }]) => channels.has(""));
  return {
    name,
    documentedName,
    versions: documented.map(([version]) => version),
    since: [...new Set(documented.flatMap(([, facts]) => facts.since))]
      .toSorted(byVersion),
    flags: [...new Set(documented.flatMap(([, facts]) => [...facts.flags]))],
    channels: [...channels],
    hasChannel: isEverywhere && (CHANNEL_ALWAYS.has(name) ||
      (channels.size === 1 && !CHANNEL_MAY_LACK.has(name))),
    hasBridge: BRIDGE_ALWAYS.has(name),
    bridges: [...bridges],
    fields: joinHeaders(
      documented.map(([version, facts]) => [version, spelt(facts, name)]),
      [
        ...isCompletion ? COMPLETION_FIELDS : [],
        ...EVENT_FIELDS.get(name) ?? [],
      ],
      (field) => REPEATED_FIELDS.has(field),
      (field) => ALWAYS.get(name)?.includes(field) ?? false,
    ),
  };
}

/**
 * Joins the documentation of several versions.
 *
 * @param documentations That of each version, the oldest first.
 * @returns The actions and events of all, sorted by name.
 */
export function joinCatalog(
  documentations: readonly Documentation[],
): Catalog {
  const actions = new Map<string, Versioned<ActionFacts>[]>();
  const events = new Map<string, Versioned<EventFacts>[]>();
  const documentedNames = new Map<string, string>();
  for (const { version, ...documentation } of documentations) {
    for (const facts of documentation.actions.values()) {
      actions.set(facts.name, [
        ...actions.get(facts.name) ?? [],
        [version, facts],
      ]);
    }
    for (const facts of documentation.events.values()) {
      const name = EVENT_NAMES.get(facts.name) ?? facts.name;
      documentedNames.set(name, facts.name);
      events.set(name, [...events.get(name) ?? [], [version, facts]]);
    }
  }

  const joinedActions = [...actions]
    .map(([name, documented]) => joinAction(name, documented))
    .toSorted(byName);
  const completions = new Set<string>();
  const names = new Set([...events.keys(), ...EVENT_FIELDS.keys()]);
  for (const { list, endOfAnyEvents } of joinedActions) {
    if (endOfAnyEvents !== undefined) names.add(endOfAnyEvents);
    if (list === undefined) continue;
    // An event alone that ends an answer is no end of a list.
    if (list.items.length > 0) completions.add(list.completion);
    for (const name of [...list.items, list.completion]) names.add(name);
  }
  return {
    actions: joinedActions,
    events: [...names]
      .map((name) =>
        joinEvent(
          name,
          documentedNames.get(name) ?? name,
          events.get(name) ?? [],
          completions.has(name),
        )
      )
      .toSorted(byName),
  };
}
