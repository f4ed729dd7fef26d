import { assertEquals } from "@std/assert";
import { markdownTable } from "../../tools/bench/markdown.ts";

Deno.test("markdownTable() puts figures to the right", () => {
  assertEquals(
    markdownTable(["", "events/s"], [["DAMI", "412k"], ["a|b", "–"]]),
    `|  | events/s |
| --- | ---: |
| DAMI | 412k |
| a\\|b | – |
`,
  );
});
