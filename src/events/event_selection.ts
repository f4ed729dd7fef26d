import type { ActionData } from "../actions/action.ts";

/** The masks by which Asterisk means every class (`main/manager.c`, `strings_to_mask`). */
const MASKS_OF_ALL: ReadonlySet<string> = new Set(["on", "yes", "true"]);

/** The value of a header, whatever the case of its name. */
function valueOf(data: ActionData, lowerCasedName: string): string | undefined {
  for (const [name, value] of Object.entries(data)) {
    if (name.toLowerCase() === lowerCasedName && typeof value !== "object") {
      return value === undefined ? undefined : String(value);
    }
  }
  return undefined;
}

/**
 * Which events the program has asked for. A PBX forgets it with the
 * connection, so it is asked again after each login.
 */
export class EventSelection {
  #mask: string | undefined;
  readonly #filters: ActionData[] = [];

  /** @param events The option of the same name. */
  constructor(events: boolean | string) {
    // Without a mask Asterisk sends all that the user may read (main/manager.c, authenticate).
    this.#mask = events === true
      ? undefined
      : events === false
      ? "off"
      : events;
  }

  /** The event mask to log in with; `undefined` for all that the user may read. */
  get mask(): string | undefined {
    return this.#mask;
  }

  /**
   * Whether events of a class can come, as far as the mask tells.
   *
   * @param eventClass The class, such as `"call"`.
   * @returns `false` if the mask leaves it out.
   */
  includes(eventClass: string): boolean {
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
   * Takes note of an action that the PBX has accepted.
   *
   * @param action The action's name.
   * @param data Its headers.
   */
  observe(action: string, data: ActionData): void {
    switch (action.toLowerCase()) {
      case "events":
        this.#mask = valueOf(data, "eventmask") ?? this.#mask;
        break;
      case "filter":
        if (valueOf(data, "operation")?.toLowerCase() === "add") {
          this.#filters.push(withoutActionId(data));
        }
    }
  }
}

/** The headers alone: an ActionID is for one use. */
function withoutActionId(data: ActionData): ActionData {
  return Object.fromEntries(
    Object.entries(data).filter(([name]) => name.toLowerCase() !== "actionid"),
  );
}
