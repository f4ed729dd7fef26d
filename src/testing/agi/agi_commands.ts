import { delay } from "@std/async/delay";
import { ChannelState } from "../calls/channel.ts";
import type { AgiChannel } from "./agi_channel.ts";

/** The call and the database that a command works on. */
export interface AgiCommandContext {
  readonly call: AgiChannel;
  readonly args: readonly string[];
  /** Family and key → value. */
  readonly database: Map<string, string>;
}

type Command = (context: AgiCommandContext) => string | Promise<string>;

const DONE = "200 result=0";
const GOOD = "200 result=1";

/** The commands that play something to the end, whatever it is. */
const PLAYED = `${DONE} endpos=0`;

/** Gives the answer that is always the same. */
function always(answer: string): Command {
  return () => answer;
}

/** The commands of res/res_agi.c: name → fewest arguments, whether a dead channel has it, and the answer. */
const COMMANDS: ReadonlyMap<string, readonly [number, boolean, Command]> =
  new Map<string, readonly [number, boolean, Command]>([
    ["ANSWER", [0, false, answer]],
    ["ASYNCAGI BREAK", [0, true, always(DONE)]],
    ["CHANNEL STATUS", [0, false, channelStatus]],
    ["CONTROL STREAM FILE", [2, false, always(PLAYED)]],
    ["DATABASE DEL", [2, true, databaseDel]],
    ["DATABASE DELTREE", [1, true, databaseDeltree]],
    ["DATABASE GET", [2, true, databaseGet]],
    ["DATABASE PUT", [3, true, databasePut]],
    ["EXEC", [1, true, exec]],
    ["GET DATA", [1, false, getData]],
    ["GET FULL VARIABLE", [1, true, getFullVariable]],
    ["GET OPTION", [2, false, always(PLAYED)]],
    ["GET VARIABLE", [1, true, getVariable]],
    ["GOSUB", [
      3,
      false,
      always("100 result=0 Trying...\n200 result=0 Gosub complete"),
    ]],
    ["HANGUP", [0, false, hangup]],
    ["NOOP", [0, true, always(DONE)]],
    ["RECEIVE CHAR", [1, false, always(DONE)]],
    ["RECEIVE TEXT", [1, false, always("200 result=-1")]],
    ["RECORD FILE", [4, false, always(`${DONE} (timeout) endpos=0`)]],
    ["SAY ALPHA", [2, false, always(DONE)]],
    ["SAY DATE", [2, false, always(DONE)]],
    ["SAY DATETIME", [2, false, always(DONE)]],
    ["SAY DIGITS", [2, false, always(DONE)]],
    ["SAY NUMBER", [2, false, always(DONE)]],
    ["SAY PHONETIC", [2, false, always(DONE)]],
    ["SAY TIME", [2, false, always(DONE)]],
    ["SEND IMAGE", [1, false, always(DONE)]],
    ["SEND TEXT", [1, false, always(DONE)]],
    ["SET AUTOHANGUP", [1, false, always(DONE)]],
    ["SET CALLERID", [1, false, setCallerid]],
    ["SET CONTEXT", [1, false, setContext]],
    ["SET EXTENSION", [1, false, setExtension]],
    ["SET MUSIC", [1, false, always(DONE)]],
    ["SET PRIORITY", [1, false, always(DONE)]],
    ["SET VARIABLE", [2, true, setVariable]],
    ["SPEECH ACTIVATE GRAMMAR", [1, false, always(DONE)]],
    ["SPEECH CREATE", [1, false, always(DONE)]],
    ["SPEECH DEACTIVATE GRAMMAR", [1, false, always(DONE)]],
    ["SPEECH DESTROY", [0, true, always(DONE)]],
    ["SPEECH LOAD GRAMMAR", [2, false, always(DONE)]],
    ["SPEECH RECOGNIZE", [2, false, always(DONE)]],
    ["SPEECH SET", [2, false, always(DONE)]],
    ["SPEECH UNLOAD GRAMMAR", [1, false, always(DONE)]],
    ["STREAM FILE", [2, false, always(PLAYED)]],
    ["TDD MODE", [1, false, always(DONE)]],
    ["VERBOSE", [1, true, always(GOOD)]],
    ["WAIT FOR DIGIT", [1, false, waitForDigit]],
  ]);

/** The most words that the name of a command has. */
const MAX_NAME_WORDS = 3;

/**
 * Finds the command that some words begin with.
 *
 * @returns Its name; the first word if it is not a known one.
 */
export function agiCommandName(words: readonly string[]): string {
  for (let count = MAX_NAME_WORDS; count > 0; count--) {
    const name = words.slice(0, count).join(" ").toUpperCase();
    if (COMMANDS.has(name)) return name;
  }
  return (words[0] ?? "").toUpperCase();
}

/** Answers a command as Asterisk does where nobody presses a digit. */
export async function runAgiCommand(
  name: string,
  context: AgiCommandContext,
): Promise<string> {
  const [minArgs, isForDead, run] = COMMANDS.get(name) ?? [];
  if (minArgs === undefined || run === undefined) {
    return "510 Invalid or unknown command";
  }
  if (context.call.signal.aborted && isForDead !== true) {
    return "511 Command Not Permitted on a dead channel or intercept routine";
  }
  if (context.args.length < minArgs) {
    return `520-Invalid command syntax.  Proper usage follows:\n${name} takes ${minArgs} arguments.\n520 End of proper usage.`;
  }
  return await run(context);
}

/** Waits, unless the caller hangs up before. */
async function pause(
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await delay(milliseconds, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

function answer({ call }: AgiCommandContext): string {
  call.answer();
  return DONE;
}

function channelStatus({ call, args: [name] }: AgiCommandContext): string {
  const { channel } = call;
  const isOther = name !== undefined && name !== channel.name;
  return `200 result=${isOther ? -1 : channel.state ?? ChannelState.down}`;
}

function keyOf([family = "", key = ""]: readonly string[]): string {
  return `/${family}/${key}`;
}

function databaseDel({ args, database }: AgiCommandContext): string {
  database.delete(keyOf(args));
  return GOOD;
}

function databaseDeltree({ args, database }: AgiCommandContext): string {
  const prefix = keyOf(args);
  for (const key of [...database.keys()]) {
    if (key.startsWith(prefix)) database.delete(key);
  }
  return GOOD;
}

function databaseGet({ args, database }: AgiCommandContext): string {
  const value = database.get(keyOf(args));
  return value === undefined ? DONE : `${GOOD} (${value})`;
}

function databasePut({ args, database }: AgiCommandContext): string {
  database.set(keyOf(args), args[2] ?? "");
  return GOOD;
}

async function exec({ call, args }: AgiCommandContext): Promise<string> {
  const [application = "", data = ""] = args;
  await call.execute(application, data);
  return call.signal.aborted ? "200 result=-1" : DONE;
}

async function getData({ call, args }: AgiCommandContext): Promise<string> {
  const timeout = Number(args[1] ?? 0);
  const isThere = await pause(timeout, call.signal);
  return isThere ? "200 result= (timeout)" : "200 result=-1";
}

async function waitForDigit(
  { call, args: [timeout = "0"] }: AgiCommandContext,
): Promise<string> {
  const time = Number(timeout) < 0 ? 2 ** 31 - 1 : Number(timeout);
  return await pause(time, call.signal) ? DONE : "200 result=-1";
}

function getVariable({ call, args: [name = ""] }: AgiCommandContext): string {
  const value = variable(call, name);
  return value === undefined ? DONE : `${GOOD} (${value})`;
}

function getFullVariable(
  { call, args: [expression = "", channel] }: AgiCommandContext,
): string {
  if (channel !== undefined && channel !== call.channel.name) return DONE;
  const value = expression.replaceAll(
    /\$\{([^{}]*)\}/g,
    (_, name: string) => variable(call, name) ?? "",
  );
  return `${GOOD} (${value})`;
}

function variable({ channel }: AgiChannel, name: string): string | undefined {
  switch (name) {
    case "CHANNEL":
      return channel.name;
    case "UNIQUEID":
      return channel.uniqueid;
    case "EXTEN":
      return channel.exten;
    case "CONTEXT":
      return channel.context;
    case "PRIORITY":
      return `${channel.priority}`;
    case "CALLERID(num)":
      return channel.callerIdNum;
    case "CALLERID(name)":
      return channel.callerIdName;
    default:
      return channel.variables.get(name);
  }
}

function hangup({ call, args: [name] }: AgiCommandContext): string {
  if (name !== undefined && name !== call.channel.name) return "200 result=-1";
  call.hangUp();
  return GOOD;
}

function setCallerid({ call, args: [caller = ""] }: AgiCommandContext): string {
  const match = /^"?(.*?)"?\s*<([^>]*)>$/.exec(caller);
  call.channel.callerIdNum = match?.[2] ?? caller;
  if (match !== null) call.channel.callerIdName = match[1] ?? "";
  return GOOD;
}

function setContext({ call, args: [context = ""] }: AgiCommandContext): string {
  call.channel.context = context;
  return DONE;
}

function setExtension({ call, args: [exten = ""] }: AgiCommandContext): string {
  call.channel.exten = exten;
  return DONE;
}

function setVariable(
  { call, args: [name = "", value = ""] }: AgiCommandContext,
): string {
  call.setVariable(name, value);
  return GOOD;
}
