import { CLASSES } from "../../options/classes.ts";

/**
 * Returns what Asterisk makes of a line `read = …` or `write = …`. It compares
 * the elements as they are, so that one with a leading space is unknown; all
 * but the last match as the beginning of a name, and an empty one matches every
 * name (`main/manager.c`, `ast_instring`; measured with 16 and 22).
 *
 * @param value The text after the equals sign.
 * @returns The classes that are in force.
 */
export function classesInForce(value: string): ReadonlySet<string> {
  const matches = (name: string) => isIn(value, name);
  return new Set(matches("all") ? CLASSES : CLASSES.filter(matches));
}

function isIn(value: string, name: string): boolean {
  if (value === "") return false;
  const elements = value.split(",");
  // The loop of Asterisk ends before an empty element at the end.
  const endsWithComma = elements.at(-1) === "";
  if (endsWithComma) elements.pop();
  return elements.some((element, index) =>
    index < elements.length - 1 || endsWithComma
      ? name.startsWith(element)
      : name === element
  );
}

/**
 * Returns what the writer of a line `read = …` or `write = …` means.
 *
 * @param value The text after the equals sign.
 * @returns The classes that are meant, and words that name none.
 */
export function classesMeant(
  value: string,
): { classes: ReadonlySet<string>; unknown: string[] } {
  const words = value.split(",").map((word) => word.trim().toLowerCase())
    .filter((word) => word !== "" && word !== "none");
  if (words.includes("all")) {
    return { classes: new Set(CLASSES), unknown: [] };
  }
  return {
    classes: new Set(CLASSES.filter((name) => words.includes(name))),
    unknown: words.filter((word) => !CLASSES.includes(word)),
  };
}

/**
 * Reads what Asterisk prints as permissions, such as `call,agent,all`, or `<none>`.
 *
 * @param text The printed text.
 * @returns The classes; unknown ones are kept.
 */
export function printedClasses(text: string): ReadonlySet<string> {
  return new Set(
    text.replaceAll(/[()]/g, "").split(",").map((name) => name.trim())
      .filter((name) => name !== "" && name !== "all" && name !== "<none>"),
  );
}

/**
 * Classes as a line of `manager.conf` has them.
 *
 * @param names The classes.
 * @returns `call,agent`, in Asterisk's order, without spaces.
 */
export function asLine(names: Iterable<string>): string {
  const wanted = new Set(names);
  if (CLASSES.every((name) => wanted.has(name))) return "all";
  return CLASSES.filter((name) => wanted.has(name)).join(",");
}
