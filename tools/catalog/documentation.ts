/**
 * Reads what Asterisk documents of its manager interface, from the
 * `core-en_US.xml` that every installation has. Only facts are taken: names,
 * flags, values and versions, and no sentence.
 *
 * @module
 */

import { DOMParser, type Element } from "@xmldom/xmldom";
import { IncludeResolver } from "./include.ts";

/** A header of an action or of an event. */
export interface HeaderFacts {
  name: string;
  isRequired: boolean;
  /** The values that it can have; empty where they are not enumerated. */
  values: string[];
  default: string | undefined;
}

/** An action. */
export interface ActionFacts {
  name: string;
  /** The versions that it came with, one for each branch. */
  since: string[];
  parameters: Map<string, HeaderFacts>;
  /** The list that answers it, where one is documented. */
  list: { items: string[]; completion: string } | undefined;
}

/** An event. */
export interface EventFacts {
  name: string;
  since: string[];
  /** The flags of its classes, such as `EVENT_FLAG_CALL`. */
  flags: Set<string>;
  /** The prefixes of the channels that it describes. */
  channels: Set<string>;
  /** The prefixes of the bridges that it describes. */
  bridges: Set<string>;
  fields: Map<string, HeaderFacts>;
}

/** The documentation of one version of Asterisk. */
export interface Documentation {
  /** The major version. */
  version: string;
  actions: Map<string, ActionFacts>;
  events: Map<string, EventFacts>;
}

/** The children of an element, with the includes among them replaced. */
type Children = (element: Element) => Element[];

/** Adds a header; one that is there already stays required only if both are. */
function addHeader(
  headers: Map<string, HeaderFacts>,
  header: HeaderFacts,
): void {
  const present = headers.get(header.name);
  headers.set(header.name, {
    ...header,
    isRequired: header.isRequired && (present?.isRequired ?? true),
    values: [...new Set([...present?.values ?? [], ...header.values])],
    default: present?.default ?? header.default,
  });
}

function readHeader(element: Element, children: Children): HeaderFacts {
  const required = element.getAttribute("required");
  const enums = enumsIn(element, children);
  const nested = enums.flatMap((each) =>
    children(each).flatMap((child) => enumsIn(child, children))
      .concat(enumsIn(each, children))
  );
  // Those that have values of their own only say when these are meant.
  const values = (nested.length > 0 ? nested : enums)
    .map((child) => child.getAttribute("name") ?? "")
    .filter((value) => nested.length === 0 || !value.includes("="));
  return {
    name: element.getAttribute("name") ?? "",
    isRequired: required === "true" || required === "yes",
    values,
    default: element.getAttribute("default") || undefined,
  };
}

/** Returns the values that an element lists. */
function enumsIn(element: Element, children: Children): Element[] {
  return children(element)
    .filter((child) => child.localName === "enumlist")
    .flatMap(children)
    .filter((child) => child.localName === "enum");
}

function named(elements: Element[], name: string): Element[] {
  return elements.filter((element) => element.localName === name);
}

function readSince(element: Element, children: Children): string[] {
  return named(children(element), "since")
    .flatMap(children)
    .map((version) => version.textContent?.trim() ?? "");
}

function readAction(
  element: Element,
  known: ActionFacts | undefined,
  children: Children,
): ActionFacts {
  const name = element.getAttribute("name") ?? "";
  const parameters = known?.parameters ?? new Map<string, HeaderFacts>();
  for (const syntax of named(children(element), "syntax")) {
    for (const parameter of named(children(syntax), "parameter")) {
      addHeader(parameters, readHeader(parameter, children));
    }
  }
  const [responses] = named(children(element), "responses");
  let list: ActionFacts["list"] = known?.list;
  if (responses !== undefined) {
    const parts = children(responses);
    const items = named(parts, "list-elements").flatMap(children)
      .map((event) => event.getAttribute("name") ?? "");
    const [completion] = named(parts, "managerEvent");
    if (completion === undefined) {
      throw new Error(`The list of action "${name}" has no end`);
    }
    list = { items, completion: completion.getAttribute("name") ?? "" };
  }
  const since = [
    ...new Set([...known?.since ?? [], ...readSince(element, children)]),
  ];
  return { name, since, parameters, list };
}

function readEvent(
  element: Element,
  known: EventFacts | undefined,
  children: Children,
): EventFacts {
  const event: EventFacts = known ?? {
    name: element.getAttribute("name") ?? "",
    since: [],
    flags: new Set(),
    channels: new Set(),
    bridges: new Set(),
    fields: new Map(),
  };
  const instances = named(children(element), "managerEventInstance");
  const since = new Set(event.since);
  for (const instance of instances) {
    for (const version of readSince(instance, children)) since.add(version);
    for (const flag of instance.getAttribute("class")?.split(/\W+/) ?? []) {
      if (flag !== "") event.flags.add(flag);
    }
    const syntaxes = named(children(instance), "syntax");
    for (const part of syntaxes.flatMap(children)) {
      const prefix = part.getAttribute("prefix") ?? "";
      if (part.localName === "channel_snapshot") event.channels.add(prefix);
      else if (part.localName === "bridge_snapshot") event.bridges.add(prefix);
      else if (part.localName === "parameter") {
        addHeader(event.fields, readHeader(part, children));
      }
    }
  }
  event.since = [...since];
  return event;
}

/**
 * Reads the documentation of one version.
 *
 * @param version The major version.
 * @param xml The text of its `core-en_US.xml`.
 * @returns Its actions and events.
 */
export function readDocumentation(version: string, xml: string): Documentation {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const root = document.documentElement;
  if (root === null) throw new Error("The documentation is empty");
  const resolver = new IncludeResolver(root);
  const children: Children = (element) => resolver.children(element);

  const actions = new Map<string, ActionFacts>();
  for (const element of root.getElementsByTagName("manager")) {
    const name = element.getAttribute("name") ?? "";
    actions.set(name, readAction(element, actions.get(name), children));
  }
  const events = new Map<string, EventFacts>();
  for (const element of root.getElementsByTagName("managerEvent")) {
    const name = element.getAttribute("name") ?? "";
    events.set(name, readEvent(element, events.get(name), children));
  }
  return { version, actions, events };
}
