import { DOMParser } from "@xmldom/xmldom";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { picture } from "../../tools/terminal_picture.ts";

Deno.test("picture() draws lines with their colors, each piece at its place", () => {
  const svg = picture(
    ["\x1b[32m$\x1b[0m dami <tail>", "", '  \x1b[1;31mred & "bold"\x1b[0m'],
    "A title & more",
  );
  const document = new DOMParser().parseFromString(svg, "image/svg+xml");
  const texts = Array.from(document.getElementsByTagName("text"));
  assertEquals(texts.map(({ textContent }) => textContent), [
    "$",
    "dami <tail>",
    'red & "bold"',
  ]);
  const [prompt, command, red] = texts;
  assertEquals(prompt?.getAttribute("fill"), "#9ece8a");
  assertEquals(command?.getAttribute("fill"), null);
  assertEquals(red?.getAttribute("font-weight"), "bold");
  // Two columns further to the right, and two lines further down.
  const x = (index: number) => Number(texts[index]?.getAttribute("x"));
  const y = (index: number) => Number(texts[index]?.getAttribute("y"));
  assertEquals(x(1), x(2));
  assertEquals(y(2) - y(0), 36);
  assertStringIncludes(svg, '<title id="title">A title &amp; more</title>');
  assertStringIncludes(svg, 'role="img"');
});
