/**
 * Writes a party by name and number.
 *
 * @param name The name; empty if unknown.
 * @param digits The number; empty if unknown.
 * @returns Such as `Alice <6001>`; an empty text where nothing is known.
 */
export function party(name: string, digits: string): string {
  if (name === "" || name === digits) return digits;
  return digits === "" ? name : `${name} <${digits}>`;
}

/**
 * Returns the device that a channel belongs to.
 *
 * @param channel The name of the channel, such as `PJSIP/my-trunk-00000001`.
 * @returns Such as `PJSIP/my-trunk`.
 */
export function deviceOf(channel: string): string {
  return channel.replace(/-[^-]*$/, "");
}
