import type { DAMIData } from "../../../mod.ts";
import { hint } from "../failures/nearest.ts";
import type { Check } from "./check.ts";
import { asLine } from "./classes.ts";
import { capitalized, type Finding, inManagerConf, listed } from "./finding.ts";
import { notLoggedIn } from "./known.ts";
import type { ManagerUser } from "./manager_user.ts";
import {
  lineWith,
  type Rights,
  SENDING_CLASSES,
  writeRights,
} from "./rights.ts";
import { actionsOf, WANTED_ACTIONS, wantedAction } from "./wanted_actions.ts";

/** The facts about the actions that the user may send. */
export interface ActionFacts {
  /** The user. */
  readonly username: string;
  /** The actions that the user may send, and the classes of which one is enough. */
  readonly actions: ReadonlyMap<string, ReadonlySet<string>>;
  /** The facts about the user's section. */
  readonly user: ManagerUser;
  /** The actions that the user asked about. */
  readonly wanted: readonly string[];
}

/** The number of names of actions or events that are shown for a class. */
const SHOWN = 3;

/** The classes without which a user can do almost nothing. */
const BASIC = ["system", "call", "command", "originate", "user"];

/** The classes that amount to all others: commands of the console, files of configuration, modules. */
const POWERFUL = ["command", "config", "system"];

/**
 * Reads an answer to `ListCommands`.
 *
 * @param response The answer.
 * @returns The actions, and the classes of which one is enough.
 */
export function readActions(
  response: DAMIData,
): Map<string, ReadonlySet<string>> {
  const actions = new Map<string, ReadonlySet<string>>();
  for (const [action, text] of Object.entries(response)) {
    // `Ping: Keepalive command.  (Priv: <none>)`
    const privileges = /\(Priv: (.*)\)$/.exec(String(text))?.[1];
    if (privileges === undefined) continue;
    const classes = privileges.split(",")
      .filter((name) => name !== "all" && name !== "<none>" && name !== "");
    actions.set(action, new Set(classes));
  }
  return actions;
}

/**
 * Judges which actions the user may send.
 *
 * @param facts The facts.
 * @returns The findings.
 */
export function judgeActions(facts: ActionFacts): Finding[] {
  const { username, actions, user, wanted } = facts;
  const rights = writeRights(user, actions);
  return [
    countFinding(username, actions, rights),
    ...missingFinding(username, rights),
    ...powerFinding(rights),
    ...wanted.map((action) => wantedFinding(action, facts, rights)),
  ];
}

function countFinding(
  username: string,
  actions: ActionFacts["actions"],
  { has, lacks }: Rights,
): Finding {
  if (has.size === 0 && BASIC.every((name) => lacks.has(name))) {
    return {
      level: "warning",
      what:
        `${username} may send ${actions.size} actions, all of which need no right: write has no class`,
      advice: [inManagerConf(username, "write = call,originate")],
    };
  }
  const classes = has.size === 0 ? "" : `, as write has ${asLine(has)}`;
  return {
    level: "ok",
    what: `${username} may send ${actions.size} actions${classes}`,
  };
}

function missingFinding(username: string, rights: Rights): Finding[] {
  const missing = SENDING_CLASSES.filter((name) => rights.lacks.has(name));
  if (missing.length === 0) return [];
  const shown = missing.map((name) =>
    `${name} (${listed(actionsOf(name).slice(0, SHOWN))})`
  );
  const example = missing.find((name) => !POWERFUL.includes(name)) ??
    missing[0] ?? "";
  return [{
    level: "note",
    what: `May not send: ${listed(shown)}`,
    advice: [
      `To allow one, such as ${example}: ${
        inManagerConf(username, lineWith("write", rights, example))
      }`,
    ],
  }];
}

function powerFinding({ has }: Rights): Finding[] {
  const powerful = POWERFUL.filter((name) => has.has(name));
  if (powerful.length === 0) return [];
  return [{
    level: "note",
    what: `Having ${
      powerful.join(" or ")
    } in write amounts to full control of the PBX, and nearly of the machine`,
    advice: ["Remove from write what the program does not need"],
  }];
}

function wantedFinding(
  action: string,
  { username, actions }: ActionFacts,
  rights: Rights,
): Finding {
  const listedNames = [...actions.keys()];
  const found = listedNames.find((name) =>
    name.toLowerCase() === action.toLowerCase()
  );
  if (found !== undefined) {
    return { level: "ok", what: `${username} may send ${found}` };
  }
  const known = wantedAction(action);
  if (known === undefined) {
    const names = [
      ...listedNames,
      ...WANTED_ACTIONS.map((wanted) => wanted.action),
    ];
    return {
      level: "problem",
      what:
        `${username} may not send ${action}, or this Asterisk does not know it`,
      advice: [
        capitalized(hint(action, names, "check the name")),
        `On the PBX, asterisk -rx "manager show command ${action}" shows the class that it needs`,
      ],
    };
  }
  const { classes, module } = known;
  const isAllowed = classes.length === 0 ||
    classes.some((name) => rights.has.has(name));
  const advice: string[] = [];
  if (!isAllowed) {
    const line = lineWith("write", rights, classes[0] ?? "");
    const others = classes.length > 1
      ? ` (${classes.join(" or ")} is enough)`
      : "";
    advice.push(inManagerConf(username, line) + others);
  }
  if (module !== undefined) {
    advice.push(
      `It belongs to a module: asterisk -rx "module show like ${module}" shows whether that is loaded`,
    );
  }
  return {
    level: "problem",
    what: isAllowed
      ? `${known.action} is not available`
      : `${username} may not send ${known.action}`,
    advice,
  };
}

/** The check of the actions that the user may send. */
export const actions: Check = {
  title: "Actions",
  obstacle: (known, patient) =>
    notLoggedIn(known, patient) ??
      (known.actions === undefined ? "ListCommands failed" : undefined),
  make(known, { username, actions: wanted }) {
    const { actions: listedActions = new Map(), user = {} } = known;
    const facts = { username, actions: listedActions, user, wanted };
    return Promise.resolve(judgeActions(facts));
  },
};
