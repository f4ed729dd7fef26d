import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiConfiguration } from "../server_options.ts";

/** The answers of Asterisk if a change cannot be made (`action_updateconfig()`, main/manager.c). */
const REFUSALS = {
  action: "Unknown action command",
  argument: "Problem with category, value, or line (if required)",
  category: "Given category does not exist",
  named: "Category not specified",
  created: "Create category did not complete successfully",
  update: "Update did not complete successfully",
} as const;

/** Returns a number as headers of configuration files have it. */
export function sixDigits(number: number): string {
  return `${number}`.padStart(6, "0");
}

/** The headers of one change. */
interface Change {
  readonly kind: string;
  readonly category: string;
  readonly name: string;
  readonly value: string;
  readonly match: string;
  readonly line: string;
}

/** The lines of each category, in their order. */
type Categories = Map<string, string[]>;

/**
 * Makes the changes that an `UpdateConfig` asks for, all or none.
 *
 * @param file The file as it is.
 * @param action The action.
 * @returns The file as it becomes, or the text of the error that Asterisk answers.
 */
export function changed(
  file: AmiConfiguration,
  action: ReceivedAction,
): AmiConfiguration | string {
  const categories: Categories = new Map(
    Object.entries(file).map(([category, lines]) => [category, [...lines]]),
  );
  for (let index = 0;; index++) {
    const number = sixDigits(index);
    const get = (name: string) => action.get(`${name}-${number}`) ?? "";
    const kind = get("Action").toLowerCase();
    if (kind === "") return Object.fromEntries(categories);
    const refusal = apply(categories, {
      kind,
      category: get("Cat"),
      name: get("Var"),
      // A > in front says that `=>` is written; it is read like `=`.
      value: get("Value").replace(/^>/, ""),
      match: get("Match"),
      line: get("Line"),
    });
    if (refusal !== undefined) return refusal;
  }
}

/** Makes one change; returns the refusal if it cannot be made. */
function apply(categories: Categories, change: Change): string | undefined {
  const { kind, category, value } = change;
  if (category === "") return REFUSALS.named;
  const lines = categories.get(category);
  switch (kind) {
    case "newcat":
      if (lines !== undefined) return REFUSALS.created;
      categories.set(category, []);
      return undefined;
    case "renamecat": {
      if (value === "") return REFUSALS.argument;
      if (lines === undefined) return REFUSALS.category;
      const renamed = [...categories].map(([name, each]) =>
        [name === category ? value : name, each] as const
      );
      categories.clear();
      for (const [name, each] of renamed) categories.set(name, each);
      return undefined;
    }
    case "delcat":
      return categories.delete(category) ? undefined : REFUSALS.category;
    case "emptycat":
      if (lines === undefined) return REFUSALS.category;
      lines.length = 0;
      return undefined;
    case "update":
    case "delete":
    case "append":
    case "insert":
      return applyToLines(lines, change);
    default:
      return REFUSALS.action;
  }
}

function applyToLines(
  lines: string[] | undefined,
  { kind, name, value, match, line }: Change,
): string | undefined {
  const needsLine = kind === "insert";
  const isNamed = name !== "" || (kind === "delete" && line !== "");
  if (!isNamed || (needsLine && line === "")) return REFUSALS.argument;
  if (lines === undefined) return REFUSALS.category;
  const number = Number.parseInt(line, 10);
  const isMeant = (each: string) =>
    match === "" ? each.startsWith(`${name}=`) : each === `${name}=${match}`;
  switch (kind) {
    case "update": {
      const index = lines.findIndex(isMeant);
      if (index === -1) return REFUSALS.update;
      lines[index] = `${name}=${value}`;
      return undefined;
    }
    case "delete": {
      const kept = lines.filter((each, index) =>
        line === "" ? !isMeant(each) : index !== number
      );
      if (kept.length === lines.length) return REFUSALS.update;
      lines.splice(0, lines.length, ...kept);
      return undefined;
    }
    case "insert":
      lines.splice(number, 0, `${name}=${value}`);
      return undefined;
    default:
      lines.push(`${name}=${value}`);
      return undefined;
  }
}
