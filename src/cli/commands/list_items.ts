import {
  type ActionData,
  AmiResponseError,
  type DAMI,
  type DAMIData,
} from "../../../mod.ts";
import { itemsOf } from "./answer.ts";
import { isUnknownAction } from "../failures/refusal.ts";

/** Options of {@linkcode listItems}. */
export interface ListOptions {
  /** The headers of the action. */
  data?: ActionData;
  /** Gives it up. */
  signal: AbortSignal;
  /**
   * Whether the PBX need not have such an action, which depends on the modules
   * that are loaded.
   *
   * @default {false}
   */
  optional?: boolean;
}

/**
 * The items of a list of the PBX.
 *
 * @param dami A client that is logged in.
 * @param action The name of the action.
 * @param options Its headers, and what gives it up.
 * @returns The items; none if the PBX says that there are none.
 * @throws {AmiError} If the PBX does not give them.
 */
export async function listItems(
  dami: DAMI,
  action: string,
  { data = {}, signal, optional = false }: ListOptions,
): Promise<readonly DAMIData[]> {
  try {
    return itemsOf(await dami.to<string>(action, data, { signal }));
  } catch (error) {
    if (!(error instanceof AmiResponseError)) throw error;
    if (error.emptyList || (optional && isUnknownAction(error))) return [];
    throw error;
  }
}

/**
 * A header as text.
 *
 * @param item An item of a list.
 * @param header The name of the header.
 * @returns Its value; an empty text where there is none, or none that is known.
 */
export function text(item: DAMIData, header: string): string {
  const value = item[header];
  if (value === undefined || value === "<unknown>") return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/**
 * A header as a number.
 *
 * @param item An item of a list.
 * @param header The name of the header.
 * @returns Its value; 0 where there is none.
 */
export function number(item: DAMIData, header: string): number {
  return Number(item[header]) || 0;
}

/**
 * Somebody by name and number.
 *
 * @param item An item of a list.
 * @param prefix What the names of the two headers begin with.
 * @returns Such as `Alice <6001>`; an empty text where nothing is known.
 */
export function party(
  item: DAMIData,
  prefix: "CallerID" | "ConnectedLine",
): string {
  return person(text(item, `${prefix}Name`), text(item, `${prefix}Num`));
}

/**
 * Somebody by name and number.
 *
 * @param name The name; empty if unknown.
 * @param digits The number; empty if unknown.
 * @returns Such as `Alice <6001>`; an empty text where nothing is known.
 */
export function person(name: string, digits: string): string {
  if (name === "" || name === digits) return digits;
  return digits === "" ? name : `${name} <${digits}>`;
}
