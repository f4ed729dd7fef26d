import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { MergedMap } from "../../src/fleet/merged_map.ts";

interface Thing {
  readonly value: number;
}

type Maps = Map<string, Map<string, Thing>>;

function merged(maps: Maps): MergedMap<Thing> {
  return new MergedMap({ get: (pbx) => maps.get(pbx), all: () => maps });
}

const names = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/);

/** Ids hold slashes, as devices do. */
const ids = fc.oneof(fc.string(), fc.constantFrom("PJSIP/6001", "/", ""));

const mapsOfPbxs = fc.array(
  fc.tuple(names, fc.array(fc.tuple(ids, fc.integer()))),
).map((entries): Maps =>
  new Map(
    entries.map(([pbx, things]) => [
      pbx,
      new Map(things.map(([id, value]) => [id, { value }])),
    ]),
  )
);

Deno.test("a merged map is the map of all records by PBX and id", () => {
  fc.assert(fc.property(mapsOfPbxs, (maps) => {
    const expected = new Map<string, Thing & { pbx: string }>();
    for (const [pbx, things] of maps) {
      for (const [id, { value }] of things) {
        expected.set(`${pbx}/${id}`, { value, pbx });
      }
    }
    const map = merged(maps);
    assertEquals(map.size, expected.size);
    assertEquals([...map], [...expected]);
    assertEquals([...map.keys()], [...expected.keys()]);
    assertEquals([...map.values()], [...expected.values()]);
    const seen: unknown[] = [];
    map.forEach((record, key, whole) => {
      assertStrictEquals(whole, map);
      seen.push([key, record]);
    });
    assertEquals(seen, [...expected]);
    for (const [key, record] of expected) {
      assert(map.has(key));
      assertEquals(map.get(key), record);
    }
  }));
});

Deno.test("a merged map knows no other key", () => {
  const map = merged(new Map([["a", new Map([["x", { value: 1 }]])]]));
  for (const key of ["", "/", "a", "a/", "a/y", "b/x", "x", "A/x"]) {
    assertEquals([key, map.has(key), map.get(key)], [key, false, undefined]);
  }
});

Deno.test("a merged map is a view, and names each record once", () => {
  const things = new Map([["x", { value: 1 }]]);
  const map = merged(new Map([["a", things]]));
  const record = map.get("a/x");
  assertStrictEquals(map.get("a/x"), record);
  assertStrictEquals([...map.values()][0], record);
  assertEquals(things.get("x"), { value: 1 });
  things.set("x", { value: 2 });
  assertEquals(map.get("a/x"), { value: 2, pbx: "a" });
  things.delete("x");
  assertEquals([map.size, map.has("a/x")], [0, false]);
});
