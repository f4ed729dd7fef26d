/**
 * A reader of the text format of Prometheus, as its documentation describes it.
 *
 * @module
 */

import { assert } from "@std/assert";

/** A sample. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The contents of a page of metrics. */
export interface ReadMetrics {
  /** The type of each family. */
  readonly types: ReadonlyMap<string, string>;
  /** The description of each family. */
  readonly helps: ReadonlyMap<string, string>;
  readonly samples: readonly ReadSample[];
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = `(${NAME})="((?:[^"\\\\\\n]|\\\\.)*)"`;
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{((?:${LABEL},?)*)\\})? ([-+.\\w]+)$`,
);

function unescaped(text: string): string {
  return text.replaceAll(
    /\\(.)/g,
    (_, letter: string) => letter === "n" ? "\n" : letter,
  );
}

/** Reads a page of metrics. */
export function readMetrics(text: string): ReadMetrics {
  const types = new Map<string, string>();
  const helps = new Map<string, string>();
  const samples: ReadSample[] = [];
  assert(text === "" || text.endsWith("\n"), "The last line has no end");
  for (const line of text.split("\n").slice(0, -1)) {
    const [, word, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) ([^]*)$/.exec(
      line,
    ) ?? [];
    if (word !== undefined) {
      const table = word === "HELP" ? helps : types;
      assert(!table.has(name), `${word} of ${name} stands twice`);
      table.set(name, word === "HELP" ? unescaped(rest) : rest);
      continue;
    }
    const match = SAMPLE.exec(line);
    assert(match, `Not a line of metrics: ${line}`);
    const [, sample = "", list = ""] = match;
    const labels = Object.fromEntries(
      [...list.matchAll(new RegExp(LABEL, "g"))].map((
        [, key = "", value = ""],
      ) => [key, unescaped(value)]),
    );
    samples.push({
      name: sample,
      labels,
      value: Number((match.at(-1) ?? "").replace("Inf", "Infinity")),
    });
  }
  return { types, helps, samples };
}

/** The value of a sample, by its name and labels. */
export function valueOf(
  { samples }: ReadMetrics,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const found = samples.filter((sample) =>
    sample.name === name &&
    Object.entries(labels).every(([key, value]) => sample.labels[key] === value)
  );
  assert(found.length <= 1, `${name} is there ${found.length} times`);
  return found[0]?.value;
}
