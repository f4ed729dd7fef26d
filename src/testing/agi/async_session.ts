import { timestamp } from "../calls/call_events.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { AgiChannel } from "./agi_channel.ts";

/** The bytes that are read of the answers at once (`AGI_BUF_LEN`). */
const READ_BYTES = 1_024;

/** The most characters of an encoded value (`AMI_BUF_LEN` without its end). */
const MAX_ENCODED = 2_047;

const ENCODER = new TextEncoder();

/** A command that the action `AGI` has queued. */
export interface QueuedCommand {
  line: string;
  commandId: string;
}

/** The needs of {@linkcode AsyncSession}. */
export interface AsyncSessionOptions {
  call: AgiChannel;
  timestamps: boolean;
  emit: (event: AmiFrame) => void;
  /** Runs a command; gives its answer, and whether the session ends with it. */
  run: (line: string) => Promise<{ answer: string; isEnd: boolean }>;
}

/** A channel that stays in `AGI(agi:async)`, also for a second time (`launch_asyncagi()`, res/res_agi.c). */
export class AsyncSession {
  readonly #options: AsyncSessionOptions;
  readonly #queue: QueuedCommand[] = [];
  /** The bytes of answers that were not read yet. */
  #pipe = new Uint8Array();
  #wake = () => {};

  constructor(options: AsyncSessionOptions) {
    this.#options = options;
  }

  /** Queues a command. */
  add(command: QueuedCommand): void {
    this.#queue.push(command);
    this.#wake();
  }

  /** Runs commands until one ends it, or the caller hangs up. */
  async run(environment: string): Promise<void> {
    const { signal } = this.#options.call;
    this.#pipe = ENCODER.encode(environment);
    this.#emit("AsyncAGIStart", { Env: this.#read() });
    const onAbort = () => this.#wake();
    signal.addEventListener("abort", onAbort);
    while (!signal.aborted) {
      const command = this.#queue.shift();
      if (command === undefined) {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wake = resolve;
        await promise;
        continue;
      }
      const { answer, isEnd } = await this.#options.run(command.line);
      this.#pipe = joined(this.#pipe, ENCODER.encode(`${answer}\n`));
      this.#emit("AsyncAGIExec", {
        CommandId: command.commandId === "" ? [] : command.commandId,
        Result: this.#read(),
      });
      if (isEnd) break;
    }
    signal.removeEventListener("abort", onAbort);
    this.#emit("AsyncAGIEnd", {});
  }

  #read(): string {
    const chunk = this.#pipe.subarray(0, READ_BYTES);
    this.#pipe = this.#pipe.subarray(chunk.length);
    let text = "";
    for (const byte of chunk) {
      const character = String.fromCharCode(byte);
      text += /[A-Za-z0-9_.!~*'()-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    }
    return text.slice(0, MAX_ENCODED);
  }

  #emit(name: string, body: AmiFrame): void {
    const { call, timestamps, emit } = this.#options;
    emit({
      Event: name,
      Privilege: "agi,all",
      Timestamp: timestamps ? timestamp() : [],
      ...call.channel.snapshot(),
      ...body,
    });
  }
}

function joined(
  one: Uint8Array,
  two: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + two.length);
  both.set(one);
  both.set(two, one.length);
  return both;
}
