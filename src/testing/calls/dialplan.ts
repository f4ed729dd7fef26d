import type { AmiEndpoint, ResolvedServerOptions } from "../server_options.ts";

/** One application of an extension, and what it is given. */
export interface Step {
  readonly application: string;
  readonly data: string;
}

/** The options that hold the dialplan and the endpoints. */
type Configured = Pick<ResolvedServerOptions, "endpoints" | "extensions">;

/**
 * The applications of an extension. The name of an endpoint is an extension
 * that dials it.
 *
 * @returns The applications in order; `undefined` without such an extension.
 */
export function findExtension(
  { endpoints, extensions }: Configured,
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

/** The endpoint that a call can reach; `undefined` if it is not registered. */
export function findReachable(
  { endpoints }: Configured,
  technology: string,
  resource: string,
): AmiEndpoint | undefined {
  if (technology.toLowerCase() !== "pjsip") return undefined;
  return endpoints.find(({ name, contact = "" }) =>
    name === resource && contact !== ""
  );
}

/** Reads `Wait(1)`. */
function readStep(text: string): Step {
  const match = /^([^(]*)\(([^]*)\)$/.exec(text);
  return match === null
    ? { application: text, data: "" }
    : { application: match[1] ?? "", data: match[2] ?? "" };
}
