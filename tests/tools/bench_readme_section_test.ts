import { assertEquals, assertThrows } from "@std/assert";
import { replaceSection } from "../../tools/bench/readme_section.ts";

const BEGIN = "<!-- benchmark -->";
const END = "<!-- /benchmark -->";

Deno.test("replaceSection() changes only what is between the markers", () => {
  assertEquals(
    replaceSection(`above\n\n${BEGIN}\n\nold\n\n${END}\n\nbelow\n`, "\nnew\n"),
    `above\n\n${BEGIN}\n\nnew\n\n${END}\n\nbelow\n`,
  );
});

Deno.test("replaceSection() can be done again", () => {
  const once = replaceSection(`${BEGIN}${END}`, "new");
  assertEquals(replaceSection(once, "new"), once);
});

for (
  const [what, readme] of [
    ["both markers are missing", "text"],
    ["the end is missing", BEGIN],
    ["the beginning is missing", END],
    ["they are in the wrong order", `${END}${BEGIN}`],
    ["one is there twice", `${BEGIN}${BEGIN}${END}`],
  ] as const
) {
  Deno.test(`replaceSection() says what to do if ${what}`, () => {
    assertThrows(
      () => replaceSection(readme, "new"),
      SyntaxError,
      'it must contain "<!-- benchmark -->" and after it "<!-- /benchmark -->"',
    );
  });
}
