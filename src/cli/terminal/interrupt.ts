import { Interruption } from "../failures/command_error.ts";
import type { Terminal } from "./terminal.ts";

const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/**
 * Ends the command in good order when somebody presses Ctrl-C or asks for it
 * by a signal, and at once when it is done a second time.
 */
export class Interrupt implements Disposable {
  readonly #controller = new AbortController();
  readonly #terminal: Terminal;
  readonly #listeners: (readonly [Deno.Signal, () => void])[] = [];

  /** @param terminal The terminal, which is left as it was. */
  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    for (const name of SIGNALS) {
      const listener = () => this.#onSignal(name);
      Deno.addSignalListener(name, listener);
      this.#listeners.push([name, listener]);
    }
  }

  /** Aborted when the command is to end; its reason says why. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Ends the command.
   *
   * @param reason The reason.
   */
  abort(reason: Error): void {
    this.#controller.abort(reason);
  }

  /** Listens no longer. */
  [Symbol.dispose](): void {
    for (const [name, listener] of this.#listeners.splice(0)) {
      Deno.removeSignalListener(name, listener);
    }
  }

  #onSignal(name: Deno.Signal): void {
    const interruption = new Interruption(name);
    if (this.#controller.signal.aborted) {
      this.#terminal.restore();
      Deno.exit(interruption.status);
    }
    this.abort(interruption);
  }
}
