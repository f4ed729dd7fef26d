import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { encodeAll } from "../../src/nats/encode_all.ts";

Deno.test("texts that are encoded together are what each is alone", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme-ascii" }),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 100 }), (texts) => {
      const encoder = new TextEncoder();
      assertEquals(
        encodeAll(texts).map((bytes) => [...bytes]),
        texts.map((each) => [...encoder.encode(each)]),
      );
    }),
  );
});
