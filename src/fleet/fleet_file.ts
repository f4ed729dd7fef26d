import { checkName, type FleetPbxOptions } from "./fleet_options.ts";
import { errorText } from "../error_text.ts";

/** Options of {@linkcode readFleetFile}. */
export interface FleetFileOptions {
  /**
   * Chooses PBXs by name. Nothing is read for the others, such as their
   * secrets.
   *
   * @param name The name of a PBX in the file.
   * @returns `true` if it is wanted.
   */
  filter?: (name: string) => boolean;
}

/** The content of a fleet file. */
export interface FleetFile {
  /** The names of all PBXs in the file, in its order, also of those that were not wanted. */
  readonly names: readonly string[];
  /** The options of each wanted PBX, for `new Fleet()`. */
  readonly pbxs: Readonly<Record<string, FleetFilePbx>>;
  /** Sentences about what works and should be changed, such as a secret that every user of this machine may read. */
  readonly warnings: readonly string[];
}

/** The options of a PBX that a fleet file gives. */
export interface FleetFilePbx extends FleetPbxOptions {
  /** The host of the PBX, or several, which are tried in their order. */
  hostname: string | string[];
  /** The port of its manager interface. */
  port: number;
  /** The user that logs in. */
  username: string;
  /** The secret of the user. */
  secret: string;
}

/**
 * A fleet file cannot be used. The message names the file, the PBX, and what
 * to change; it never holds a secret.
 *
 * @example
 * ```ts
 * import { FleetFileError, readFleetFile } from "@dami/dami/fleet";
 *
 * try {
 *   await readFleetFile("no-such-file.json");
 * } catch (error) {
 *   if (!(error instanceof FleetFileError)) throw error;
 *   console.error(error.message); // There is no file 'no-such-file.json'
 * }
 * ```
 */
export class FleetFileError extends Error {
  /** The name of the class. */
  override readonly name = "FleetFileError";
}

/** The keys that a PBX may have in the file. */
const KEYS = [
  "hostname",
  "port",
  "username",
  "secretFile",
  "secretEnv",
  "tls",
] as const;

/** The keys that `tls` may have. */
const TLS_KEYS = ["caFile", "serverName"] as const;

/** The bit of the mode of a file that lets everybody read it. */
const READABLE_BY_ALL = 0o004;

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFilledText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Makes an error that names its place, the file and the PBX. */
type Fail = (why: string) => FleetFileError;

/** Reads files and variables, and says why one of them cannot be read. */
async function textOf(
  path: string | URL,
  fail: Fail,
): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw fail(whyNot(cause, path));
  }
}

function whyNot(error: unknown, path: string | URL): string {
  if (error instanceof Deno.errors.NotFound) {
    return `there is no file '${path}'`;
  }
  if (error instanceof Deno.errors.NotCapable) {
    return `Deno may not read '${path}': run it with --allow-read=${path}`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `this user may not read '${path}'`;
  }
  return `cannot read '${path}': ${errorText(error)}`;
}

function variableOf(name: string, fail: Fail): string {
  let value: string | undefined;
  try {
    value = Deno.env.get(name);
  } catch (error) {
    throw fail(
      error instanceof Deno.errors.NotCapable
        ? `Deno may not read the variable '${name}': run it with --allow-env=${name}`
        : `'secretEnv' must be the name of an environment variable, not '${name}'`,
    );
  }
  if (value) return value;
  throw fail(`the environment variable '${name}' is not set (secretEnv)`);
}

/** Returns the path of a file that the fleet file names, relative to the folder of that. */
function beside(path: string | URL, base: string | URL): string | URL {
  if (typeof base !== "string") return new URL(path, base);
  if (typeof path !== "string" || /^(?:[\\/]|[A-Za-z]:)/.test(path)) {
    return path;
  }
  return `${/^.*[\\/]/.exec(base)?.[0] ?? ""}${path}`;
}

function checkKeys(
  value: JsonObject,
  known: readonly string[],
  fail: Fail,
): void {
  if ("secret" in value) {
    throw fail(
      "a secret does not belong in this file: name a file that holds it with 'secretFile', or an environment variable with 'secretEnv'",
    );
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    throw fail(
      `unknown key ${JSON.stringify(key)}: use ${known.join(", ")}`,
    );
  }
}

function hostnameOf(value: unknown, fail: Fail): string | string[] {
  if (isFilledText(value)) return value;
  if (Array.isArray(value) && value.length > 0 && value.every(isFilledText)) {
    return value;
  }
  throw fail("'hostname' must be a host, or an array of hosts");
}

function portOf(value: unknown, usual: number, fail: Fail): number {
  if (value === undefined) return usual;
  const isPort = typeof value === "number" && Number.isInteger(value) &&
    value >= 1 && value <= 65_535;
  if (isPort) return value;
  throw fail("'port' must be a number from 1 to 65535");
}

function textIn(
  value: JsonObject,
  key: string,
  fail: Fail,
): string | undefined {
  const text = value[key];
  if (text === undefined || isFilledText(text)) return text;
  throw fail(`'${key}' must be a non-empty string`);
}

/** Reads one fleet file. */
class Reader {
  readonly warnings: string[] = [];
  readonly #path: string | URL;

  constructor(path: string | URL) {
    this.#path = path;
  }

  /** Returns the PBXs as they stand in the file. */
  async content(): Promise<JsonObject> {
    const path = this.#path;
    const text = await textOf(
      path,
      (why) => new FleetFileError(why.replace(/^t/, "T").replace(/^c/, "C")),
    );
    let content: unknown;
    try {
      content = JSON.parse(text);
    } catch (error) {
      // The message may quote the file, and somebody may have written a secret into it.
      const [, line, column] = /line (\d+) column (\d+)/.exec(String(error)) ??
        [];
      const place = line === undefined ? "" : ` (line ${line}:${column})`;
      throw new FleetFileError(`'${path}' is not valid JSON${place}`);
    }
    if (!isObject(content) || Object.keys(content).length === 0) {
      throw new FleetFileError(
        `'${path}' names no PBX: write {"berlin": {"hostname": "pbx.example.org", "secretFile": "berlin.secret"}}`,
      );
    }
    for (const name of Object.keys(content)) {
      try {
        checkName(name);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        throw new FleetFileError(`'${path}': ${error.message}`);
      }
    }
    return content;
  }

  async pbx(name: string, value: unknown): Promise<FleetFilePbx> {
    const fail = (why: string) =>
      new FleetFileError(`'${this.#path}': ${name}: ${why}`);
    if (!isObject(value)) {
      throw fail("its value must be an object with a 'hostname'");
    }
    checkKeys(value, KEYS, fail);
    const tls = await this.#tls(value["tls"], fail);
    return {
      hostname: hostnameOf(value["hostname"], fail),
      port: portOf(value["port"], tls === false ? 5038 : 5039, fail),
      tls,
      username: textIn(value, "username", fail) ?? "admin",
      secret: await this.#secret(name, value, fail),
    };
  }

  async #tls(
    value: unknown,
    fail: Fail,
  ): Promise<NonNullable<FleetPbxOptions["tls"]>> {
    if (value === undefined || typeof value === "boolean") {
      return value ?? false;
    }
    if (!isObject(value)) {
      throw fail("'tls' must be true, false, or an object with 'caFile'");
    }
    checkKeys(value, TLS_KEYS, fail);
    const caFile = textIn(value, "caFile", fail);
    const serverName = textIn(value, "serverName", fail);
    return {
      ...(caFile !== undefined &&
        { caCerts: [await textOf(beside(caFile, this.#path), fail)] }),
      ...(serverName !== undefined && { serverName }),
    };
  }

  async #secret(name: string, value: JsonObject, fail: Fail): Promise<string> {
    const file = textIn(value, "secretFile", fail);
    const variable = textIn(value, "secretEnv", fail);
    if ((file === undefined) === (variable === undefined)) {
      throw fail("give either 'secretFile' or 'secretEnv'");
    }
    if (variable !== undefined) return variableOf(variable, fail);
    const path = beside(file ?? "", this.#path);
    const [secret = ""] = (await textOf(path, fail)).split(/\r?\n/, 1);
    if (secret === "") {
      throw fail(`'${path}' is empty: write the secret on its first line`);
    }
    // Windows has no mode.
    const { mode } = await Deno.stat(path);
    if (((mode ?? 0) & READABLE_BY_ALL) !== 0) {
      this.warnings.push(
        `Every user of this machine may read the secret of ${name}: chmod o= '${path}'`,
      );
    }
    return secret;
  }
}

/**
 * Reads a fleet file: JSON with the names of PBXs, and for each of them
 *
 * - `hostname`: its host, or an array of hosts that are tried in their order;
 * - `port`: its manager port, 5038 unless given, or 5039 with TLS;
 * - `username`: the user that logs in, `admin` unless given;
 * - `secretFile` or `secretEnv`: the file with the secret on its first line, or
 *   the environment variable that holds it. The file itself holds no secret;
 * - `tls`: `true`, or an object with `caFile` (the certificate to trust, PEM)
 *   and `serverName` (the name in the certificate, if it is not the host).
 *
 * ```json
 * {
 *   "berlin": {
 *     "hostname": ["pbx1.example.org", "pbx2.example.org"],
 *     "username": "dami",
 *     "secretFile": "berlin.secret"
 *   },
 *   "wien": {
 *     "hostname": "pbx3.example.org",
 *     "secretEnv": "WIEN_SECRET",
 *     "tls": { "caFile": "wien.pem" }
 *   }
 * }
 * ```
 *
 * Paths are relative to the folder of the fleet file.
 *
 * @param path The path of the file.
 * @param options The PBXs to read.
 * @returns The options of each PBX, for `new Fleet()`.
 * @throws {FleetFileError} If the file, or one that it names, cannot be used.
 *
 * @example
 * ```ts
 * import { Fleet, readFleetFile } from "@dami/dami/fleet";
 *
 * const { pbxs, warnings } = await readFleetFile("fleet.json");
 * for (const warning of warnings) console.warn(warning);
 * await using fleet = new Fleet(pbxs, { timeout: 10_000 });
 * await fleet.start();
 * ```
 */
export async function readFleetFile(
  path: string | URL,
  options: FleetFileOptions = {},
): Promise<FleetFile> {
  const { filter = () => true } = options;
  const reader = new Reader(path);
  const content = await reader.content();
  const names = Object.keys(content);
  const pbxs: Record<string, FleetFilePbx> = {};
  for (const name of names) {
    if (filter(name)) pbxs[name] = await reader.pbx(name, content[name]);
  }
  return { names, pbxs, warnings: reader.warnings };
}
