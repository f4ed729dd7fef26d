import { assert, assertEquals } from "@std/assert";
import { answerShape } from "../../src/actions/answer_shapes.ts";
import { type Catalog, joinCatalog } from "../../tools/catalog/catalog.ts";
import { missingIn } from "../../tools/catalog/compare.ts";
import { allReasons } from "../../tools/catalog/field_kinds.ts";
import {
  EVENT_NAMES,
  LISTS,
  LISTS_OF_ANY_EVENT,
  NOT_REQUIRED,
  PARAMETERS,
  REPEATED_PARAMETERS,
  RESPONSES,
} from "../../tools/catalog/supplement.ts";
import { OPEN_EVENTS } from "../../tools/catalog/supplement_events.ts";
import { generate, readXml } from "../../tools/generate_catalog.ts";
import { documentationTest } from "./_documentation.ts";

const ROOT = new URL("../../", import.meta.url);

/** The number of names that each version documents; counted in the XML by other means. */
const COUNTS = new Map([
  ["16", { actions: 160, events: 165 }],
  ["22", { actions: 154, events: 181 }],
]);

/** The names of the entries of a generated file. */
async function entriesOf(file: string): Promise<Set<string>> {
  const text = await Deno.readTextFile(new URL(`src/catalog/${file}`, ROOT));
  return new Set(
    [...text.matchAll(/^ {2}"?([A-Za-z][\w-]*)"?:/gm)]
      .map(([, name = ""]) => name),
  );
}

/** The names of the elements of one kind, read without the parser. */
function namesIn(xml: string, tag: string): Set<string> {
  return new Set(
    [...xml.matchAll(new RegExp(`<${tag}\\s[^>]*\\bname="([^"]+)"`, "g"))]
      .map(([, name = ""]) => name),
  );
}

documentationTest(
  "The catalog has every action and event that Asterisk documents",
  async (documentations) => {
    const actions = await entriesOf("actions.ts");
    const events = await entriesOf("events.ts");
    for (const { version, ...documentation } of documentations) {
      assertEquals({
        actions: documentation.actions.size,
        events: documentation.events.size,
      }, COUNTS.get(version));
      for (const name of documentation.actions.keys()) {
        assert(actions.has(name), name);
      }
      for (const name of documentation.events.keys()) {
        assert(events.has(EVENT_NAMES.get(name) ?? name), name);
      }
    }
  },
);

documentationTest(
  "No action and no event of the XML is passed over",
  async (documentations) => {
    for (const { version, actions, events } of documentations) {
      const xml = await readXml(version);
      assertEquals(namesIn(xml, "manager"), new Set(actions.keys()));
      assertEquals(namesIn(xml, "managerEvent"), new Set(events.keys()));
    }
  },
);

documentationTest(
  "What generates the catalog gives what is there, on each run",
  async (documentations) => {
    const [first, second] = await Promise.all([
      generate(joinCatalog(documentations)),
      generate(joinCatalog(documentations)),
    ]);
    assertEquals(first, second);
    for (const { path, text } of first) {
      const present = await Deno.readTextFile(new URL(`src/${path}`, ROOT));
      assert(
        present === text,
        `src/${path} is out of date: run tools/generate_catalog.ts`,
      );
    }
  },
);

Deno.test(
  "The catalog holds no sentence of Asterisk's documentation",
  async () => {
    const OWN =
      /^(?:(?:Action|Event) (?:\[[\w-]+\]\(https:\/\/docs\.asterisk\.org\/[\w/-]+\): documented by Asterisk [\d, and]+(?:, since [\d., and]+)?\.|`[\w-]+`, which Asterisk does not document\.)|The answer to `\w+`\.|(?:Documented by Asterisk \d+ alone\.|Not documented by Asterisk\.)?(?: ?The default is `[^`]*`\.)?)$/;
    const reasons = allReasons();
    for (const file of ["actions.ts", "answers.ts", "events.ts"]) {
      const text = await Deno.readTextFile(
        new URL(`src/catalog/${file}`, ROOT),
      );
      for (const [, doc = ""] of text.matchAll(/^ {2,}\/\*\* (.*) \*\/$/gm)) {
        const facts = reasons.reduce(
          (text, reason) => text.replace(reason, "").trim(),
          doc,
        );
        assert(OWN.test(facts), doc);
      }
      assert(
        !/^ {2,}\/\*\*\s*$/m.test(text),
        `${file}: a doc of several lines`,
      );
    }
  },
);

documentationTest(
  "list_actions.ts knows the end of every list that is documented",
  (documentations) => {
    for (const { actions, events } of documentations) {
      for (const { name, list } of actions.values()) {
        if (list === undefined) continue;
        assertEquals(
          LISTS.get(name)?.completion,
          list.completion,
          `the end of ${name}`,
        );
        assertEquals(
          LISTS.get(name)?.items.toSorted(),
          list.items.toSorted(),
          `the items of ${name}`,
        );
      }
      const ends = new Set([...LISTS.values()].map((list) => list.completion));
      for (const { name, fields } of events.values()) {
        if (!fields.has("EventList") && !fields.has("ListItems")) continue;
        assert(ends.has(name), `${name} ends no list that is known`);
      }
    }
  },
);

Deno.test("The guide says how many actions and events the catalog has", async () => {
  const guide = (await Deno.readTextFile(new URL("mod.ts", ROOT)))
    .replaceAll("\n * ", " ");
  const actions = await entriesOf("actions.ts");
  const events = await entriesOf("events.ts");
  assert(
    guide.includes(`${actions.size} actions and ${events.size} events`),
    `${actions.size} actions and ${events.size} events`,
  );
});

Deno.test("list_actions.ts and the catalog have the same ends", () => {
  for (const [action, { items, completion }] of LISTS) {
    const shape = answerShape(action);
    assertEquals(shape.completion ?? completion, completion, action);
    assertEquals(
      shape.endsWithEvent,
      items.length === 0 ? completion : undefined,
      action,
    );
    if (shape.itemWithoutActionId !== undefined) {
      assertEquals([shape.itemWithoutActionId], items, action);
    }
  }
  for (const [action, completion] of LISTS_OF_ANY_EVENT) {
    assertEquals(answerShape(action).endsWithEvent, completion);
  }
});

Deno.test(
  "The supplement has no missing actions",
  async () => {
    const actions = await entriesOf("actions.ts");
    for (
      const names of [
        LISTS,
        LISTS_OF_ANY_EVENT,
        NOT_REQUIRED,
        PARAMETERS,
        REPEATED_PARAMETERS,
        RESPONSES,
      ]
    ) {
      for (const name of names.keys()) {
        assert(actions.has(name), name);
      }
    }
  },
);

for (const capture of ["lists-16.txt", "calls-22.txt", "badlogin-22.txt"]) {
  documentationTest(
    `The catalog knows every header of the session ${capture}`,
    async (documentations) => {
      const text = await Deno.readTextFile(
        new URL(`tests/captures/${capture}`, ROOT),
      );
      assertEquals(missingIn(text, joinCatalog(documentations)), []);
    },
  );
}

Deno.test("A comparison reports what the catalog lacks", () => {
  const catalog: Catalog = {
    actions: [],
    events: [{
      name: "Known",
      documentedName: "Known",
      versions: ["22"],
      flags: [],
      since: [],
      channels: [""],
      hasChannel: true,
      hasBridge: false,
      bridges: [],
      fields: [],
    }],
  };
  const missing = missingIn(
    "Response: Success\r\nNews: 1\r\n\r\n" +
      "Event: Unknown\r\nA: 1\r\n\r\n" +
      "Event: Known\r\nNews: 1\r\nExten: 1\r\nExten: 2\r\n\r\n" +
      "Event: UserEvent\r\n\r\n",
    catalog,
  );
  assertEquals(
    missing.filter((line) => !line.startsWith("Known came without")),
    [
      "Known lacks News",
      "Known repeats Exten",
      "event Unknown is unknown",
      "event UserEvent is unknown",
    ],
  );
  assert(missing.includes("Known came without Channel"));
  assert(!missing.includes("Known came without Exten"));
  assert(OPEN_EVENTS.has("UserEvent"));
});

documentationTest(
  "Values that are listed by what they are for are those that can be sent",
  (documentations) => {
    const { actions } = joinCatalog(documentations);
    const valuesOf = (action: string, parameter: string) =>
      actions.find(({ name }) => name === action)?.parameters
        .find(({ name }) => name.startsWith(parameter))?.values;
    assertEquals(valuesOf("UpdateConfig", "Options-"), [
      "allowdups",
      "template",
    ]);
    assertEquals(valuesOf("UpdateConfig", "Action-")?.includes("NewCat"), true);
  },
);
