import { AmiResponseError, type DAMI } from "../../../mod.ts";
import { readActions } from "./actions.ts";
import type { Check } from "./check.ts";
import { CLASSES } from "../../options/classes.ts";
import { asLine, classesInForce, classesMeant } from "./classes.ts";
import { type Finding, inManagerConf, listed } from "./finding.ts";
import { notLoggedIn } from "./known.ts";
import { askForUser, type ManagerUser } from "./manager_user.ts";

/**
 * Judges the facts about the user's section.
 *
 * @param username The user.
 * @param user The facts about the user's section.
 * @returns The findings.
 */
export function judgeConfiguration(
  username: string,
  user: ManagerUser,
): Finding[] {
  const { inForce, inFile } = user;
  if (inForce === undefined && inFile === undefined) {
    return [{
      level: "note",
      what:
        `The section [${username}] cannot be read (that needs command, system or config in write), so not all rights can be seen from here`,
      advice: [
        `On the PBX, asterisk -rx "manager show user ${username}" shows them`,
      ],
    }];
  }
  const findings: Finding[] = [];
  if (inForce !== undefined) {
    const line = (classes: ReadonlySet<string>) => asLine(classes) || "(none)";
    findings.push({
      level: "ok",
      what: `In force for ${username}: read = ${line(inForce.read)}, write = ${
        line(inForce.write)
      }`,
    });
  }
  if (inFile !== undefined) {
    for (const key of ["read", "write"] as const) {
      findings.push(
        ...judgeLines(username, key, inFile[key], inForce?.[key]),
      );
    }
    if (findings.length === 0) {
      findings.push({
        level: "ok",
        what: `The section [${username}] of manager.conf is read as intended`,
      });
    }
  }
  return findings;
}

/** Compares what a file says with what Asterisk made of it. */
function judgeLines(
  username: string,
  key: "read" | "write",
  lines: readonly string[],
  inForce: ReadonlySet<string> | undefined,
): Finding[] {
  const value = lines.at(-1);
  if (value === undefined) return [];
  const { classes: meant, unknown } = classesMeant(value);
  const right = inManagerConf(username, `${key} = ${asLine(meant) || "none"}`);
  const findings: Finding[] = [];
  const warn = (what: string, ...advice: string[]) =>
    findings.push({ level: "warning", what, advice });
  const overruled = new Set(lines).size - 1;
  if (overruled > 0) {
    const all = new Set(
      lines.flatMap((each) => [...classesMeant(each).classes]),
    );
    warn(
      `There are ${lines.length} lines '${key} = …' in [${username}] and its templates, and only the last one counts: ${key} = ${value}`,
      `Write one: ${inManagerConf(username, `${key} = ${asLine(all)}`)}`,
    );
  }
  if (unknown.length > 0) {
    warn(
      `Unknown class ${listed(unknown)} in '${key} = ${value}'`,
      `The classes are ${listed(CLASSES)}`,
    );
  }
  const read = classesInForce(value);
  const lost = [...meant].filter((name) => !read.has(name));
  if (lost.length > 0) {
    warn(
      `'${key} = ${value}' does not give ${
        listed(lost)
      }: Asterisk treats the space after the comma as part of the name`,
      `${right}, without spaces`,
    );
  }
  // Classes that no word names come from an empty element or the beginning of a word.
  const gained = [...read].filter((name) => !meant.has(name));
  if (gained.length > 0) {
    warn(
      `'${key} = ${value}' also gives ${
        listed(gained)
      }: Asterisk matches every word but the last against the beginning of a name, and 'none' matches any`,
      right,
    );
  }
  if (inForce !== undefined && !isSame(read, inForce)) {
    warn(
      `manager.conf says '${key} = ${value}', but ${
        asLine(inForce) || "nothing"
      } is in force: the file was changed but not reloaded`,
      'asterisk -rx "manager reload", and log in again',
    );
  }
  return findings;
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name));
}

/** Asks which actions the user may send, as everything else depends on it. */
async function listActions(
  dami: DAMI,
): Promise<Map<string, ReadonlySet<string>> | undefined> {
  try {
    const [response] = await dami.to("ListCommands");
    return readActions(response);
  } catch (error) {
    if (error instanceof AmiResponseError) return undefined;
    throw error;
  }
}

/** The check of the user's section in `manager.conf`, as far as the user may read it. */
export const configuration: Check = {
  title: "manager.conf",
  obstacle: notLoggedIn,
  async make(known, { username }) {
    if (known.loggedIn === undefined) return [];
    const { dami } = known.loggedIn;
    const actions = await listActions(dami);
    if (actions !== undefined) known.actions = actions;
    known.user = await askForUser(dami, username, actions ?? new Map());
    return judgeConfiguration(username, known.user);
  },
};
