/**
 * Writes a party by name and number.
 *
 * @param name The name; empty if unknown.
 * @param digits The number; empty if unknown.
 * @returns Such as `Alice <6001>`; an empty string if nothing is known.
 */
export function party(name: string, digits: string): string {
  if (name === "" || name === digits) return digits;
  return digits === "" ? name : `${name} <${digits}>`;
}
