import type { FleetPbxOptions } from "@dami/dami/fleet";

/** A PBX in the file. */
interface Entry {
  readonly hostname?: string | string[];
  readonly port?: number;
  readonly username?: string;
  readonly secretFile?: string;
  readonly secretEnv?: string;
  readonly tls?: boolean;
}

/** What a key of an entry must hold, in words. */
const KINDS: Readonly<Record<keyof Entry, string>> = {
  hostname: "a string or a list of strings",
  port: "a number",
  username: "a string",
  secretFile: "a string",
  secretEnv: "a string",
  tls: "true or false",
};

/** The sources of the secrets that the file names. */
export interface SecretSources {
  /** Returns the text of a file. */
  readFile: (path: string) => Promise<string>;
  /** Returns a variable of the environment. */
  readVariable: (name: string) => string | undefined;
}

/**
 * Reads the PBXs of a fleet from JSON: the name of each one, and how to connect
 * to it. The file never holds a secret, but says where it is.
 *
 * @param json The text of the file.
 * @param sources The sources of the secrets.
 * @returns The options of each PBX, by its name.
 * @throws {TypeError} If the file is not what it should be.
 */
export async function readFleet(
  json: string,
  sources: SecretSources,
): Promise<Record<string, FleetPbxOptions>> {
  const pbxs: Record<string, FleetPbxOptions> = {};
  for (const [name, value] of Object.entries(parseObject(json))) {
    pbxs[name] = await readPbx(checkEntry(name, value), name, sources);
  }
  if (Object.keys(pbxs).length === 0) {
    throw new TypeError("The fleet file names no PBX");
  }
  return pbxs;
}

async function readPbx(
  entry: Entry,
  name: string,
  sources: SecretSources,
): Promise<FleetPbxOptions> {
  const { secretFile, secretEnv, hostname = "127.0.0.1", ...others } = entry;
  if ((secretFile === undefined) === (secretEnv === undefined)) {
    throw new TypeError(
      `The fleet file must give 'secretFile' or 'secretEnv' of PBX '${name}'`,
    );
  }
  const secret = secretFile !== undefined
    ? (await sources.readFile(secretFile)).replace(/\r?\n$/, "")
    : sources.readVariable(secretEnv ?? "");
  if (secret === undefined) {
    throw new TypeError(
      `The environment has no variable '${secretEnv}', which holds the secret of PBX '${name}'`,
    );
  }
  return { username: "admin", ...others, hostname, secret };
}

function parseObject(json: string): object {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new TypeError(`The fleet file is not JSON: ${error}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(
      'The fleet file must be an object: {"berlin": {"hostname": "…"}}',
    );
  }
  return value;
}

function checkEntry(name: string, value: unknown): Entry {
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`The fleet file must give an object for PBX '${name}'`);
  }
  for (const [key, each] of Object.entries(value)) {
    const kind = new Map(Object.entries(KINDS)).get(key);
    if (kind === undefined) {
      const hint = /^secret$/i.test(key)
        ? ": the secret must not be in the file, give 'secretFile' or 'secretEnv'"
        : "";
      throw new TypeError(
        `The fleet file gives '${key}' of PBX '${name}', which is not known${hint}`,
      );
    }
    if (!isOfKind(each, kind)) {
      throw new TypeError(
        `The fleet file must give ${kind} as '${key}' of PBX '${name}'`,
      );
    }
  }
  return value;
}

function isOfKind(value: unknown, kind: string): boolean {
  switch (kind) {
    case "a number":
      return typeof value === "number";
    case "true or false":
      return typeof value === "boolean";
    case "a string":
      return typeof value === "string";
    default:
      return typeof value === "string" ||
        (Array.isArray(value) &&
          value.every((each) => typeof each === "string"));
  }
}
