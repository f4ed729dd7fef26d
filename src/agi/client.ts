import type { ActionData } from "../actions/action.ts";
import type { DAMIData } from "../data.ts";
import type { ActionOptions } from "../options/method_options.ts";

/** What AsyncAGI needs of a client of the manager interface. {@linkcode DAMI} has it. */
export interface AgiClient {
  /**
   * Adds a listener for an event of the PBX.
   *
   * @param name The event's name.
   * @param listener Takes the events.
   * @returns Removes the listener.
   */
  on(name: string, listener: (event: DAMIData) => unknown): () => void;

  /**
   * Sends an action.
   *
   * @param action The action's name.
   * @param data Its headers.
   * @param options How long to wait.
   * @returns The answer.
   */
  to(
    action: string,
    data: ActionData,
    options?: ActionOptions,
  ): Promise<unknown>;

  /**
   * Adds a listener for an event of the client itself.
   *
   * @param type The event's name.
   * @param listener Takes the events.
   * @param options As of `EventTarget`.
   */
  addEventListener(
    type: string,
    listener: (event: Event) => unknown,
    options?: AddEventListenerOptions,
  ): void;
}
