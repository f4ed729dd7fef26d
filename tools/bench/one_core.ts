/** A program and its arguments. */
export type Command = readonly [program: string, args: string[]];

/** The first core that this process may use, on Linux. */
async function firstCore(): Promise<string | undefined> {
  try {
    const status = await Deno.readTextFile("/proc/self/status");
    return /^Cpus_allowed_list:\s*(\d+)/m.exec(status)?.[1];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function succeeds([program, args]: Command): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, {
      args,
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Finds how to run commands on one core. Of two processes that wait for each
 * other in turns, each wakes the other: if that one's core sleeps, this takes
 * longer than all that they do, and which of both happens is chance.
 *
 * @returns Makes a command run there, or leaves it as it is where there is no `taskset`.
 */
export async function findOneCore(): Promise<(command: Command) => Command> {
  const core = await firstCore();
  function onOneCore([program, args]: Command): Command {
    return ["taskset", ["--cpu-list", String(core), program, ...args]];
  }
  const works = core !== undefined && await succeeds(onOneCore(["true", []]));
  return works ? onOneCore : (command) => command;
}
