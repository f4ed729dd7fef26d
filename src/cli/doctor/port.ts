import { isIP } from "node:net";
import type { Check } from "./check.ts";
import {
  type Finding,
  inManagerConf,
  listed,
  milliseconds,
} from "./finding.ts";
import type { Place } from "./known.ts";
import type { Patient } from "./patient.ts";
import { type Attempt, attempt, greetingAt, type Limits } from "./probe.ts";

/** The facts about the port. */
export interface PortFacts {
  /** The port. */
  readonly port: number;
  /** `true` if it should be the port of encrypted connections. */
  readonly isTls: boolean;
  /** An attempt for each address of the host. */
  readonly attempts: readonly Attempt[];
  /** The other port where the manager interface may be, if it was looked for. */
  readonly elsewhere?: Elsewhere;
}

/** Another port, on which something listens. */
export interface Elsewhere {
  /** The port. */
  readonly port: number;
  /** `true` if it greets as a manager interface; that of encrypted connections does not. */
  readonly greets: boolean;
}

/** The port of the manager interface unless configured (`configs/samples/manager.conf.sample`). */
const DEFAULT_PORT = 5038;
const DEFAULT_TLS_PORT = 5039;

/** The limit for looking elsewhere (milliseconds). */
const ELSEWHERE_TIMEOUT = 1_000;

function shown({ hostname, port }: Place): string {
  return hostname.includes(":")
    ? `[${hostname}]:${port}`
    : `${hostname}:${port}`;
}

/** Reports whether an address is one of the machine itself. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" ||
    /^127\.\d+\.\d+\.\d+$/.test(address);
}

/**
 * Judges the attempts to connect.
 *
 * @param facts The facts.
 * @returns The findings.
 */
export function judgePort(facts: PortFacts): Finding[] {
  const { attempts } = facts;
  const open = attempts.filter(({ reach }) => reach === "open");
  const [first] = open;
  if (first === undefined) return [nothingOpen(facts)];
  const findings: Finding[] = [{
    level: "ok",
    what: `${listed(open.map(({ place }) => shown(place)))} is open (${
      milliseconds(first.time)
    })`,
  }];
  const shut = attempts.filter(({ reach }) =>
    reach !== "open" && reach !== "not-permitted"
  );
  if (shut.length > 0) findings.push(partlyOpen(shut, open, facts));
  return findings;
}

function partlyOpen(
  shut: readonly Attempt[],
  open: readonly Attempt[],
  facts: PortFacts,
): Finding {
  // All of them are tried in turn, and a refusal takes no time.
  const isSlow = facts.attempts[0]?.reach === "silent";
  const address = open[0]?.place.hostname ?? "";
  const line = facts.isTls
    ? `tlsbindaddr = [::]:${facts.port}`
    : "bindaddr = ::";
  return {
    level: isSlow ? "warning" : "note",
    what: `${
      listed(shut.map(({ place }) => shown(place)))
    } is not: Asterisk does not listen on all addresses of its host${
      isSlow ? ", and each connection waits for one of those first" : ""
    }`,
    advice: [
      `Use the address itself: --hostname ${address}`,
      `${
        inManagerConf("general", line)
      } listens on all addresses, IPv4 included`,
    ],
  };
}

function nothingOpen(facts: PortFacts): Finding {
  const { attempts, port } = facts;
  const places = listed(attempts.map(({ place }) => shown(place)));
  const reaches = new Set(attempts.map(({ reach }) => reach));
  const detail = attempts[0]?.detail ?? "";
  if (reaches.has("refused")) {
    return {
      level: "problem",
      what: `Nothing listens at ${places}: the connection is refused`,
      advice: [...elsewhereAdvice(facts), ...refusedAdvice(facts)],
    };
  }
  if (reaches.has("silent")) {
    return {
      level: "problem",
      what:
        `No answer from ${places}: a firewall drops the packets, or there is no such machine`,
      advice: [
        `Ping the PBX, then let this machine through to its port ${port}: check its firewall (iptables -L, nft list ruleset)`,
      ],
    };
  }
  if (reaches.has("not-permitted")) {
    const hosts = attempts.map(({ place }) => shown(place));
    return {
      level: "problem",
      what: `Deno may not connect to ${places}`,
      advice: [`Run it with --allow-net=${hosts.join(",")}`],
    };
  }
  return {
    level: "problem",
    what: `Cannot reach ${places} (${detail})`,
    advice: ["Check --hostname, and the network of this machine"],
  };
}

function elsewhereAdvice({ elsewhere }: PortFacts): string[] {
  if (elsewhere === undefined) return [];
  const { port, greets } = elsewhere;
  return greets
    ? [`The manager interface is on port ${port}: use --port ${port}`]
    : [
      `Something listens on port ${port}, the default of encrypted connections: try --tls --port ${port}`,
    ];
}

function refusedAdvice({ port, isTls, attempts }: PortFacts): string[] {
  const isLocal = attempts.every(({ place }) => isLoopback(place.hostname));
  const everywhere = isTls
    ? `tlsbindaddr = 0.0.0.0:${port}`
    : "bindaddr = 0.0.0.0";
  return [
    isTls
      ? inManagerConf(
        "general",
        "enabled = yes",
        "tlsenable = yes",
        `tlsbindaddr = 127.0.0.1:${port}`,
        "tlscertfile = /etc/asterisk/…pem",
      )
      : inManagerConf("general", "enabled = yes", `port = ${port}`),
    ...isLocal ? [] : [
      `Debian's manager.conf listens only on 127.0.0.1; ${
        inManagerConf("general", everywhere)
      } listens on all addresses, so permit only your own`,
    ],
    'On the PBX, asterisk -rx "manager show settings" says where it listens',
  ];
}

/** Tries its default ports. */
async function lookElsewhere(
  hostname: string,
  patient: Patient,
): Promise<Elsewhere | undefined> {
  const limits: Limits = {
    timeout: Math.min(ELSEWHERE_TIMEOUT, patient.timeout),
    signal: patient.signal,
  };
  for (const port of [DEFAULT_PORT, DEFAULT_TLS_PORT]) {
    if (port === patient.port) continue;
    const { reach } = await attempt({ hostname, port }, limits);
    if (reach !== "open") continue;
    const greeting = await greetingAt({ hostname, port }, limits);
    if (greeting.kind === "ami") return { port, greets: true };
    const mayBeTls = port === DEFAULT_TLS_PORT && greeting.kind === "silent";
    if (mayBeTls) return { port, greets: false };
  }
  return undefined;
}

async function tryAll(
  addresses: readonly string[],
  { hostname, port, ...limits }: Patient,
): Promise<Attempt[]> {
  const attempts = await Promise.all(
    addresses.map((address) => attempt({ hostname: address, port }, limits)),
  );
  // A permission for the name does not cover its addresses.
  const isForbidden = isIP(hostname) === 0 && !addresses.includes(hostname) &&
    attempts.every(({ reach }) => reach === "not-permitted");
  return isForbidden ? [await attempt({ hostname, port }, limits)] : attempts;
}

/** The check that something listens on the port. */
export const port: Check = {
  title: "Port",
  obstacle: ({ addresses }) =>
    addresses === undefined ? "the host has no address" : undefined,
  async make(known, patient) {
    const attempts = await tryAll(known.addresses ?? [], patient);
    const open = attempts.find(({ reach }) => reach === "open");
    if (open !== undefined) {
      known.place = open.place;
      if (open.ownAddress !== undefined) known.ownAddress = open.ownAddress;
    }
    const isRefused = open === undefined &&
      attempts.some(({ reach }) => reach === "refused");
    const elsewhere = isRefused
      ? await lookElsewhere(attempts[0]?.place.hostname ?? "", patient)
      : undefined;
    return judgePort({
      port: patient.port,
      isTls: patient.trust !== undefined,
      attempts,
      ...elsewhere === undefined ? {} : { elsewhere },
    });
  },
};
