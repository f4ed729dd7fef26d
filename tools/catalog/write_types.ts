/**
 * Writes the catalog as types. What it writes is for `deno fmt` to format.
 *
 * @module
 */

import type { Action, Catalog, Event, Header } from "./catalog.ts";
import { kindOf, reasonOf, RESPONSE } from "./field_kinds.ts";
import type { GeneratedFile } from "./generated_file.ts";

const DOCUMENTATION = "https://docs.asterisk.org";

function sentence(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2
    ? last
    : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

/** Writes the comment of each action and event: the page that documents it, and the versions that know it. */
function doc(
  kind: "Action" | "Event",
  { name, documentedName, versions, since }: {
    name: string;
    documentedName: string;
    versions: readonly string[];
    since: readonly string[];
  },
): string {
  const newest = versions.at(-1);
  if (newest === undefined) {
    return `/** ${kind} \`${name}\`, which Asterisk does not document. */`;
  }
  const page =
    `${DOCUMENTATION}/Asterisk_${newest}_Documentation/API_Documentation/AMI_${kind}s/${documentedName}/`;
  const begin = since.length === 0 ? "" : `, since ${sentence(since)}`;
  return `/** ${kind} [${name}](${page}): documented by Asterisk ${
    sentence(versions)
  }${begin}. */`;
}

/** Writes the comment of a header, if there is anything to say. */
function headerDoc(
  header: Header,
  versions: readonly string[],
  reason?: string,
): string {
  const facts: string[] = [];
  if (header.versions.length > 0 && header.versions.length < versions.length) {
    facts.push(`Documented by Asterisk ${sentence(header.versions)} alone.`);
  }
  if (header.versions.length === 0 && versions.length > 0) {
    facts.push("Not documented by Asterisk.");
  }
  if (header.default !== undefined) {
    facts.push(`The default is \`${header.default}\`.`);
  }
  if (reason !== undefined) facts.push(reason);
  return facts.length === 0 ? "" : `/** ${facts.join(" ")} */\n`;
}

function property(name: string): string {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(name) ? name : JSON.stringify(name);
}

/** The form of a name that stands for many, such as `Action-000000`. */
function pattern(name: string): string | undefined {
  if (name.endsWith("-000000")) return name.replace(/-\d.*/, "-${string}");
  if (/\(0\)/.test(name)) return name.replace("0", "${number}");
  if (name.endsWith("(*)")) return name.replace("*", "${string}");
  if (name.startsWith("ReportX")) return name.replace("X", "${number}");
  return undefined;
}

function choice(values: readonly string[], type: string, plain: string) {
  // Numbers are values of any field, and completing them helps nobody.
  const texts = values.filter((value) => !/^-?\d+$/.test(value));
  return texts.length === 0
    ? plain
    : `${type}<${texts.map((text) => JSON.stringify(text)).join(" | ")}>`;
}

function parameterLine(header: Header, { versions }: Action): string {
  const type = header.isRepeated
    ? "RepeatedParameterValue"
    : choice(header.values, "KnownParameterValue", "ActionValue");
  const isPattern = pattern(header.name) !== undefined;
  const name = isPattern
    ? `[header: \`${pattern(header.name)}\`]`
    : `${property(header.name)}${header.isRequired ? "" : "?"}`;
  const orNone = header.isRequired ? "" : " | undefined";
  return `${headerDoc(header, versions)}${name}: ${type}${orNone};`;
}

/** The type of a header's value in an event or a response. */
function fieldType(
  frame: string,
  { name, isRepeated, values }: Pick<Header, "name" | "isRepeated" | "values">,
): string {
  if (isRepeated) return "RepeatedFieldValue";
  const kind = kindOf(frame, name);
  if (kind === "number") return "number";
  return kind === "text"
    ? choice(values, "KnownFieldValue", "string")
    : "FieldValue";
}

/** A header and its type. */
function member(name: string, type: string, isAlways = false): string {
  const form = pattern(name);
  return form === undefined
    ? `${property(name)}${isAlways ? "" : "?"}: ${type};`
    : `[header: \`${form}\`]: ${type} | undefined;`;
}

function fieldLine(header: Header, { name, versions }: Event): string {
  const about = headerDoc(header, versions, reasonOf(name, header.name));
  return about + member(header.name, fieldType(name, header), header.isAlways);
}

function actionType(action: Action): string {
  const lines = action.parameters
    .filter(({ name }) => name !== "ActionID")
    .map((header) => parameterLine(header, action));
  const type = `{\n${["ActionID?: ActionIdValue;", ...lines].join("\n")}\n}`;
  const about = { ...action, documentedName: action.name };
  return `${doc("Action", about)}\n${property(action.name)}: ${type};`;
}

function snapshots(event: Event): string[] {
  const channels = event.channels.map((prefix) => {
    if (prefix !== "") return `PrefixedFields<"${prefix}", ChannelFields>`;
    return event.hasChannel ? "ChannelFields" : "Partial<ChannelFields>";
  });
  const bridges = event.bridges.map((prefix) => {
    if (prefix !== "") return `PrefixedFields<"${prefix}", BridgeFields>`;
    return event.hasBridge ? "BridgeFields" : "Partial<BridgeFields>";
  });
  return [...channels, ...bridges];
}

const CHANNEL_FIELDS = new Set(["Channel", "Uniqueid", "Linkedid"]);

function eventType(event: Event): string {
  const hasOwnChannel = event.channels.includes("");
  const lines = event.fields
    .filter(({ name }) => name !== "ActionID" && name !== "Event")
    .filter(({ name }) => !(hasOwnChannel && CHANNEL_FIELDS.has(name)))
    .map((header) => fieldLine(header, event));
  const own = `{\n${
    [`Event: ${JSON.stringify(event.name)};`, ...lines].join("\n")
  }\n}`;
  const type = [...snapshots(event), own].join(" & ");
  return `${doc("Event", event)}\n${property(event.name)}: ${type};`;
}

function answerType(action: Action): string | undefined {
  const { list, endOfAnyEvents, response } = action;
  const lines: string[] = [];
  if (response.length > 0) {
    const fields = response.map(({ name, isAlways }) =>
      member(
        name,
        fieldType(RESPONSE, { name, isRepeated: false, values: [] }),
        isAlways,
      )
    );
    lines.push(`response: {\n${fields.join("\n")}\n};`);
  }
  if (action.name === "Command") {
    lines.push("response: { Output?: string[] };");
  }
  if (endOfAnyEvents !== undefined) {
    lines.push("items: string;", `completion: "${endOfAnyEvents}";`);
  } else if (list !== undefined) {
    const items = list.items.map((item) => JSON.stringify(item)).join(" | ");
    lines.push(`items: ${items || "never"};`);
    lines.push(`completion: ${JSON.stringify(list.completion)};`);
    if (list.isOptional) lines.push("isOptional: true;");
  }
  if (lines.length === 0) return undefined;
  return `/** The answer to \`${action.name}\`. */\n${
    property(action.name)
  }: {\n${lines.join("\n")}\n};`;
}

function file(
  name: string,
  imports: string,
  about: string,
  head: string,
  entries: readonly string[],
): GeneratedFile {
  return {
    path: `catalog/${name}`,
    text: `// Written by tools/generate_catalog.ts: change that, and not this.
${imports}
/** ${about} */
export interface ${head} {
${entries.join("\n")}
}
`,
  };
}

/**
 * Writes the types.
 *
 * @param catalog What is known.
 * @returns The files, not formatted yet.
 */
export function writeTypes({ actions, events }: Catalog): GeneratedFile[] {
  return [
    file(
      "actions.ts",
      `import type { ActionValue } from "../actions/action.ts";
import type { ActionIdValue, KnownParameterValue, RepeatedParameterValue } from "./values.ts";
`,
      "The headers of every action, by its name.",
      "ActionParametersMap",
      actions.map(actionType),
    ),
    file(
      "answers.ts",
      "",
      "What is known of the answers: the headers of the response, and the events of a list.",
      "ActionAnswersMap",
      actions.map(answerType).filter((text) => text !== undefined),
    ),
    file(
      "events.ts",
      `import type { BridgeFields, ChannelFields, PrefixedFields } from "./snapshots.ts";
import type { FieldValue, KnownFieldValue, RepeatedFieldValue } from "./values.ts";
`,
      "The headers of every event, by its name.",
      "EventDataMap",
      events.map(eventType),
    ),
  ];
}
