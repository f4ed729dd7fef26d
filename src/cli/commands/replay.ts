import { AmiServer, RecordingError } from "../../testing/ami_server.ts";
import type { Command, CommandContext } from "../command.ts";
import {
  CommandError,
  SUCCESS,
  UsageError,
} from "../failures/command_error.ts";
import { clock } from "../values/duration.ts";
import { Progress } from "../terminal/progress.ts";

/** The interval of checking whether the clients have left (milliseconds). */
const INTERVAL = 100;

/** The request of the command line. */
interface Request {
  /** The file to play. */
  path: string;
  /** The address to listen on. */
  hostname: string;
  /** The port. */
  port: number;
  /** The speed, as a factor. */
  speed: number;
  /** `true` if it starts again at the end. */
  loop: boolean;
}

function readRequest({ args }: CommandContext): Request {
  const [path, ...more] = args.words;
  if (path === undefined) {
    throw new UsageError("No file was given: name a recording");
  }
  if (more.length > 0) {
    throw new UsageError(
      `Unexpected argument '${more[0]}': name one file`,
    );
  }
  return {
    path,
    hostname: args.text("hostname") ?? "127.0.0.1",
    port: readPort(args.text("port") ?? "5038"),
    speed: readSpeed(args.text("speed") ?? "1"),
    loop: args.has("loop"),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(
    `--port must be a number up to 65535 (0 takes a free one), not '${text}'`,
  );
}

function readSpeed(text: string): number {
  if (text === "max") return Infinity;
  const speed = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && speed > 0) return speed;
  throw new UsageError(
    `--speed must be a number such as 10 or 0.5, or max, not '${text}'`,
  );
}

async function start(
  { path, hostname, port, speed, loop }: Request,
  args: CommandContext["args"],
): Promise<AmiServer> {
  try {
    return await AmiServer.replay(path, {
      hostname,
      port,
      speed,
      loop,
      atEnd: args.has("as-recorded") ? "as-recorded" : "stay",
    });
  } catch (error) {
    throw explained(error, path, `${hostname}:${port}`);
  }
}

/** Returns the error for a replay that cannot begin, with what to do. */
function explained(error: unknown, path: string, place: string): unknown {
  if (error instanceof RecordingError) {
    return new CommandError(
      `The file '${path}' is not a recording that can be played: ${error.message}`,
    );
  }
  if (error instanceof Deno.errors.NotFound) {
    return new CommandError(`There is no file '${path}': name a recording`);
  }
  if (error instanceof Deno.errors.IsADirectory) {
    return new CommandError(`'${path}' is a folder: name a recording`);
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new CommandError(
      `Cannot read the file '${path}', or cannot listen at ${place}: ${error.message}`,
    );
  }
  if (error instanceof Deno.errors.AddrInUse) {
    return new CommandError(
      `${place} is already in use: choose another port with --port`,
    );
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return new CommandError(
      `This machine has no address for ${place}: choose another with --hostname`,
    );
  }
  return error;
}

/** Waits until the recording was played and the clients have left. */
async function served(server: AmiServer, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  const left = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  try {
    signal.throwIfAborted();
    await Promise.race([server.finished, aborted.promise]);
    timer = setInterval(() => {
      if (server.clients.length === 0) left.resolve();
    }, INTERVAL);
    await Promise.race([left.promise, aborted.promise]);
  } finally {
    clearInterval(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

async function run(context: CommandContext): Promise<number> {
  const { args, output, terminal, signal } = context;
  const request = readRequest(context);
  await using server = await start(request, args);
  const { totalEvents = 0, duration = 0 } = server.progress ?? {};
  const events = `${totalEvents} ${totalEvents === 1 ? "event" : "events"}`;
  output.line(
    `Playing ${request.path} at ${server.hostname}:${server.port}: ${events} in ${
      clock(duration / 1_000)
    }, to everyone who logs in`,
  );
  await output.flush();
  using _progress = new Progress({
    state: () => {
      const { events = 0, at = 0 } = server.progress ?? {};
      const isAtEnd = at >= duration && events >= totalEvents;
      return {
        events,
        elapsed: at,
        duration,
        done: isAtEnd ? 1 : duration === 0 ? 0 : at / duration,
      };
    },
    terminal,
    ...(args.has("verbose") ? { isShown: false } : {}),
  });
  await served(server, signal);
  return SUCCESS;
}

/** `dami replay`: plays a recorded session as a PBX. */
export const replay: Command = {
  usage: "FILE",
  description:
    "Plays a session recorded by dami record, as a PBX: every client that logs\n" +
    "in, with any name and secret, gets the events at their times, and the recorded\n" +
    "answer to each action. Ends when the session is over and all clients have left,\n" +
    "or on Ctrl-C.",
  options: {
    hostname: {
      value: "HOST",
      summary: "Address to listen on (127.0.0.1)",
    },
    port: { value: "PORT", summary: "Port (5038); 0 takes a free one" },
    speed: {
      value: "N",
      summary: "Play N times as fast (1); max plays everything at once",
    },
    loop: { summary: "Start again at the end" },
    "as-recorded": {
      summary: "Close the connection at the end if the PBX did",
    },
  },
  examples: [
    { line: "dami replay queue.dami", summary: "Play it on the usual port" },
    {
      line: "dami replay queue.dami --port 5039 --speed 10 --loop",
      summary: "Ten times as fast, in a loop",
    },
  ],
  completes: "file",
  connects: false,
  run,
};
