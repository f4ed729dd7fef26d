import type { ActionValue } from "../actions/action.ts";

/** Any text, without hiding the known values from an editor. */
export type OtherText = string & Record<never, never>;

/**
 * The value of a header that Asterisk sends as an integer or as something else,
 * such as `N/A`: a number where it is an integer, else the text.
 */
export type FieldValue = string | number;

/** The value of a header that can come several times. */
export type RepeatedFieldValue = string | string[];

/** The value of a header that has known values; others are possible. */
export type KnownFieldValue<Known extends string> = Known | OtherText;

/** The value of a parameter that has known values; others are possible. */
export type KnownParameterValue<Known extends string> =
  | Known
  | OtherText
  | Exclude<ActionValue, string>;

/** The value of a parameter that can be sent several times, such as `Variable`. */
export type RepeatedParameterValue =
  | ActionValue
  | readonly ActionValue[]
  | { readonly [variable: string]: ActionValue };

/** An ActionID of one's own. */
export type ActionIdValue = string | number | bigint | undefined;
