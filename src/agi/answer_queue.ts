import type { AgiAnswer } from "./answer.ts";
import { AgiLostError } from "./errors.ts";
import type { PendingCommand } from "./pending_command.ts";

/** Gives the answers to the commands that were run, in the order in which they ran. */
export class AnswerQueue {
  readonly #waiting: (PendingCommand | undefined)[] = [];
  #isDoubtful = false;

  /** The number of commands that were run and have no answer yet. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Adds a command that runs now; `undefined` is that of another program. */
  expect(command: PendingCommand | undefined): void {
    this.#waiting.push(command);
  }

  /** Passes on no answer until the next echo, as some answers are lost. */
  doubt(): void {
    this.#isDoubtful = true;
  }

  /** Reports whether a command waits whose answer must be an echo. */
  get awaitsEcho(): boolean {
    return this.#waiting.some((command) => command?.echo !== undefined);
  }

  /** Takes an answer. */
  answer(answer: AgiAnswer): void {
    const { data } = answer;
    const echoed = data === undefined
      ? -1
      : this.#waiting.findIndex((command) => command?.echo === data);
    if (echoed >= 0) {
      const passed = this.#waiting.splice(0, echoed + 1);
      const echo = passed.pop();
      this.#isDoubtful = false;
      for (const command of passed) {
        command?.reject(
          new AgiLostError(
            `The answer to AGI command ${command.name} was lost after one that Asterisk cut`,
            command.name,
            "unknown",
          ),
        );
      }
      echo?.resolve(answer);
      return;
    }
    if (this.#isDoubtful || this.#waiting[0]?.echo !== undefined) return;
    this.#waiting.shift()?.resolve(answer);
  }

  /** Rejects all commands. */
  fail(makeError: (command: PendingCommand) => unknown): void {
    for (const command of this.#waiting.splice(0)) {
      command?.reject(makeError(command));
    }
  }
}
