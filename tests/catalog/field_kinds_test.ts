import { assert, assertEquals } from "@std/assert";
import { isTextHeader } from "../../src/wire/text_headers.ts";
import { joinCatalog } from "../../tools/catalog/catalog.ts";
import {
  kindOf,
  listedFields,
  reasonOf,
  RESPONSE,
} from "../../tools/catalog/field_kinds.ts";
import {
  BRIDGE_FIELDS,
  CHANNEL_FIELDS,
  COMMON_EVENT_FIELDS,
  COMMON_RESPONSE_FIELDS,
  OPTIONAL_CHANNEL_FIELDS,
} from "../../tools/catalog/snapshot_fields.ts";
import {
  ALWAYS,
  BRIDGE_ALWAYS,
  CHANNEL_ALWAYS,
} from "../../tools/catalog/supplement_always.ts";
import {
  RESPONSE_MAY_LACK,
  RESPONSES,
} from "../../tools/catalog/supplement.ts";
import { OPEN_EVENTS } from "../../tools/catalog/supplement_events.ts";
import { textsOf } from "../../tools/catalog/write_table.ts";
import { documentationTest } from "./_documentation.ts";

const ROOT = new URL("../../", import.meta.url);

documentationTest(
  "The parser leaves the headers texts that the types say are texts, and no others",
  (documentations) => {
    const { actions, events } = joinCatalog(documentations);
    let count = 0;
    for (const event of events) {
      for (const [header, isText] of textsOf(event)) {
        assertEquals(
          isTextHeader(event.name, header),
          isText,
          `${event.name}/${header}`,
        );
        count++;
      }
      for (const header of COMMON_EVENT_FIELDS) {
        assert(isTextHeader(event.name, header), header);
      }
      assert(!isTextHeader(event.name, "NoSuchHeader"), event.name);
    }
    for (const { response } of actions) {
      for (const { name: header } of response) {
        const isText = kindOf(RESPONSE, header) === "text";
        assertEquals(isTextHeader(RESPONSE, header), isText, header);
      }
    }
    assert(count > 1_500, String(count));
  },
);

documentationTest(
  "Every header that is listed as a quantity is one of some event or response",
  (documentations) => {
    const { actions, events } = joinCatalog(documentations);
    const known = new Set([...CHANNEL_FIELDS, ...BRIDGE_FIELDS]);
    for (const { name, fields } of events) {
      for (const field of fields) {
        known.add(field.name).add(`${name}/${field.name}`);
      }
    }
    for (const { response } of actions) {
      for (const { name: header } of response) {
        known.add(header).add(`${RESPONSE}/${header}`);
      }
    }
    assertEquals(listedFields().filter((field) => !known.has(field)), []);
  },
);

documentationTest(
  "Every header that always comes is one of its event",
  (documentations) => {
    const events = new Map(
      joinCatalog(documentations).events.map((event) => [event.name, event]),
    );
    for (const [event, headers] of ALWAYS) {
      const known = events.get(event)?.fields.map(({ name }) => name) ?? [];
      assertEquals(headers.filter((name) => !known.includes(name)), [], event);
    }
    for (const [action, headers] of RESPONSE_MAY_LACK) {
      const known = RESPONSES.get(action) ?? [];
      assertEquals(headers.filter((name) => !known.includes(name)), [], action);
    }
    for (const event of CHANNEL_ALWAYS) assert(events.get(event)?.hasChannel);
    for (const event of BRIDGE_ALWAYS) assert(events.has(event), event);
  },
);

documentationTest(
  "No quantity has words among its values, and what is either says when",
  (documentations) => {
    for (const { name, fields } of joinCatalog(documentations).events) {
      for (const field of fields) {
        const kind = kindOf(name, field.name);
        const words = field.values.filter((value) => !/^-?\d+$/.test(value));
        assert(
          kind !== "number" || words.length === 0,
          `${name}/${field.name}`,
        );
        assertEquals(
          kind === "either",
          reasonOf(name, field.name) !== undefined,
          `${name}/${field.name}`,
        );
      }
    }
  },
);

Deno.test("The shared headers have the types that the parser gives them", async () => {
  const text = await Deno.readTextFile(
    new URL("src/catalog/snapshots.ts", ROOT),
  );
  const types = new Map<string, string>();
  for (
    const [, name = "", type = ""] of text.matchAll(/^ {2}(\w+)\??: (\w+)/gm)
  ) {
    types.set(name, type);
  }
  const shared = [
    ...CHANNEL_FIELDS,
    ...OPTIONAL_CHANNEL_FIELDS,
    ...BRIDGE_FIELDS,
    ...COMMON_EVENT_FIELDS.filter((name) => name !== "Event"),
    ...COMMON_RESPONSE_FIELDS,
  ];
  assertEquals(new Set(types.keys()), new Set(shared));
  for (const [name, type] of types) {
    const isNumber = kindOf("Newchannel", name) === "number";
    assertEquals(type === "number", isNumber, name);
  }
});

Deno.test("Headers that the catalog does not know are not texts", () => {
  for (const header of ["Channel", "Exten", "Queue", "Number"]) {
    assert(!isTextHeader("NoSuchEvent", header), header);
  }
  for (const event of OPEN_EVENTS) {
    for (const header of ["Queue", "Number", "Seconds"]) {
      assert(!isTextHeader(event, header), `${event}/${header}`);
    }
  }
  assert(isTextHeader("UserEvent", "CallerIDNum"));
  assert(isTextHeader("UserEvent", "UserEvent"));
});
