import type { ActionData, ActionValue } from "../actions/action.ts";
import type { ListenedEvents } from "./listened_events.ts";

/** The masks by which Asterisk means every class (`main/manager.c`, `strings_to_mask`). */
const MASKS_OF_ALL: ReadonlySet<string> = new Set(["on", "yes", "true"]);

/** Returns the value of a header, in any letter case of its name. */
function valueOf(data: ActionData, lowerCasedName: string): string | undefined {
  for (const [name, value] of Object.entries(data)) {
    if (name.toLowerCase() === lowerCasedName && typeof value !== "object") {
      return value === undefined ? undefined : String(value);
    }
  }
  return undefined;
}

/**
 * The events that the program has asked for. A PBX forgets them with the
 * connection, so they are asked for again after each login.
 */
export class EventSelection {
  #mask: string | undefined;
  #listened: Pick<ListenedEvents, "mask" | "begin" | "end"> | undefined;
  readonly #filters: ActionData[] = [];

  /**
   * @param events The option of the same name.
   * @param listened What is listened to, if the mask follows it.
   */
  constructor(
    events: boolean | string,
    listened?: Pick<ListenedEvents, "mask" | "begin" | "end">,
  ) {
    this.#listened = listened;
    // Without a mask Asterisk sends all that the user may read (main/manager.c, authenticate).
    this.#mask = events === true
      ? undefined
      : events === false
      ? "off"
      : events;
  }

  /**
   * Begins a session.
   *
   * @returns The event mask to log in with; `undefined` for all that the user may read.
   */
  begin(): string | undefined {
    return this.#listened?.begin() ?? this.#mask;
  }

  /**
   * Reports whether events of a class can come, as far as the mask says.
   *
   * @param eventClass The class, such as `"call"`.
   * @returns `false` if the mask leaves it out.
   */
  includes(eventClass: string): boolean {
    if (this.#listened !== undefined) return true;
    const mask = this.#mask?.toLowerCase();
    if (mask === undefined || MASKS_OF_ALL.has(mask)) return true;
    // A number is a mask of bits, whose meaning is the PBX's own.
    if (/^\d+$/.test(mask)) return mask !== "0";
    return mask.split(",").some((name) =>
      name === eventClass || name === "all"
    );
  }

  /** The actions `Filter` to send after a login, in their order. */
  get filters(): readonly ActionData[] {
    return this.#filters;
  }

  /**
   * Reads an action that is sent, before its caller can change the data. From
   * a mask of the program's own on, the mask follows no listeners: another one
   * must not overtake it.
   *
   * @param action The action's name.
   * @param data Its headers.
   * @returns A function that takes note of it, once the PBX has accepted it; `undefined` if there is nothing to note.
   */
  noteOf(action: string, data: ActionData): (() => void) | undefined {
    switch (String(action).toLowerCase()) {
      case "events": {
        const mask = valueOf(data, "eventmask");
        if (mask === undefined) return undefined;
        this.#mask = this.#listened?.mask ?? this.#mask;
        this.#listened?.end();
        this.#listened = undefined;
        return () => {
          this.#mask = mask;
        };
      }
      case "filter": {
        if (valueOf(data, "operation")?.toLowerCase() !== "add") return;
        const filter = copyOf(data);
        return () => this.#filters.push(filter);
      }
    }
    return undefined;
  }
}

/** Copies the headers, without the ActionID, which is for one use. */
function copyOf(data: ActionData): ActionData {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => name.toLowerCase() !== "actionid")
      .map(([name, value]) => [name, copyOfValue(value)]),
  );
}

function copyOfValue(value: ActionData[string]): ActionData[string] {
  if (typeof value !== "object" || value === null) return value;
  return isArray(value) ? [...value] : { ...value };
}

/** Reports whether a value is an array; `Array.isArray` does not narrow read-only ones. */
function isArray(
  value: ActionData[string],
): value is readonly ActionValue[] {
  return Array.isArray(value);
}
