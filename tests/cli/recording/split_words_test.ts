import { assertEquals } from "@std/assert";
import { splitWords } from "../../../src/cli/recording/split_words.ts";

Deno.test("splitWords() cuts at blanks, but not in quotes", () => {
  const cases: [text: string, words: string[]][] = [
    ["", []],
    ["  ", []],
    ["CoreStatus", ["CoreStatus"]],
    [" QueueStatus  Queue=support ", ["QueueStatus", "Queue=support"]],
    ['Originate Data="two words"', ["Originate", "Data=two words"]],
    [`A B='x "y" z'"'" C=`, ["A", `B=x "y" z'`, "C="]],
    [`A B="x`, ["A", `B="x`]],
    ["A B=it's", ["A", "B=it's"]],
  ];
  for (const [text, words] of cases) assertEquals(splitWords(text), words);
});
