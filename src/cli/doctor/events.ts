import { delay } from "@std/async/delay";
import { hint } from "../failures/nearest.ts";
import type { Check } from "./check.ts";
import { asLine, classesInForce } from "./classes.ts";
import {
  capitalized,
  type Finding,
  inManagerConf,
  listed,
  seconds,
} from "./finding.ts";
import { notLoggedIn } from "./known.ts";
import type { InFile, ManagerUser } from "./manager_user.ts";
import type { Patient } from "./patient.ts";
import { completeRights, lineWith, type Rights } from "./rights.ts";
import {
  classOfEvent,
  EVENTS_BY_CLASS,
  eventsOf,
  KNOWN_EVENTS,
  needsOf,
} from "./wanted_events.ts";

/** The fate of our `UserEvent`: not wanted, not allowed, or sent, and returned or not. */
export type UserEventOutcome = "not-sent" | "not-allowed" | "came" | "missing";

/** The facts about the events that the user gets. */
export interface EventFacts {
  /** The user. */
  readonly username: string;
  /** The facts about the user's section. */
  readonly user: ManagerUser;
  /** The number of received events of each class. */
  readonly byClass: ReadonlyMap<string, number>;
  /** The number of all received events. */
  readonly count: number;
  /** For how long (milliseconds). */
  readonly time: number;
  /** `true` if `FullyBooted` arrived at the login, which shows the class `system`. */
  readonly sawFullyBooted: boolean;
  /** `true` if Asterisk reported this login, which shows the class `security`. */
  readonly sawOwnLogin: boolean;
  /** The fate of our `UserEvent`, which shows the class `user`. */
  readonly userEvent: UserEventOutcome;
  /** The events that the user asked about. */
  readonly wanted: readonly string[];
}

/** The number of names of events that are shown for a class. */
const SHOWN = 3;

/** The classes whose events arrive, of those known here. */
const READ_CLASSES = Object.keys(EVENTS_BY_CLASS);

/**
 * Returns the value of `read`, or, where it cannot be requested, what the
 * received and the missing events reveal about it. All of it was measured with
 * 16 and 22:
 *
 * - `FullyBooted` follows a login, unless the class `system` is missing; no filter holds it back.
 * - `SuccessfulAuth` reports each login to the readers of `security`.
 * - A `UserEvent` comes back to a sender that reads `user`.
 */
export function readRights(facts: EventFacts): Rights {
  const { inForce, inFile } = facts.user;
  if (inForce !== undefined) return completeRights(inForce.read);
  if (inFile !== undefined) {
    return completeRights(classesInForce(inFile.read.at(-1) ?? ""));
  }
  const has = new Set(facts.byClass.keys());
  const lacks = new Set<string>();
  if (!facts.sawFullyBooted) lacks.add("system");
  if (!facts.sawOwnLogin) lacks.add("security");
  if (facts.userEvent === "missing") lacks.add("user");
  for (const name of has) lacks.delete(name);
  return { has, lacks, isComplete: false };
}

/**
 * Judges the events that the user gets.
 *
 * @param facts The facts.
 * @returns The findings.
 */
export function judgeEvents(facts: EventFacts): Finding[] {
  const rights = readRights(facts);
  return [
    ...rightsFindings(facts, rights),
    ...filterFindings(facts),
    heardFinding(facts, rights),
    ...facts.wanted.map((event) => wantedFinding(event, facts, rights)),
  ];
}

function samples(names: Iterable<string>): string {
  return listed(
    [...names].map((name) =>
      `${name} (${listed(eventsOf(name).slice(0, SHOWN))})`
    ),
  );
}

function rightsFindings(
  { username, userEvent }: EventFacts,
  rights: Rights,
): Finding[] {
  const { has, lacks, isComplete } = rights;
  if (isComplete && has.size === 0) {
    return [{
      level: "warning",
      what: `${username} reads no class, so no event will ever arrive`,
      advice: [inManagerConf(username, "read = call,agent,system,user")],
    }];
  }
  const findings: Finding[] = [];
  if (has.size > 0) {
    findings.push({
      level: "ok",
      what: `${username} reads ${asLine(has)}`,
    });
  }
  const missing = READ_CLASSES.filter((name) => lacks.has(name));
  if (missing.length > 0) {
    findings.push({
      level: "note",
      what: `Events of these classes do not arrive: ${samples(missing)}`,
      advice: [
        `To add one, such as ${missing[0]}: ${
          inManagerConf(username, lineWith("read", rights, missing[0] ?? ""))
        }`,
      ],
    });
  }
  const unknown = READ_CLASSES.filter((name) =>
    !has.has(name) && !lacks.has(name)
  );
  if (unknown.length > 0) {
    findings.push({
      level: "note",
      what: `Whether events of these classes arrive cannot be seen from here: ${
        listed(unknown)
      }`,
      advice: [
        `On the PBX, asterisk -rx "manager show user ${username}" shows 'read perm'`,
        "Or listen while something happens: --listen 30s",
        ...unknown.includes("user") ? [userAdvice(username, userEvent)] : [],
      ],
    });
  }
  if (has.has("dialplan")) {
    findings.push({
      level: "note",
      what:
        "The class dialplan (Newexten, VarSet) makes up more than half of the events of a call",
      advice: [
        `Unless it is needed, leave it out of read in ${
          inManagerConf(username, "read = …")
        }, or set the option 'events' of DAMI`,
      ],
    });
  }
  return findings;
}

function userAdvice(username: string, userEvent: UserEventOutcome): string {
  return userEvent === "not-allowed"
    ? `For the class user, --user-event shows it, once ${username} may send a UserEvent: ${
      inManagerConf(username, "write = …,user")
    }`
    : "For the class user, --user-event shows it";
}

function filterFindings(
  { username, user: { inFile, disabledEvents = [] } }: EventFacts,
): Finding[] {
  const findings: Finding[] = [];
  const filters = inFile?.eventFilters ?? [];
  if (filters.length > 0) {
    findings.push({
      level: "warning",
      what: `Filters hold back events for ${username}: ${listed(filters, 5)}`,
      advice: [
        `Remove them from ${
          inManagerConf(username, "eventfilter = …")
        } if an event is missing; they match the whole text of an event, and case counts`,
      ],
    });
  }
  if (disabledEvents.length > 0) {
    findings.push({
      level: "note",
      what: `These events are disabled for everybody: ${
        listed(disabledEvents, 10)
      }`,
      advice: [
        `Remove the missing ones from ${
          inManagerConf(
            "general",
            `disabledevents = ${disabledEvents.join(",")}`,
          )
        }`,
      ],
    });
  }
  return findings;
}

function heardFinding(
  { byClass, count, time, userEvent }: EventFacts,
  rights: Rights,
): Finding {
  if (userEvent === "missing" && rights.has.has("user")) {
    return {
      level: "problem",
      what:
        "The UserEvent that was sent did not come back, although its class is read",
      advice: ["Look for eventfilter and disabledevents in manager.conf"],
    };
  }
  if (count === 0) {
    return {
      level: "note",
      what: `No event arrived within ${
        seconds(time)
      }, which is normal when nothing happens`,
      advice: ["Make a call while it listens: --listen 30s"],
    };
  }
  const parts = [...byClass].sort(([, one], [, other]) => other - one)
    .map(([name, number]) => `${name} ${number}`);
  return {
    level: "ok",
    what: `${count} ${count === 1 ? "event" : "events"} arrived within ${
      seconds(time)
    }: ${listed(parts, 8)}`,
  };
}

function wantedFinding(
  wanted: string,
  { username, user: { inFile, disabledEvents = [] } }: EventFacts,
  rights: Rights,
): Finding {
  const known = classOfEvent(wanted);
  if (known === undefined) {
    return {
      level: "note",
      what: `${wanted} is not an event that DAMI knows`,
      advice: [
        capitalized(hint(wanted, KNOWN_EVENTS, "check the name")),
        `On the PBX, asterisk -rx "manager show event ${wanted}" describes it`,
      ],
    };
  }
  const { event, class: name } = known;
  const isDisabled = disabledEvents.some((each) => each === event);
  if (isDisabled) {
    return {
      level: "problem",
      what: `${event} does not arrive: it is disabled for everybody`,
      advice: [
        `Remove it from ${inManagerConf("general", "disabledevents = …")}`,
      ],
    };
  }
  const line = inManagerConf(username, lineWith("read", rights, name));
  if (rights.has.has(name)) return comesFinding(event, name, inFile);
  if (rights.isComplete || rights.lacks.has(name)) {
    return {
      level: "problem",
      what:
        `${event} does not arrive: its class is ${name}, which ${username} does not read`,
      advice: [line, ...needsOf(event)],
    };
  }
  return {
    level: "note",
    what:
      `The class of ${event} is ${name}; whether ${username} reads it cannot be seen from here`,
    advice: [`If it does not arrive: ${line}`, ...needsOf(event)],
  };
}

/** Of an event whose class is read. */
function comesFinding(
  event: string,
  name: string,
  inFile: InFile | undefined,
): Finding {
  const comes = `${event} arrives when it happens: ${name} is read`;
  const advice = needsOf(event);
  if (inFile === undefined) {
    const what = `${comes}, and only an eventfilter could hold it back`;
    return { level: "ok", what, advice };
  }
  if (inFile.eventFilters.length === 0) {
    return { level: "ok", what: comes, advice };
  }
  return {
    level: "warning",
    what: `${event} arrives if the filters let it pass: ${name} is read`,
    advice: [`They are: ${listed(inFile.eventFilters, 5)}`, ...advice],
  };
}

function userEventOutcome(
  { sendsUserEvent }: Patient,
  isAllowed: boolean,
  came: boolean,
): UserEventOutcome {
  if (!sendsUserEvent) return "not-sent";
  if (!isAllowed) return "not-allowed";
  return came ? "came" : "missing";
}

/** The check of the events that arrive. */
export const events: Check = {
  title: "Events",
  obstacle: notLoggedIn,
  async make(known, patient) {
    const { loggedIn, user = {}, actions: allowed } = known;
    if (loggedIn === undefined) return [];
    const { dami, watch } = loggedIn;
    const isAllowed = allowed?.has("UserEvent") ?? false;
    if (patient.sendsUserEvent && isAllowed) {
      const data = { UserEvent: "DamiDoctor", Mark: watch.mark };
      await dami.to("UserEvent", data);
    }
    // The user may end the wait early: what arrived by then is reported.
    await delay(patient.listenTime, { signal: patient.signal })
      .catch(() => {});
    patient.signal.throwIfAborted();
    // Events that were caused earlier arrive before its answer.
    await dami.to("Ping");
    return judgeEvents({
      username: patient.username,
      user,
      byClass: watch.byClass,
      count: watch.count,
      time: watch.age,
      sawFullyBooted: watch.sawFullyBooted,
      sawOwnLogin: watch.sawOwnLogin,
      userEvent: userEventOutcome(patient, isAllowed, watch.sawOwnEvent),
      wanted: patient.events,
    });
  },
};
