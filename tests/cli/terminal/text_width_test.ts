import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  cutToWidth,
  padToWidth,
  textWidth,
} from "../../../src/cli/terminal/text_width.ts";

Deno.test("textWidth() counts columns and not characters", () => {
  assertEquals(textWidth("PJSIP/6001"), 10);
  assertEquals(textWidth("Zoë"), 3);
  assertEquals(textWidth("Zoe\u0308"), 3);
  assertEquals(textWidth("日本"), 4);
  assertEquals(textWidth("👍"), 2);
  assertEquals(textWidth("𠮷"), 2);
  assertEquals(textWidth(""), 0);
});

Deno.test("cutToWidth() marks what it cuts", () => {
  assertEquals(cutToWidth("PJSIP/6001", 10), "PJSIP/6001");
  assertEquals(cutToWidth("PJSIP/6001", 6), "PJSIP…");
  assertEquals(cutToWidth("日本語", 4), "日…");
  assertEquals(cutToWidth("日本語", 5), "日本…");
  assertEquals(cutToWidth("ab", 1), "…");
  assertEquals(cutToWidth("ab", 0), "");
});

Deno.test("cutToWidth() and padToWidth() give what has exactly room", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "ë", "日", "👍", "\u0308"),
  });
  fc.assert(fc.property(text, fc.nat(20), (text, width) => {
    const cut = cutToWidth(text, width);
    assert(textWidth(cut) <= width);
    assertEquals(textWidth(padToWidth(cut, width)), width);
    assertEquals(textWidth(padToWidth(cut, width, "right")), width);
    assert(padToWidth(cut, width, "right").endsWith(cut));
  }));
});
