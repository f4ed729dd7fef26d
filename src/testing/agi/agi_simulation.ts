import type { Channel } from "../calls/channel.ts";
import type { AmiFrame } from "../server/frame_writer.ts";
import type { AgiChannel } from "./agi_channel.ts";
import { agiCommandName, runAgiCommand } from "./agi_commands.ts";
import { agiEnvironment } from "./agi_environment.ts";
import type { AgiScripts } from "./agi_scripts.ts";
import { agiWords } from "./agi_words.ts";
import { AsyncSession } from "./async_session.ts";
import { runFastSession } from "./fast_session.ts";

/** The needs of {@linkcode AgiSimulation}. */
export interface AgiSimulationOptions {
  timestamps: boolean;
  scripts: AgiScripts;
  emit: (event: AmiFrame) => void;
}

/** The calls of one PBX that programs lead by AGI. */
export class AgiSimulation {
  readonly #options: AgiSimulationOptions;
  readonly #database = new Map<string, string>();
  /** Those of channels that have ever been in `AGI(agi:async)`: commands are queued until they hang up. */
  readonly #sessions = new WeakMap<Channel, AsyncSession>();

  constructor(options: AgiSimulationOptions) {
    this.#options = options;
  }

  /** Queues a command; false if the channel has not been in `AGI(agi:async)`. */
  add(channel: Channel, line: string, commandId: string): boolean {
    const session = this.#sessions.get(channel);
    session?.add({ line, commandId });
    return session !== undefined;
  }

  /**
   * Runs the application `AGI`.
   *
   * @param data Its arguments.
   */
  async run(call: AgiChannel, data: string): Promise<void> {
    const [request = "", ...args] = data.split(",");
    const { channel, signal } = call;
    const isAsync = request === "agi:async";
    const environment = agiEnvironment(
      channel,
      isAsync ? "async" : request,
      args,
    );
    let isReached = true;
    if (isAsync) {
      await this.#session(call).run(environment);
    } else {
      isReached = await runFastSession({
        request,
        environment,
        signal,
        run: (line) => this.#execute(call, line),
      });
    }
    if (signal.aborted) return;
    call.setVariable("AGISTATUS", isReached ? "SUCCESS" : "FAILURE");
  }

  #session(call: AgiChannel): AsyncSession {
    const { channel } = call;
    const { timestamps, emit } = this.#options;
    const session = this.#sessions.get(channel) ?? new AsyncSession({
      call,
      timestamps,
      emit,
      run: (line) => this.#execute(call, line),
    });
    this.#sessions.set(channel, session);
    return session;
  }

  async #execute(
    call: AgiChannel,
    line: string,
  ): Promise<{ answer: string; isEnd: boolean }> {
    const words = agiWords(line);
    const command = agiCommandName(words);
    const args = words.slice(command.split(" ").length);
    const standard = () =>
      runAgiCommand(command, { call, args, database: this.#database });
    const script = this.#options.scripts.find(command);
    const { signal, channel } = call;
    const answer = script === undefined
      ? await standard()
      : await script({ line, args, channel: channel.name, signal }, standard);
    return { answer, isEnd: command === "ASYNCAGI BREAK" };
  }
}
