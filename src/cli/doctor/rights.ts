import { CLASSES } from "../../options/classes.ts";
import { asLine } from "./classes.ts";
import type { ManagerUser } from "./manager_user.ts";
import { WANTED_ACTIONS } from "./wanted_actions.ts";

/** The classes that give the right to send anything. */
export const SENDING_CLASSES: readonly string[] = CLASSES.filter((name) =>
  WANTED_ACTIONS.some(({ classes }) => classes.includes(name))
);

/** The rights that are known; a class in neither set is not known. */
export interface Rights {
  /** The classes that the user has. */
  readonly has: ReadonlySet<string>;
  /** The classes that the user lacks. */
  readonly lacks: ReadonlySet<string>;
  /** `true` if every class is known. */
  readonly isComplete: boolean;
}

/**
 * Makes rights that are completely known.
 *
 * @param has The classes that the user has.
 * @returns The rights.
 */
export function completeRights(has: ReadonlySet<string>): Rights {
  return {
    has,
    lacks: new Set(CLASSES.filter((name) => !has.has(name))),
    isComplete: true,
  };
}

/**
 * Infers `write` from the actions that may be sent. `ListCommands` lists the
 * actions that the user may send and no others, each with the classes of which
 * one is enough (`main/manager.c`, `action_listcommands`; measured with 16
 * and 22).
 *
 * - An action that is listed with a single class shows that the user has it.
 * - One that exists, as its module is loaded, but is not listed shows that all its classes are missing.
 * - One that is listed, with all but one of its classes missing, shows that one.
 *
 * @param actions The actions that are listed, and their classes.
 * @returns The rights, as far as they show.
 */
export function rightsOf(
  actions: ReadonlyMap<string, ReadonlySet<string>>,
): Rights {
  const has = new Set<string>();
  for (const classes of actions.values()) {
    const [only] = classes;
    if (only !== undefined && classes.size === 1) has.add(only);
  }
  const lacks = new Set<string>();
  for (const classes of missing(actions)) {
    for (const name of classes) if (!has.has(name)) lacks.add(name);
  }
  for (const classes of actions.values()) {
    const possible = [...classes].filter((name) => !lacks.has(name));
    const [only] = possible;
    if (only !== undefined && possible.length === 1) has.add(only);
  }
  return {
    has,
    lacks,
    isComplete: SENDING_CLASSES.every((name) =>
      has.has(name) || lacks.has(name)
    ),
  };
}

/** The classes of each action that exists and is not listed. */
function missing(actions: {
  has(action: string): boolean;
}): (readonly string[])[] {
  // Any listed action of a module shows that it is loaded.
  const loaded = new Set<string | undefined>([undefined]);
  for (const { action, module } of WANTED_ACTIONS) {
    if (actions.has(action)) loaded.add(module);
  }
  return WANTED_ACTIONS.filter(({ action, module }) =>
    loaded.has(module) && !actions.has(action)
  ).map(({ classes }) => classes);
}

/**
 * The rights to send actions.
 *
 * @param user The facts about the user's section.
 * @param actions The actions that are listed, and their classes.
 * @returns The rights, those in force if they are known.
 */
export function writeRights(
  user: ManagerUser,
  actions: ReadonlyMap<string, ReadonlySet<string>>,
): Rights {
  return user.inForce === undefined
    ? rightsOf(actions)
    : completeRights(user.inForce.write);
}

/**
 * The line of `manager.conf` that gives one more class.
 *
 * @param key The key, such as `read`.
 * @param rights The rights of the user.
 * @param name The class.
 * @returns The line, with dots for the unknown part.
 */
export function lineWith(
  key: "read" | "write",
  { has, isComplete }: Rights,
  name: string,
): string {
  return `${key} = ${isComplete ? asLine([...has, name]) : `…,${name}`}`;
}
