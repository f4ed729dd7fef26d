/**
 * The key of {@linkcode DAMIData} under which lines without a colon are kept,
 * such as the `No categories found` of `GetConfig`.
 *
 * @example
 * ```ts
 * import { DAMI, UNPARSED_LINES } from "@dami/dami";
 *
 * const dami = new DAMI();
 * const [response] = await dami.to("GetConfig", { Filename: "empty.conf" });
 * console.log(response[UNPARSED_LINES]);
 * ```
 */
export const UNPARSED_LINES = "$lines";

/**
 * The value of a header: the text as Asterisk sent it, a number where a
 * quantity is an integer, an array of texts where the header repeats (and
 * always for `Output`).
 */
export type DAMIValue = string | number | string[];

/**
 * The headers of a frame, named exactly as Asterisk sent them. Any of them can
 * be missing.
 *
 * @example
 * ```ts
 * import type { DAMIData } from "@dami/dami";
 *
 * function describe(event: DAMIData): string {
 *   return `${event.Event} on ${event.Channel}`;
 * }
 * ```
 */
export interface DAMIData {
  /** A header by its name, exactly as Asterisk sent it. */
  [header: string]: DAMIValue | undefined;
}
