/** The stream that keeps the events, unless an option says otherwise. */
export const STREAM = "DAMI";

/** The bucket that says which bridge holds which PBX. */
export const LEASE_BUCKET = "dami_lease";

/** The bucket that says which actions were done once. */
export const ONCE_BUCKET = "dami_once";

/** The subjects that the stream keeps. */
export const STREAM_SUBJECTS = [
  "dami.event.>",
  "dami.gap.>",
  "dami.epoch.>",
] as const;

/** A character that would end a token of a subject, or be a wildcard. */
const NO_TOKEN = /[^A-Za-z0-9_-]/g;

/**
 * Makes a token of a subject out of a name of Asterisk.
 *
 * @param name The name of an event, or of an action.
 * @returns The name itself, with `_` for characters that cannot be in a token.
 */
export function tokenOf(name: string): string {
  return name.replace(NO_TOKEN, "_") || "_";
}

/**
 * Returns the subject of an event.
 *
 * @param pbx The name of the PBX, or `*`.
 * @param name The name of the event, as Asterisk spells it.
 * @returns The subject.
 */
export function eventSubject(pbx: string, name: string): string {
  return `dami.event.${pbx}.${tokenOf(name)}`;
}

/**
 * Returns the subject of all events.
 *
 * @param pbx The name of the PBX, or `*`.
 * @returns The subject, with a wildcard.
 */
export function eventsSubject(pbx: string): string {
  return `dami.event.${pbx}.>`;
}

/**
 * Returns the subject of a gap.
 *
 * @param pbx The name of the PBX, or `*`.
 * @param reason The reason, or `*`.
 * @returns The subject.
 */
export function gapSubject(pbx: string, reason: string): string {
  return `dami.gap.${pbx}.${reason}`;
}

/**
 * Returns the subject of the record with which a bridge begins to publish.
 *
 * @param pbx The name of the PBX, or `*`.
 * @returns The subject.
 */
export function epochSubject(pbx: string): string {
  return `dami.epoch.${pbx}.begin`;
}

/**
 * Returns the subject of everything that the stream keeps of a PBX.
 *
 * @param pbx The name of the PBX, or `*`.
 * @returns The subject, with wildcards.
 */
export function pbxSubject(pbx: string): string {
  return `dami.*.${pbx}.>`;
}

/**
 * Returns the subject on which a bridge takes an action.
 *
 * @param pbx The name of the PBX.
 * @param action The name of the action, or `*`.
 * @returns The subject.
 */
export function actionSubject(pbx: string, action: string): string {
  return `dami.do.${pbx}.${action === "*" ? action : tokenOf(action)}`;
}
