/**
 * The version of Asterisk by the first number of that of its manager interface.
 * Within a branch the second one does not move when actions and events are
 * added (`include/asterisk/manager.h`, `AMI_VERSION`, of each branch).
 */
const ASTERISK_BY_AMI: ReadonlyMap<number, string> = new Map([
  [1, "11 or older"],
  [2, "12 or 13"],
  [3, "14"],
  [4, "15"],
  [5, "16"],
  [6, "17"],
  [7, "18"],
  [8, "19"],
  [9, "20"],
  [10, "21"],
  [11, "22"],
  [12, "23"],
  [13, "24"],
]);

/**
 * Returns the number before the first dot.
 *
 * @param amiVersion The version of the manager interface, such as `11.0.0`.
 * @returns The number; `NaN` if there is none.
 */
export function majorOf(amiVersion: string): number {
  return Number.parseInt(amiVersion, 10);
}

/**
 * Returns the version of Asterisk that greets with a version.
 *
 * @param amiVersion The version of the manager interface, such as `11.0.0`.
 * @returns The version, such as `22`; `undefined` if it is not known.
 */
export function asteriskVersion(amiVersion: string): string | undefined {
  return ASTERISK_BY_AMI.get(majorOf(amiVersion));
}

/**
 * Reports whether a PBX is Asterisk 11 or older. Asterisk 12 has got a new
 * manager interface, 2.0: its responses announce lists, and its events describe
 * channels and bridges by `Uniqueid` and `Linkedid`.
 *
 * @param amiVersion The version of the manager interface, such as `1.3`.
 */
export function isBefore12(amiVersion: string): boolean {
  return majorOf(amiVersion) < 2;
}
