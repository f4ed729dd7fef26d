/**
 * The version of Asterisk by the first number of that of its manager
 * interface. Within a branch the second one does not move when actions and
 * events are added (`include/asterisk/manager.h`, `AMI_VERSION`, of each branch).
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

/** The first version of the manager interface that DAMI is tested with: Asterisk 16. */
export const OLDEST_TESTED = 5;

/**
 * The number before the first dot.
 *
 * @param amiVersion The version of the manager interface, such as `11.0.0`.
 * @returns The number; `NaN` if there is none.
 */
export function majorOf(amiVersion: string): number {
  return Number.parseInt(amiVersion, 10);
}

/**
 * The version of Asterisk that greets so.
 *
 * @param amiVersion The version of the manager interface, such as `11.0.0`.
 * @returns The version, such as `22`; `undefined` if it is not known.
 */
export function asteriskVersion(amiVersion: string): string | undefined {
  return ASTERISK_BY_AMI.get(majorOf(amiVersion));
}
