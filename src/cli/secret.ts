import { CommandError, Interruption } from "./failures/command_error.ts";
import { mayRead } from "./values/environment.ts";
import { printable } from "./terminal/printable.ts";
import type { SecretSource } from "./target.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { errorText } from "../error_text.ts";

/** Options of {@linkcode readSecret}. */
export interface SecretOptions {
  /** The source of the secret. */
  source: SecretSource;
  /** The text before the place where it is typed. */
  prompt: string;
  /** The terminal, which is left as it was. */
  terminal: Terminal;
  /** Ends the wait for somebody to type it. */
  signal: AbortSignal;
  /** Prints a sentence for the user. */
  tell: (sentence: string) => void;
}

/**
 * Gets the secret from its source.
 *
 * @param options The source, and the terminal.
 * @returns The secret.
 * @throws {CommandError} If it is missing.
 * @throws {Interruption} If Ctrl-C is pressed instead.
 * @throws The signal's reason, if it is aborted meanwhile.
 */
export async function readSecret(options: SecretOptions): Promise<string> {
  const { source, prompt, terminal, signal, tell } = options;
  switch (source.from) {
    case "environment":
    case "fleet":
      return source.value;
    case "option":
    case "url":
      tell(
        `Others can see the secret in the process list, and the shell keeps it in its history: ` +
          `use DAMI_SECRET or --secret-file instead of ${
            source.from === "url" ? "the URL" : "--secret"
          }`,
      );
      return source.value;
    case "file":
      return await readSecretFile(source.file);
    case "prompt":
      if (!Deno.stdin.isTerminal()) throw new CommandError(nowhere());
      return await askSecret(prompt, terminal, signal);
  }
}

function nowhere(): string {
  return mayRead("DAMI_SECRET")
    ? "The secret is missing: set DAMI_SECRET, or name a file that holds it with --secret-file"
    : "The secret is missing: set DAMI_SECRET and allow reading it (deno run --allow-env=DAMI_SECRET), or name a file that holds it with --secret-file";
}

async function readSecretFile(file: string): Promise<string> {
  const text = file === "-"
    ? await new Response(Deno.stdin.readable).text()
    : await readTextFile(file, "--secret-file");
  const [secret = ""] = text.split(/\r?\n/, 1);
  if (secret === "") {
    const name = file === "-" ? "The standard input" : `The file '${file}'`;
    throw new CommandError(
      `${name} is empty: write the secret on its first line`,
    );
  }
  return secret;
}

/**
 * Reads a file that an option names.
 *
 * @param file The file.
 * @param option The option.
 * @returns The result.
 * @throws {CommandError} If it cannot be read.
 */
export async function readTextFile(
  file: string,
  option: string,
): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    throw new CommandError(`${whyNot(error, file)} (${option})`);
  }
}

function whyNot(error: unknown, file: string): string {
  if (error instanceof Deno.errors.NotFound) {
    return `There is no file '${file}': check its path`;
  }
  if (error instanceof Deno.errors.NotCapable) {
    return `Deno may not read '${file}': run it with --allow-read=${file}`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `You may not read '${file}': change its permissions, or choose another`;
  }
  const reason = errorText(error);
  return `Cannot read the file '${file}': ${reason}`;
}

const CTRL_C = "\x03";
const CTRL_D = "\x04";
const CTRL_U = "\x15";
const ESCAPE = "\x1b";

/** The line that is typed, as the keys change it. */
class TypedLine {
  #characters: string[] = [];
  #inSequence = false;

  /** The characters so far. */
  get text(): string {
    return this.#characters.join("");
  }

  /**
   * Takes a key.
   *
   * @returns `true` if the line is finished.
   * @throws {Interruption} If it is Ctrl-C, or Ctrl-D on an empty line.
   */
  type(character: string): boolean {
    if (this.#inSequence) {
      // Arrow keys and the like are no part of a secret; they end in a letter or `~`.
      this.#inSequence = !/[A-NP-Za-z~]/.test(character);
      return false;
    }
    switch (character) {
      case "\r":
      case "\n":
        return true;
      case CTRL_C:
        throw new Interruption("SIGINT");
      case CTRL_D:
        if (this.#characters.length === 0) throw new Interruption("SIGINT");
        return true;
      case CTRL_U:
        this.#characters = [];
        return false;
      case ESCAPE:
        this.#inSequence = true;
        return false;
      case "\b":
      case "\x7f":
        this.#characters.pop();
        return false;
      default:
        if (character >= " ") this.#characters.push(character);
        return false;
    }
  }
}

/** Asks for the secret in the terminal, which does not show what is typed. */
async function askSecret(
  prompt: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<string> {
  const encoder = new TextEncoder();
  // The standard output may go elsewhere.
  const show = (text: string) => Deno.stderr.writeSync(encoder.encode(text));
  using _hidden = terminal.hold(
    () => Deno.stdin.setRaw(true),
    () => Deno.stdin.setRaw(false),
  );
  show(printable(prompt));
  const line = new TypedLine();
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1_024);
  // A read of the terminal cannot be given up, only be waited for no longer.
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    while (true) {
      const count = await Promise.race([
        Deno.stdin.read(buffer),
        aborted.promise,
      ]);
      if (count === null) return line.text;
      const text = decoder.decode(buffer.subarray(0, count), { stream: true });
      for (const character of text) {
        if (line.type(character)) return line.text;
      }
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    show("\r\n");
  }
}
