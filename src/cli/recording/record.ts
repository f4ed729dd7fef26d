import { AmiResponseError, type DAMI } from "../../../mod.ts";
import type { Command, CommandContext } from "../command.ts";
import {
  CommandError,
  Interruption,
  SUCCESS,
  UsageError,
} from "../failures/command_error.ts";
import { readCount } from "../values/count.ts";
import { type Order, readOrder } from "../order.ts";
import { clock, readDuration } from "../values/duration.ts";
import { SessionMask } from "./masking/session_mask.ts";
import { Progress, type ProgressState } from "../terminal/progress.ts";
import { Recorder } from "./recorder.ts";
import { openRecording, type RecordingTarget } from "./recording_file.ts";
import { splitWords } from "./split_words.ts";

/** The request of the command line. */
interface Request {
  /** The file to write. */
  path: string;
  /** The number of events to wait for. */
  count: number;
  /** For how long (milliseconds). */
  time: number | undefined;
  /** The actions to send. */
  orders: Order[];
}

function readRequest({ args }: CommandContext): Request {
  const [path, ...more] = args.words;
  if (path === undefined) {
    throw new UsageError("No file was given: name the file to write");
  }
  if (more.length > 0) {
    throw new UsageError(
      `Unexpected argument '${more[0]}': name one file`,
    );
  }
  const count = args.text("count");
  const time = args.text("for");
  return {
    path,
    count: count === undefined ? Infinity : readCount(count, "--count"),
    time: time === undefined ? undefined : readDuration(time, "--for"),
    orders: args.texts("do").map((text) => readOrder(splitWords(text))),
  };
}

/** Records a session until there is enough of it, or it ends. */
class Record {
  readonly #context: CommandContext;
  readonly #request: Request;
  readonly #target: RecordingTarget;
  readonly #recorder: Recorder;
  readonly #enough = Promise.withResolvers<void>();
  #events = 0;
  #bytes = 0;
  /** The time of the login (milliseconds, as of `performance.now()`). */
  #began: number | undefined;
  #wasLost = false;

  constructor(
    context: CommandContext,
    request: Request,
    target: RecordingTarget,
  ) {
    const { args } = context;
    const masked = {
      numbers: !args.has("keep-numbers"),
      names: !args.has("keep-names"),
      addresses: !args.has("keep-addresses"),
    };
    this.#context = context;
    this.#request = request;
    this.#target = target;
    this.#recorder = new Recorder({
      mask: new SessionMask({ ...masked, kept: args.texts("keep") }),
      masked,
      write: (text) => target.write(text),
    });
    // Nobody may be waiting for it yet.
    this.#enough.promise.catch(() => {});
  }

  async run(): Promise<number> {
    const { signal } = this.#context;
    const onAbort = () => this.#enough.reject(signal.reason);
    signal.addEventListener("abort", onAbort);
    try {
      await this.#record();
    } catch (error) {
      const isInterrupted = error instanceof Interruption;
      this.#finish(this.#began !== undefined || isInterrupted);
      // This is how a recording ends that nothing else ends.
      if (isInterrupted) this.#context.tell(this.#summary());
      throw error;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
    this.#finish(true);
    return this.#sum();
  }

  async #record(): Promise<void> {
    const { args, terminal, signal } = this.#context;
    await using dami = await this.#context.connect({
      events: args.text("events") ?? true,
      onBytes: (bytes, direction) => this.#add(bytes, direction),
    }, (dami) => this.#prepare(dami));
    this.#began = performance.now();
    const { time } = this.#request;
    const timer = time === undefined
      ? undefined
      : setTimeout(() => this.#enough.resolve(), time);
    using progress = new Progress({
      state: () => this.#state(),
      terminal,
      ...(args.has("verbose") ? { isShown: false } : {}),
    });
    try {
      signal.throwIfAborted();
      await dami.listen();
      await Promise.race([this.#enough.promise, this.#ask(dami, progress)]);
      await this.#enough.promise;
    } finally {
      clearTimeout(timer);
      if (!this.#wasLost) await dami.disconnect();
    }
  }

  #prepare(dami: DAMI): void {
    dami.on("*", () => {
      this.#events++;
      if (this.#events >= this.#request.count) this.#enough.resolve();
    });
    dami.addEventListener("disconnect", ({ detail: { reason } }) => {
      if (reason !== "lost") return;
      this.#wasLost = true;
      this.#enough.resolve();
    });
  }

  /** Sends the actions. Whatever the PBX answers is recorded. */
  async #ask(dami: DAMI, progress: Progress): Promise<void> {
    const { signal } = this.#context;
    for (const { action, data } of this.#request.orders) {
      try {
        await dami.to<string>(action, data, { signal });
      } catch (error) {
        if (this.#wasLost) return;
        if (!(error instanceof AmiResponseError)) throw error;
        progress.aside(() => this.#context.tell(error.message));
      }
    }
  }

  #add(bytes: Uint8Array, direction: "received" | "sent"): void {
    this.#bytes += bytes.length;
    try {
      this.#recorder.add(bytes, direction);
    } catch (error) {
      this.#enough.reject(error);
    }
  }

  /** Ends the recording; one that holds nothing is of no use. */
  #finish(endedByUs: boolean): void {
    if (this.#bytes === 0) return this.#target.discard();
    this.#recorder.end(endedByUs && !this.#wasLost ? "client" : "pbx");
  }

  #sum(): number {
    const { count, time } = this.#request;
    const summary = this.#summary();
    const isShort = this.#wasLost && (
      time !== undefined || (count !== Infinity && this.#events < count)
    );
    if (isShort) {
      throw new CommandError(
        `The PBX ended the session too early. ${summary}`,
      );
    }
    this.#context.tell(
      this.#wasLost ? `The PBX ended the session. ${summary}` : summary,
    );
    return SUCCESS;
  }

  /** Returns a summary, and what to consider before the recording is shared. */
  #summary(): string {
    const { path } = this.#request;
    const kept = ["numbers", "names", "addresses"].filter((each) =>
      this.#context.args.has(`keep-${each}`)
    );
    const warning = kept.length === 0
      ? "read it before you share it"
      : `its ${kept.join(" and ")} are not masked`;
    const events = `${this.#events} ${this.#events === 1 ? "event" : "events"}`;
    const time = clock(this.#state().elapsed / 1_000);
    const where = path === "-" ? "" : ` to ${path}`;
    return `Recorded ${events} in ${time}${where}: ${warning}`;
  }

  #state(): ProgressState {
    const { count, time } = this.#request;
    const elapsed = this.#began === undefined
      ? 0
      : performance.now() - this.#began;
    const done = Math.max(
      count === Infinity ? 0 : this.#events / count,
      time === undefined ? 0 : elapsed / time,
    );
    const isKnown = count !== Infinity || time !== undefined;
    return {
      events: this.#events,
      elapsed,
      duration: time,
      done: isKnown ? done : undefined,
    };
  }
}

async function run(context: CommandContext): Promise<number> {
  const request = readRequest(context);
  using target = openRecording(
    request.path,
    context.args.has("force"),
    context.output,
  );
  return await new Record(context, request, target).run();
}

/** `dami record`: writes a session to a file. */
export const record: Command = {
  usage: "FILE",
  description:
    "Records a session with the PBX byte for byte, with its times, for a bug report\n" +
    "or a test: dami replay plays it. Secrets are always masked. Phone numbers and\n" +
    "extensions, all words that are not Asterisk's own, and public addresses are\n" +
    "masked as well, each always in the same way, so that calls can still be\n" +
    "followed. Records until Ctrl-C, or until --for or --count ends it.",
  options: {
    for: { value: "TIME", summary: "End after this time, such as 30s or 1h" },
    count: { value: "N", summary: "End after this many events" },
    events: {
      value: "CLASSES",
      summary: "Record only events of these classes: call,agent",
      completes: ["agent", "call", "dialplan", "security", "system", "user"],
    },
    do: {
      value: "ACTION",
      summary: 'Also send this action: "QueueStatus Queue=support"',
    },
    keep: { value: "WORD", summary: "Do not mask this word or number" },
    "keep-numbers": { summary: "Do not mask phone numbers" },
    "keep-names": { summary: "Do not mask names" },
    "keep-addresses": { summary: "Do not mask IP addresses" },
    force: { summary: "Overwrite the file" },
  },
  examples: [
    { line: "dami record queue.dami", summary: "Record until Ctrl-C" },
    {
      line: 'dami record queue.dami --for 1m --do "QueueStatus Queue=support"',
      summary: "Record a minute, starting with the queue",
    },
  ],
  completes: "file",
  run,
};
