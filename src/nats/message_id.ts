/**
 * The id of a message on the bus: it names the PBX, the epoch in which one
 * bridge published, and the place in it. It is the same however often the
 * message is delivered.
 */
export interface MessageId {
  /** The name of the PBX. */
  readonly pbx: string;
  /** The number of the epoch: a later one has a greater number. */
  readonly epoch: number;
  /** The place in the epoch, from 1 on, without holes. */
  readonly sequence: number;
}

/** The form of an id, as a part of a regular expression. */
export const ID = "([A-Za-z0-9_-]{1,64}):(\\d{1,15}):(\\d{1,15})";

const WHOLE_ID = new RegExp(`^${ID}$`);

/**
 * Writes an id.
 *
 * @param id The id.
 * @returns A text such as `"berlin:4711:18"`.
 */
export function formatId({ pbx, epoch, sequence }: MessageId): string {
  return `${pbx}:${epoch}:${sequence}`;
}

/**
 * Reads an id.
 *
 * @param text The text.
 * @returns The id; `undefined` if the text is not an id.
 */
export function parseId(text: string | undefined): MessageId | undefined {
  const [, pbx, epoch, sequence] = WHOLE_ID.exec(text ?? "") ?? [];
  if (pbx === undefined) return undefined;
  return { pbx, epoch: Number(epoch), sequence: Number(sequence) };
}
