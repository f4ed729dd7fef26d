/**
 * Runs programs that end: one that hangs is killed by its process id, and the
 * error names it.
 *
 * @module
 */

/** The longest time that a program may take (milliseconds). */
export const DEADLINE = 60_000;

/** The variables that Deno needs to find its cache, its registries and a proxy. */
const NEEDED =
  /^(PATH|HOME|DENO_.*|JSR_URL|NPM_CONFIG_REGISTRY|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(https?|all|no)_proxy|TMPDIR|TEMP|TMP|LOCALAPPDATA|USERPROFILE|PATHEXT|SystemRoot)$/i;

/**
 * Returns the variables of this process without which Deno may not load what a
 * child runs, and no others.
 */
export function denoEnvironment(
  all: Readonly<Record<string, string>> = Deno.env.toObject(),
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => NEEDED.test(name)),
  );
}

/** A program that runs. */
export interface Child {
  /** Its name, for the error. */
  readonly name: string;
  /** The process. */
  readonly process: Deno.ChildProcess;
  /** Returns what it has written, for the error. */
  readonly written: () => string;
}

/** Waits until a program has ended, and kills it if it hangs. */
export async function endOf(
  { name, process, written }: Child,
  milliseconds = DEADLINE,
): Promise<Deno.CommandStatus> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    kill(process);
  }, milliseconds);
  try {
    const status = await process.status;
    if (!isLate) return status;
    throw new Error(
      `${name} (process ${process.pid}) did not end within ${milliseconds} ms: ${written()}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Kills a program that may have ended by itself. */
export function kill(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch {
    // It has.
  }
}

/** Runs a program to its end. */
export async function runChild(
  program: string,
  args: readonly string[],
  options: Pick<Deno.CommandOptions, "cwd" | "env"> = {},
  milliseconds = DEADLINE,
): Promise<{ code: number; output: string; errors: string }> {
  const process = new Deno.Command(program, {
    ...options,
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const texts = Promise.all([
    new Response(process.stdout).text(),
    new Response(process.stderr).text(),
  ]);
  const name = [program, ...args].join(" ");
  const child = { name, process, written: () => "" };
  const { code } = await endOf(child, milliseconds);
  const [output, errors] = await texts;
  return { code, output, errors };
}
