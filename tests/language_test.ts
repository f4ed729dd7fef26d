import { assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

/**
 * Idioms at which an English reader stumbles, each with the better wording.
 * CONTRIBUTING.md has the rule.
 */
const IDIOMS: readonly (readonly [idiom: RegExp, better: string])[] = [
  [/\bto be had\b/i, "available"],
  [/\bwhoever\b/i, "everyone who, or name the reader"],
  [/\bwhat there is\b/i, "name the things"],
  [
    /\b(?:all|those|calls|queues|options|names|events|bytes|commands|actions|versions|ports) that there (?:is|are)\b/i,
    "all calls, current calls",
  ],
  [/(?<!\bthere )\b(?:is|are) none\b(?! of)/i, "is not one, is not a header"],
  [
    /\b(?:is|are|was|were) no (?:error|header|frame|option|number|action|event|call|caller|text|secret|list|party|parties|recording|answer|duration|time|object)s?\b(?<!\bthere (?:is|are|was|were) no \w+)/i,
    "is not a header",
  ],
  [/\b(?:told|tells?|tell) of\b/i, "reported, reports"],
  [/\b(?:made|makes?) (?:it )?again\b/i, "reconnect, restore"],
  [
    /\b(?:knows?|says?|tells?|holds?|has|have|keeps?|reports?) nothing of\b/i,
    "nothing about",
  ],
  [/\bit is that\b/i, "that"],
  [/\b(?:numbers|times|figures|those|is|are) of before\b/i, "earlier"],
  [/\bwhat is shown\b/i, "the view, the live state"],
  [/\bor not any more\b/i, "or no longer"],
  [/\bin silence\b/i, "silently"],
  [/\bin vain\b/i, "unanswered"],
  [/\bhalf-way\b/i, "halfway"],
  [/\bfall away\b/i, "is dropped"],
  [/\bmakes a pause\b/i, "is paused"],
  [/\bthe reason for which\b/i, "the reason why"],
  [/\bhow far (?:it|something) is\b/i, "its progress"],
  [/\bfor who (?:will|wants|reads|looks)\b/i, "for readers that"],
  [
    /(?:^|[.:] |\* )Who (?:reads|asks|listens|waits|wants|tries|calls|gives|fails|was)\b(?!.*\?)/,
    "A caller that",
  ],
  [/\bis meant\b.*\?|\bperhaps '/i, "did you mean"],
];

/** An opening that documentation avoids: a question word. */
const OPENER =
  /^\s*(?:\/\*\*|\*) (?:What|How|Whether|Where|When|Who|Which|Why)\b(?! (?:is|are|does|do|can) .*\?)/;

/** A line that is a comment, or has one. */
const COMMENT = /^\s*(?:\/\*\*|\*)|(?:^|\s)\/\/\s/;

/** The places that people read, from the root of the project. */
const PLACES = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "mod.ts",
  "src/",
  "examples/",
  "tools/",
  "tests/",
];

/** The files that a tool writes, or that hold the words of others. */
const EXCLUDED =
  /captures\/|catalog\/(?:actions|answers|events)\.ts$|_table\.ts$|known_words|tests\/language_test\.ts$|results\//;

async function* filesIn(path: string): AsyncGenerator<string> {
  if (!path.endsWith("/")) return yield path;
  for await (const { name, isDirectory } of Deno.readDir(new URL(path, ROOT))) {
    if (isDirectory) yield* filesIn(`${path}${name}/`);
    else if (/\.(?:ts|js|mjs|md|html)$/.test(name)) yield `${path}${name}`;
  }
}

/** Returns the numbered lines that people read: all of them, and of tests the names and comments; not the examples of CONTRIBUTING.md. */
function readLines(
  path: string,
  text: string,
): [number: number, line: string][] {
  const lines = text.split("\n").map((line, index): [number, string] => [
    index + 1,
    line,
  ]);
  if (path === "CONTRIBUTING.md") {
    return lines.filter(([, line]) => !line.startsWith("  |"));
  }
  if (!path.startsWith("tests/")) return lines;
  return lines.filter(([number]) => {
    const here = lines[number - 1]?.[1] ?? "";
    const before = lines[number - 2]?.[1] ?? "";
    return COMMENT.test(here) || /(?:test|step)\(\s*[`"]/i.test(here) ||
      /(?:test|step)\($/i.test(before) || /^\s*name: [`"]/.test(here);
  });
}

/** Returns the places in a text that do not read like plain English. */
function oddities(path: string, text: string): string[] {
  const found: string[] = [];
  const lines = readLines(path, text);
  for (const [index, [number, line]] of lines.entries()) {
    // An idiom may go on in the next line.
    const [nextNumber, nextLine = ""] = lines[index + 1] ?? [];
    const next = nextNumber === number + 1
      ? nextLine.replace(/^\s*(?:\*|\/\/)?\s*/, "")
      : "";
    for (const [idiom, better] of IDIOMS) {
      const match = idiom.exec(`${line} ${next}`);
      if (match !== null && match.index < line.length) {
        found.push(`${path}:${number}: "${match[0].trim()}": say ${better}`);
      }
    }
  }
  if (path.endsWith(".md")) return found;
  for (const [index, [number, line]] of lines.entries()) {
    const isFirst = line.includes("/**") ||
      lines[index - 1]?.[1].trim() === "/**";
    if (isFirst && OPENER.test(line)) {
      found.push(
        `${path}:${number}: "${
          line.trim().slice(0, 40)
        }…": open with a noun or a verb`,
      );
    }
  }
  return found;
}

Deno.test("everything that people read is in plain English", async () => {
  const found: string[] = [];
  for (const place of PLACES) {
    for await (const path of filesIn(place)) {
      if (EXCLUDED.test(path)) continue;
      const text = await Deno.readTextFile(new URL(path, ROOT));
      found.push(...oddities(path, text));
    }
  }
  assertEquals(found, [], `Rephrase:\n${found.join("\n")}`);
});

Deno.test("idioms and openers are found, with file and line", () => {
  assertEquals(
    oddities("src/x.ts", "// fine\n/** Whether whoever asks is there. */"),
    [
      'src/x.ts:2: "whoever": say everyone who, or name the reader',
      'src/x.ts:2: "/** Whether whoever asks is there. */…": open with a noun or a verb',
    ],
  );
  assertEquals(
    oddities(
      "src/y.ts",
      "/**\n * Returns nothing, if there is none to\n * be had.\n */",
    ),
    ['src/y.ts:2: "to be had": say available'],
  );
  assertEquals(
    oddities(
      "tests/x_test.ts",
      'const whoever = 1; // whoever\nDeno.test("whoever asks", f);\nwhoever();',
    ),
    [
      'tests/x_test.ts:1: "whoever": say everyone who, or name the reader',
      'tests/x_test.ts:2: "whoever": say everyone who, or name the reader',
    ],
  );
});
