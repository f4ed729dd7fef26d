import {
  type AmiClient,
  AmiConnectionError,
  AmiError,
  AmiResponseError,
  type DAMIData,
} from "../../../mod.ts";
import { allAnswerLines, itemsOf, jsonLines } from "./answer.ts";
import type { Command, CommandContext } from "../command.ts";
import { eachPbx, reportFailures } from "../each_pbx.ts";
import { CommandError, FAILED, UsageError } from "../failures/command_error.ts";
import { readDuration } from "../values/duration.ts";
import { hint } from "../failures/nearest.ts";
import { CALLER_OPTION } from "../nats_options.ts";
import { type Order, readOrder } from "../order.ts";
import { isUnknownAction, messageOf, refusalOf } from "../failures/refusal.ts";

/** The names of the actions of the PBX, or, if it does not list them, of Asterisk. */
async function actionNames(
  client: AmiClient,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    const [response] = await client.to("ListCommands", {}, { signal });
    return Object.keys(response).filter((name) =>
      name !== "Response" && name !== "ActionID"
    );
  } catch (error) {
    if (!(error instanceof AmiError)) throw error;
    return (await import("../names.ts")).ACTION_NAMES;
  }
}

async function refusal(
  error: AmiResponseError,
  client: AmiClient,
  { signal, target }: CommandContext,
): Promise<CommandError> {
  const { action } = error;
  if (isUnknownAction(error)) {
    const names = await actionNames(client, signal);
    const what = hint(action, names, "see dami do ListCommands");
    return new CommandError(`The PBX has no action '${action}': ${what}`);
  }
  if (error.response["Output"] !== undefined) {
    return new CommandError(
      "The console of the PBX refused the command: see its output above",
    );
  }
  return refusalOf(error, target);
}

/** The answer of one PBX, as it is shown. */
interface Reply {
  readonly frames: readonly DAMIData[];
  /** A remark to print with it. */
  readonly note?: string;
  /** The reason why the PBX refused the action. */
  readonly refusal?: CommandError;
}

/** The action that the command line asks for. */
interface Request extends Order {
  /** The time to wait for the answer (milliseconds). */
  readonly timeout: number | undefined;
}

async function ask(
  context: CommandContext,
  { action, data, timeout }: Request,
): Promise<Reply> {
  const { args, signal } = context;
  const isJson = args.has("json");
  await using client = await context.open({ events: false });
  try {
    const frames = await client.to<string>(action, data, {
      signal,
      ...(timeout === undefined ? {} : { timeout }),
    });
    const isEmpty = frames.length > 1 && itemsOf(frames).length === 0;
    return { frames, ...(isEmpty && !isJson && { note: "The list is empty" }) };
  } catch (error) {
    if (error instanceof AmiConnectionError) {
      throw withoutAnswer(error, action);
    }
    if (!(error instanceof AmiResponseError)) {
      // The PBX is still busy with it, and would not answer a Logoff.
      client.close();
      throw error;
    }
    if (error.emptyList) {
      return {
        frames: isJson ? error.frames : [],
        note: `The list is empty: ${messageOf(error)}`,
      };
    }
    // A list that failed halfway, or output of the console.
    const isShown = isJson || error.frames.length > 1 ||
      error.response["Output"] !== undefined;
    return {
      frames: isShown ? error.frames : [],
      refusal: await refusal(error, client, context),
    };
  }
}

function readRequest({ args }: CommandContext): Request {
  const order = readOrder(args.words);
  const [source] = ["fleet", "nats"].filter((name) => args.has(name));
  if (source !== undefined && !args.has("pbx")) {
    throw new UsageError(
      `--${source} needs --pbx here: name the PBX to send the action to, or write --pbx all`,
    );
  }
  const time = args.text("timeout");
  return {
    ...order,
    timeout: time === undefined ? undefined : readDuration(time, "--timeout"),
  };
}

async function run(context: CommandContext): Promise<number> {
  const { args, output, terminal } = context;
  const request = readRequest(context);
  const outcomes = await eachPbx(context, (pbx) => ask(pbx, request));
  const answers = outcomes.flatMap(({ context: { pbx }, result }) =>
    result === undefined || result.frames.length === 0
      ? []
      : [{ pbx, frames: result.frames }]
  );
  const lines = args.has("json")
    ? answers.flatMap(({ pbx, frames }) => jsonLines(frames, pbx))
    : allAnswerLines(answers, terminal);
  for (const line of lines) output.line(line);
  await output.flush();
  for (const { context: pbx, result } of outcomes) {
    if (result?.note !== undefined) pbx.tell(result.note);
  }
  let status = await reportFailures(outcomes);
  for (const { context: pbx, result } of outcomes) {
    if (result?.refusal === undefined) continue;
    if (pbx.pbx === undefined) throw result.refusal;
    pbx.tell(result.refusal.message);
    status = FAILED;
  }
  return status;
}

/** Makes the error for an action that has no answer. */
function withoutAnswer(
  error: AmiConnectionError,
  action: string,
): CommandError {
  if (error.outcome === "not-sent") return new CommandError(error.message);
  return new CommandError(
    `The connection was lost before '${action}' was answered, so check whether it took effect: ${error.message}`,
  );
}

/** `dami do`: sends an action and shows the answer. */
export const doAction: Command = {
  usage: "ACTION [HEADER=VALUE…]",
  description:
    `Sends an action and shows the whole answer: a list as a table, a response as
its headers, and the output of a console command as it is. A header may be given
several times. After the action Command, all words are the console command,
unless one begins with Command=. The exit status is 0 only if the PBX reports
success; an empty list is not a failure.`,
  options: {
    json: { short: "j", summary: "Print one JSON object per frame" },
    timeout: {
      value: "TIME",
      summary: "How long to wait for the answer, such as 5s (60s)",
    },
    ...CALLER_OPTION,
  },
  examples: [
    { line: "dami do CoreStatus", summary: "The state of the PBX" },
    {
      line: "dami do QueueAdd Queue=support Interface=PJSIP/6001",
      summary: "Add a member to a queue",
    },
    {
      line: "dami do Originate Channel=PJSIP/6001 Context=default Exten=1000 " +
        "Priority=1 Async=true Variable=A=1 Variable=B=2",
      summary: "Make a call",
    },
    {
      line: "dami do Command core show uptime",
      summary: "Run a console command",
    },
    {
      line:
        "dami do QueueStatus --json | jq 'select(.Event == \"QueueMember\")'",
      summary: "Filter a list with jq",
    },
    {
      line: "dami do --fleet fleet.json --pbx all CoreStatus",
      summary: "Send it to all PBXs, and show the answers in one table",
    },
    {
      line:
        "dami do --nats nats.example:4222 --pbx wien QueuePause Interface=PJSIP/6001 Paused=true",
      summary: "Have the bridge of a PBX do it",
    },
  ],
  completes: "action",
  fleet: true,
  bus: true,
  run,
};
