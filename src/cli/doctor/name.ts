import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Check } from "./check.ts";
import { type Finding, listed } from "./finding.ts";

/** The result of a name lookup. */
export type NameFacts =
  | { readonly outcome: "is-address" }
  | { readonly outcome: "resolved"; readonly addresses: readonly string[] }
  | {
    readonly outcome: "unknown" | "no-resolver" | "not-permitted" | "late";
    readonly detail: string;
  };

/**
 * Judges the addresses of a host.
 *
 * @param hostname The host.
 * @param facts The facts.
 * @returns The findings.
 */
export function judgeName(hostname: string, facts: NameFacts): Finding[] {
  switch (facts.outcome) {
    case "is-address":
      return [{
        level: "ok",
        what: `${hostname} is an address, so no name has to be resolved`,
      }];
    case "resolved":
      return [{
        level: "ok",
        what: `${hostname} resolves to ${listed(facts.addresses, 8)}`,
      }];
    case "not-permitted":
      return [{
        level: "note",
        what:
          `Deno may not look up ${hostname}, so only a connection can show whether it exists`,
        advice: [`Run it with --allow-net=${hostname}, without a port`],
      }];
    case "unknown":
      return [{
        level: "problem",
        what: `Cannot find the host ${hostname} (${facts.detail})`,
        advice: [
          "Check --hostname, or use the address of the PBX",
          `See what this machine resolves: getent hosts ${hostname}, and /etc/hosts`,
        ],
      }];
    case "no-resolver":
    case "late":
      return [{
        level: "problem",
        what: `The name ${hostname} cannot be looked up (${facts.detail})`,
        advice: [
          "The name server of this machine does not answer: check /etc/resolv.conf, or use the address of the PBX",
        ],
      }];
  }
}

/** The addresses in the order in which they are tried, as the system resolves them: including `/etc/hosts`, which `Deno.resolveDns()` does not read. */
async function resolve(hostname: string, timeout: number): Promise<NameFacts> {
  if (isIP(hostname) !== 0) return { outcome: "is-address" };
  const late = Promise.withResolvers<NameFacts>();
  const timer = setTimeout(() => {
    const detail = `no answer within ${timeout} ms`;
    late.resolve({ outcome: "late", detail });
  }, timeout);
  try {
    return await Promise.race([lookUp(hostname), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function lookUp(hostname: string): Promise<NameFacts> {
  try {
    const found = await lookup(hostname, { all: true, order: "verbatim" });
    const addresses = [...new Set(found.map(({ address }) => address))];
    return { outcome: "resolved", addresses };
  } catch (error) {
    const code = error instanceof Error && "code" in error
      ? String(error.code)
      : String(error);
    if (code === "EPERM") return { outcome: "not-permitted", detail: code };
    const outcome = code === "ENOTFOUND" ? "unknown" : "no-resolver";
    return { outcome, detail: code };
  }
}

/** The check that the host name resolves. */
export const name: Check = {
  title: "Name",
  obstacle: () => undefined,
  async make(known, { hostname, timeout }) {
    const facts = await resolve(hostname, timeout);
    if (facts.outcome === "resolved") known.addresses = facts.addresses;
    // Without permission to look it up, only the name itself can be tried.
    const isUsable = facts.outcome === "is-address" ||
      facts.outcome === "not-permitted";
    if (isUsable) known.addresses = [hostname];
    return judgeName(hostname, facts);
  },
};
