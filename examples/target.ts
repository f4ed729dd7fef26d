/**
 * The flags that say which PBX a program is for, read in one way by the demo
 * and the wallboard.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it says what is wrong with the flags

/** The flags, for `parseArgs()`. */
export const TARGET_OPTIONS = {
  hostname: { type: "string" },
  port: { type: "string" },
  username: { type: "string" },
  secret: { type: "string" },
  help: { type: "boolean" },
} as const;

/** The flags in a usage text. */
export const TARGET_USAGE =
  `  --hostname HOST      the PBX to connect to      (127.0.0.1)
  --port PORT          its manager port           (5038)
  --username NAME      the user                   (admin)
  --secret SECRET      the password               ($DAMI_SECRET or mysecret)`;

/** The values of {@linkcode TARGET_OPTIONS}. */
export interface TargetValues {
  hostname?: string | undefined;
  port?: string | undefined;
  username?: string | undefined;
  secret?: string | undefined;
}

/** A PBX, and the user that logs in. */
export interface Target {
  hostname: string;
  port: number;
  username: string;
  secret: string;
  /** `true` if no PBX was named, so that the program starts its own. */
  isEmbedded: boolean;
}

/**
 * Ends the program with one sentence.
 *
 * @param sentence The sentence, with or without its period.
 */
export function fail(sentence: string): never {
  console.error(`${sentence.replace(/[.\s]*$/, "")}.`);
  Deno.exit(1);
}

/**
 * Reads the arguments, or ends the program: with its usage if that is asked
 * for, with one sentence if they are wrong.
 *
 * @param usage The usage text.
 * @param parse Reads them.
 * @returns Their values.
 */
export function readArguments<Values extends { help?: boolean | undefined }>(
  usage: string,
  parse: () => Values,
): Values {
  let values: Values;
  try {
    values = parse();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const [sentence = text] = text.split(". ");
    return fail(`${sentence.replace(/\.$/, "")}: see --help`);
  }
  if (!values.help) return values;
  console.log(usage);
  Deno.exit(0);
}

/**
 * Reads a whole number, or ends the program.
 *
 * @param name The name of the flag.
 * @param text Its value.
 * @param range The least and the greatest number.
 * @returns The number.
 */
export function readNumber(
  name: string,
  text: string,
  [min, max]: readonly [min: number, max: number],
): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < min || number > max) {
    fail(
      `The option '--${name}' must be a number from ${min} to ${max}: '${text}'`,
    );
  }
  return number;
}

/**
 * Reads the address of the PBX and its user, or ends the program.
 *
 * @param values The values of the flags.
 * @returns The PBX, and the user.
 */
export function readTarget(values: TargetValues): Target {
  const { hostname, port, username, secret } = values;
  return {
    hostname: hostname ?? "127.0.0.1",
    port: readNumber("port", port ?? "5038", [1, 65_535]),
    username: username ?? "admin",
    secret: secret ?? environment("DAMI_SECRET") ?? "mysecret",
    isEmbedded: hostname === undefined && port === undefined,
  };
}

/**
 * Returns a variable of the environment.
 *
 * @param variable Its name.
 * @returns Its value; `undefined` if it is not set, or may not be read.
 */
export function environment(variable: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  return state === "granted" ? Deno.env.get(variable) : undefined;
}
