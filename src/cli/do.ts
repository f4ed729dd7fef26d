import type { Command, CommandContext } from "./command.ts";
import { SUCCESS, UsageError } from "./command_error.ts";
import { pairs } from "./table.ts";

async function run(context: CommandContext): Promise<number> {
  const { args, output, terminal, signal } = context;
  const [action] = args.words;
  if (action === undefined) {
    throw new UsageError("There is no action: name one");
  }
  await using dami = await context.connect({ events: false });
  const [response] = await dami.to<string>(action, {}, { signal });
  const lines = pairs(
    Object.entries(response).map(([name, value]) => [name, String(value)]),
    terminal,
  );
  for (const line of lines) output.line(line);
  return SUCCESS;
}

/** `dami do`: sends an action and shows the answer. */
export const doAction: Command = {
  usage: "ACTION [HEADER=VALUE…]",
  description: "Sends an action and shows the answer.",
  options: {},
  examples: [{ line: "dami do CoreStatus", summary: "How the PBX is" }],
  run,
};
