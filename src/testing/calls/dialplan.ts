import type { AmiEndpoint, ResolvedServerOptions } from "../server_options.ts";

/** One application of an extension, and what it is given. */
export interface Step {
  readonly application: string;
  readonly data: string;
}

/** The options that hold the dialplan and what can be called. */
type Configured = Pick<
  ResolvedServerOptions,
  "endpoints" | "extensions" | "peers"
>;

/**
 * The applications of an extension. The name of an endpoint is an extension
 * that dials it.
 *
 * @returns The applications in order; `undefined` without such an extension.
 */
export function findExtension(
  { endpoints, extensions }: Omit<Configured, "peers">,
  exten: string,
): Step[] | undefined {
  const steps = extensions[exten];
  if (steps !== undefined) return steps.map(readStep);
  if (!endpoints.some(({ name }) => name === exten)) return undefined;
  return [
    { application: "Dial", data: `PJSIP/${exten}` },
    { application: "Hangup", data: "" },
  ];
}

/**
 * Finds the endpoint that a call can reach. A SIP peer is one that answers,
 * unless its status says that it is unreachable.
 *
 * @returns The endpoint; `undefined` if it is not registered.
 */
export function findReachable(
  { endpoints, peers }: Omit<Configured, "extensions">,
  technology: string,
  resource: string,
): AmiEndpoint | undefined {
  switch (technology.toLowerCase()) {
    case "pjsip":
      return endpoints.find(({ name, contact = "" }) =>
        name === resource && contact !== ""
      );
    case "sip":
      return peers.find(({ name, status = "" }) =>
        name === resource && !status.startsWith("UNREACHABLE")
      );
    default:
      return undefined;
  }
}

/** Reads `Wait(1)`. */
function readStep(text: string): Step {
  const match = /^([^(]*)\(([^]*)\)$/.exec(text);
  return match === null
    ? { application: text, data: "" }
    : { application: match[1] ?? "", data: match[2] ?? "" };
}
