import type { Check } from "./check.ts";
import { type Finding, inManagerConf, milliseconds } from "./finding.ts";
import { notEncrypted, type Place } from "./known.ts";
import type { Patient } from "./patient.ts";
import {
  askForWeb,
  encrypt,
  type Greeting,
  greetingAt,
  type Limits,
  readGreeting,
  speaksTls,
} from "./probe.ts";
import { asteriskVersion, majorOf } from "../../ami_version.ts";
import { OLDEST_TESTED } from "./versions.ts";

/** The facts about a greeting. */
export interface GreetingFacts {
  /** The first words of the peer. */
  readonly greeting: Greeting;
  /** The time it took (milliseconds). */
  readonly time: number;
  /** `true` if the port speaks TLS, though it was not asked in TLS. */
  readonly speaksTls?: boolean;
  /** The answer of a web server there, if there is one. */
  readonly web?: string;
}

/** The time from which on a greeting is slow (milliseconds). */
const SLOW_GREETING = 1_000;

/** The limit for finding out what a silent port is (milliseconds). */
const SECOND_LOOK = 2_000;

/** The length to which a wrong greeting is shown (characters). */
const SHOWN = 60;

/** Services that greet like this. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^SSH-/, "an SSH server"],
  [/^HTTP\//, "a web server"],
  [/^220[ -].*FTP/i, "an FTP server"],
  [/^220[ -]/, "a mail server"],
  [/^\+OK|^\* OK/, "a mail server"],
  [/^.{1,5}mysql|mariadb/i, "a database"],
];

/**
 * Judges a greeting.
 *
 * @param facts The facts.
 * @returns The findings.
 */
export function judgeGreeting(facts: GreetingFacts): Finding[] {
  const { greeting, time } = facts;
  switch (greeting.kind) {
    case "ami":
      return amiFindings(greeting.version, time);
    case "other":
      return [otherFinding(greeting.line)];
    case "closed":
      return [closedFinding(greeting.detail)];
    case "silent":
      return [silentFinding(facts)];
  }
}

function amiFindings(version: string, time: number): Finding[] {
  const asterisk = asteriskVersion(version);
  const findings: Finding[] = [
    asterisk === undefined
      ? {
        level: "note",
        what:
          `The manager interface has version ${version}, which DAMI does not know`,
      }
      : {
        level: "ok",
        what:
          `The manager interface has version ${version}: Asterisk ${asterisk}`,
      },
  ];
  if (majorOf(version) < OLDEST_TESTED) {
    findings.push({
      level: "note",
      what: "DAMI is tested with Asterisk 16 and newer",
      advice: ["Some actions may be unknown: update Asterisk"],
    });
  }
  if (time > SLOW_GREETING) {
    findings.push({
      level: "warning",
      what: `The greeting took ${milliseconds(time)}`,
      advice: [
        "The PBX or the network is overloaded: check its load, and give services a longer connectTimeout",
      ],
    });
  }
  return findings;
}

function rightPort(): string {
  return `Check --port: ${
    inManagerConf("general", "port = 5038")
  } sets that of the manager interface`;
}

function otherFinding(line: string): Finding {
  const who = OTHERS.find(([pattern]) => pattern.test(line))?.[1] ??
    "something else";
  return {
    level: "problem",
    what: `This is not a manager interface but ${who}, which greets with ${
      JSON.stringify(line.slice(0, SHOWN))
    }`,
    advice: [rightPort()],
  };
}

function closedFinding(detail: string): Finding {
  return {
    level: "problem",
    what: `The connection was closed without a greeting${
      detail === "" ? "" : ` (${detail})`
    }`,
    advice: [
      `Too many connections may be waiting for a login: ${
        inManagerConf("general", "authlimit = 50")
      } limits them, and ss -tn "sport = :5038" on the PBX shows them`,
      "Or a forwarder such as Docker or an SSH tunnel listens there, with no Asterisk behind it",
    ],
  };
}

function silentFinding({ speaksTls, web, time }: GreetingFacts): Finding {
  if (speaksTls) {
    return {
      level: "problem",
      what: "The port speaks TLS, and waits for the client to begin it",
      advice: [
        "Add --tls, and --ca for the certificate",
        `Or use the port without encryption: ${
          inManagerConf("general", "port = 5038")
        }`,
      ],
    };
  }
  if (web !== undefined) {
    return {
      level: "problem",
      what: `It is a web server (${web.slice(0, SHOWN)})`,
      advice: [
        "webenabled offers AMI over HTTP, by default on port 8088 (http.conf), which DAMI does not speak",
        rightPort(),
      ],
    };
  }
  return {
    level: "problem",
    what: `No greeting within ${milliseconds(time)}`,
    advice: [
      rightPort(),
      'If the port is right, Asterisk may hang: otherwise asterisk -rx "core show uptime" on the PBX answers at once',
    ],
  };
}

async function hear(place: Place, patient: Patient): Promise<Greeting> {
  const { trust } = patient;
  if (trust === undefined) return await greetingAt(place, patient);
  const encrypted = await encrypt(place, trust, patient);
  return encrypted.outcome === "trusted"
    ? await readGreeting(encrypted.conn, patient)
    : { kind: "closed", detail: encrypted.detail };
}

/** Examines a silent port further. */
async function lookAgain(
  place: Place,
  patient: Patient,
): Promise<Pick<GreetingFacts, "speaksTls" | "web">> {
  if (patient.trust !== undefined) return {};
  const limits: Limits = {
    timeout: Math.min(SECOND_LOOK, patient.timeout),
    signal: patient.signal,
  };
  const trust = { caCerts: [], serverName: patient.hostname };
  const outcome = await encrypt(place, trust, limits);
  if (outcome.outcome === "trusted") outcome.conn.close();
  if (speaksTls(outcome)) return { speaksTls: true };
  const web = await askForWeb(place, limits);
  return web === undefined ? {} : { web };
}

/** The check of the greeting, and of the version of Asterisk. */
export const greeting: Check = {
  title: "Greeting",
  obstacle: notEncrypted,
  async make(known, patient) {
    const { place } = known;
    if (place === undefined) return [];
    const begin = performance.now();
    const heard = await hear(place, patient);
    const time = performance.now() - begin;
    if (heard.kind === "ami") known.amiVersion = heard.version;
    const more = heard.kind === "silent" ? await lookAgain(place, patient) : {};
    return judgeGreeting({ greeting: heard, time, ...more });
  },
};
