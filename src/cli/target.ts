import { UsageError } from "./failures/command_error.ts";

/** The place to connect to, and the user that logs in. */
export interface Target {
  /** The host of the PBX. */
  readonly hostname: string;
  /** The port of its manager interface. */
  readonly port: number;
  /** `true` if the connection is encrypted. */
  readonly tls: boolean;
  /** The file with the certificates to trust. */
  readonly caFile: string | undefined;
  /** The name in the certificate of the PBX, where it is not its host. */
  readonly serverName: string | undefined;
  /** The user that logs in. */
  readonly username: string;
  /** The source of the secret. */
  readonly secret: SecretSource;
  /** The place of the PBX in a fleet file, if it is from one. */
  readonly fleet?: FleetPlace;
  /** The place of the PBX on the bus, if it is read from there. */
  readonly bus?: BusPlace;
}

/** The place of a PBX on the bus. */
export interface BusPlace {
  /** The server of NATS. */
  readonly server: string;
}

/** The place of a PBX in a fleet file. */
export interface FleetPlace {
  /** The path of the file. */
  readonly file: string;
  /** The name of the PBX. */
  readonly pbx: string;
  /** Its hosts beside the first one. */
  readonly others: readonly string[];
}

/** The source of the secret. */
export type SecretSource =
  | {
    readonly from: "option" | "url" | "environment" | "fleet";
    readonly value: string;
  }
  | { readonly from: "file"; readonly file: string }
  | { readonly from: "prompt" };

/** The options of a command line that say where to connect; each may be missing. */
export interface TargetOptions {
  /** The value of `--hostname`. */
  hostname?: string | undefined;
  /** The value of `--port`. */
  port?: string | undefined;
  /** The value of `--username`. */
  username?: string | undefined;
  /** The value of `--secret`. */
  secret?: string | undefined;
  /** The value of `--secret-file`. */
  secretFile?: string | undefined;
  /** `true` if `--tls` is given. */
  tls?: boolean;
  /** The value of `--ca`. */
  ca?: string | undefined;
  /** The value of `--server-name`. */
  serverName?: string | undefined;
  /** The value of `--url`, or the URL among the words. */
  url?: string | undefined;
}

/** The environment variables that say where to connect. */
export const VARIABLES = [
  "DAMI_HOSTNAME",
  "DAMI_PORT",
  "DAMI_USERNAME",
  "DAMI_SECRET",
  "DAMI_SECRET_FILE",
  "DAMI_TLS",
  "DAMI_CA",
  "DAMI_SERVER_NAME",
] as const;

/** One of {@linkcode VARIABLES}. */
export type Variable = typeof VARIABLES[number];

/** Parts of a URL. */
interface UrlParts {
  hostname: string | undefined;
  port: string | undefined;
  username: string | undefined;
  secret: string | undefined;
  tls: boolean;
}

const NO_URL: UrlParts = {
  hostname: undefined,
  port: undefined,
  username: undefined,
  secret: undefined,
  tls: false,
};

function readUrl(text: string): UrlParts {
  const form = "write dami://USERNAME@HOST:PORT";
  // The text may hold the secret, and is not to be shown.
  if (!URL.canParse(text)) {
    throw new UsageError(`The URL is not valid: ${form}`);
  }
  const url = new URL(text);
  if (url.protocol !== "dami:" && url.protocol !== "damis:") {
    throw new UsageError(
      `The URL must begin with 'dami:' or 'damis:', not with '${url.protocol}': ${form}`,
    );
  }
  const hasMore = (url.pathname !== "" && url.pathname !== "/") ||
    url.search !== "" || url.hash !== "";
  if (hasMore) {
    throw new UsageError(
      `The URL may have only a user, a host and a port: ${form}`,
    );
  }
  return {
    // The brackets around an address of IPv6 are no part of it.
    hostname: decoded(url.hostname).replace(/^\[(.*)\]$/, "$1") || undefined,
    port: url.port || undefined,
    username: decoded(url.username) || undefined,
    secret: decoded(url.password) || undefined,
    tls: url.protocol === "damis:",
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new UsageError(
      "The URL has a '%' without two hex digits after it: write it as '%25'",
    );
  }
}

function readPort(text: string, where: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new UsageError(
      `The port${where} must be a number from 1 to 65535, not '${text}'`,
    );
  }
  return port;
}

function readSwitch(text: string | undefined, variable: Variable): boolean {
  switch (text?.toLowerCase()) {
    case undefined:
    case "0":
    case "false":
    case "no":
    case "off":
      return false;
    case "1":
    case "true":
    case "yes":
    case "on":
      return true;
    default:
      throw new UsageError(
        `The variable ${variable} must be 1 or 0, not '${text}'`,
      );
  }
}

/** A secret on the command line is meant, so that none of the environment is looked for. */
function secretSource(
  options: TargetOptions,
  url: UrlParts,
  read: (variable: Variable) => string | undefined,
): SecretSource {
  if (options.secret !== undefined && options.secretFile !== undefined) {
    throw new UsageError("--secret and --secret-file cannot be combined");
  }
  if (options.secretFile !== undefined) {
    return { from: "file", file: options.secretFile };
  }
  if (options.secret !== undefined) {
    return { from: "option", value: options.secret };
  }
  if (url.secret !== undefined) return { from: "url", value: url.secret };
  const value = read("DAMI_SECRET");
  if (value !== undefined) return { from: "environment", value };
  const file = read("DAMI_SECRET_FILE");
  return file === undefined ? { from: "prompt" } : { from: "file", file };
}

/**
 * Finds out where to connect: what an option says counts before what the URL
 * says, that before the environment, and that before the default. The host
 * and the port of a URL belong together, as do whether it is encrypted and the
 * default of the port.
 *
 * @param options The options of the command line.
 * @param read Reads an environment variable.
 * @returns The place to connect to.
 * @throws {UsageError} If something of it cannot be used.
 */
export function resolveTarget(
  options: TargetOptions,
  read: (variable: Variable) => string | undefined,
): Target {
  const url = options.url === undefined ? NO_URL : readUrl(options.url);
  const caFile = options.ca ?? read("DAMI_CA");
  const serverName = options.serverName ?? read("DAMI_SERVER_NAME");
  // A command line that names a certificate must not send the secret to anybody else.
  const tls = (options.tls ?? false) || url.tls || caFile !== undefined ||
    readSwitch(read("DAMI_TLS"), "DAMI_TLS");
  const hasPlace = url.hostname !== undefined;
  const environmentPort = hasPlace ? undefined : read("DAMI_PORT");
  const port = options.port ?? url.port ?? environmentPort;
  const where = port !== undefined && port === environmentPort
    ? " in DAMI_PORT"
    : "";
  const hostname = options.hostname ?? url.hostname ?? read("DAMI_HOSTNAME") ??
    "127.0.0.1";
  if (hostname === "") throw new UsageError("The host is empty: name one");
  return {
    hostname,
    port: port === undefined ? (tls ? 5039 : 5038) : readPort(port, where),
    tls,
    caFile,
    serverName,
    username: options.username ?? url.username ?? read("DAMI_USERNAME") ??
      "admin",
    secret: secretSource(options, url, read),
  };
}
