const ROOT = new URL("../../", import.meta.url);

/** A program that stands in the documentation. */
export interface DocumentedProgram {
  /** The file, and the line where it begins. */
  readonly place: string;
  /** Its text, as printed. */
  readonly text: string;
}

/**
 * Reads the programs of a file: the blocks of TypeScript in a page, or in the
 * module documentation of a source file.
 *
 * @param path The file, from the root of the project.
 */
export async function programsIn(path: string): Promise<DocumentedProgram[]> {
  const text = await Deno.readTextFile(new URL(path, ROOT));
  const lines = path.endsWith(".md")
    ? text.split("\n")
    : text.slice(0, text.indexOf(" * @module")).split("\n")
      .map((line) => line.replace(/^ \* ?/, ""));
  const programs: DocumentedProgram[] = [];
  for (let start = 0; start < lines.length; start++) {
    if (lines[start] !== "```ts") continue;
    const end = lines.indexOf("```", start);
    programs.push({
      place: `${path}:${start + 2}`,
      text: `${lines.slice(start + 1, end).join("\n")}\n`,
    });
    start = end;
  }
  return programs;
}

/** Reports whether a program goes on listening; a test, or a function that nothing calls, does not. */
export function listens({ text }: DocumentedProgram): boolean {
  return /\.(?:listen|events|changes)\(|(?:LivePbx|fleet)\.start\(/.test(
    text,
  ) &&
    !text.includes("Deno.test(") && !/^console\.log\(\w+\);\n$/m.test(text);
}
