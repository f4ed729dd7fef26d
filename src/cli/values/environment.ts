/**
 * Reports whether an environment variable may be read without asking the person
 * who runs the command for the permission.
 *
 * @param name The variable's name.
 * @returns `true` if Deno was run with the permission.
 */
export function mayRead(name: string): boolean {
  return Deno.permissions.querySync({ name: "env", variable: name }).state ===
    "granted";
}

/**
 * Reads an environment variable.
 *
 * @param name Its name.
 * @returns Its value; `undefined` if it is not set, is empty, or may not be read.
 */
export function readVariable(name: string): string | undefined {
  if (!mayRead(name)) return undefined;
  return Deno.env.get(name) || undefined;
}
