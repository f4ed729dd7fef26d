import type { HeaderOrder } from "./header_order.ts";

/**
 * The kind of a frame, by the name of its first header alone:
 * `OriginateResponse` is an event that holds a header `Response`, and the
 * answer to `ListCommands` holds one named `Events`. `"text"` is a frame that
 * begins with neither, as the answer to `IAXnetstats` does.
 */
export type FrameKind = "response" | "event" | "text";

/** Returns the name of a line's header, or an empty string if it is not a header. */
function headerName(line: string): string {
  return line.slice(0, Math.max(0, line.indexOf(":")));
}

/** Returns the kind of the frame that begins with a line. */
export function frameKind(firstLine: string): FrameKind {
  if (firstLine.slice(0, 6) === "Event:") return "event";
  const name = headerName(firstLine);
  if (name === "Response") return "response";
  const lowerCased = name.toLowerCase();
  return lowerCased === "event" || lowerCased === "response"
    ? lowerCased
    : "text";
}

/**
 * Returns what follows a header's colon and one optional space; any further
 * ones belong to the value.
 *
 * @param line The header's line.
 * @param colon The place of its first colon.
 */
export function valueBehind(line: string, colon: number): string {
  return line.slice(
    line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1,
  );
}

/** Number of orders that are looked for in text, one after another. */
const MAX_FREQUENT = 4;

const NONE: readonly HeaderOrder[] = [];

/** The meaning of the first line of a frame, and the orders of headers that followed it. */
export class FrameHead {
  /** The kind of the frame. */
  readonly kind: FrameKind;
  /** The event's name, the response's value (`Success`), or empty for text. */
  readonly name: string;
  /** `true` if the line holds bare line feeds, so that it is several headers. */
  readonly holdsLineFeeds: boolean;
  /** The last order of each number of headers. Made late, as most heads of odd frames have none. */
  #orders: HeaderOrder[] | undefined;
  #frequent: HeaderOrder[] | undefined;

  /**
   * @param firstLine The line.
   * @param kind The kind, if that is known.
   */
  constructor(firstLine: string, kind = frameKind(firstLine)) {
    this.kind = kind;
    this.holdsLineFeeds = firstLine.includes("\n");
    this.name = kind === "text"
      ? ""
      : valueBehind(firstLine, firstLine.indexOf(":"));
  }

  /** The orders that come often. */
  get frequent(): readonly HeaderOrder[] {
    return this.#frequent ?? NONE;
  }

  /**
   * Returns the last order of a number of headers.
   *
   * @param length The number.
   */
  order(length: number): HeaderOrder | undefined {
    return this.#orders?.[length];
  }

  /**
   * Remembers an order, in place of the last one of as many headers.
   *
   * @param order The order.
   */
  remember(order: HeaderOrder): void {
    this.#orders ??= [];
    this.#orders[order.length] = order;
  }

  /**
   * Takes note that an order has come again.
   *
   * @param order The order.
   */
  meet(order: HeaderOrder): void {
    if (!order.isFrequent || this.frequent.includes(order)) return;
    this.#frequent ??= [];
    if (this.#frequent.length < MAX_FREQUENT) this.#frequent.push(order);
  }
}
