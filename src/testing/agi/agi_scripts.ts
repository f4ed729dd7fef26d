/** A command that a program has sent to a call of the embedded PBX. */
export interface AmiAgiCommand {
  /** The command as it was sent. */
  readonly line: string;
  /** The arguments, without their quotes. */
  readonly args: readonly string[];
  /** The channel. */
  readonly channel: string;
  /** Aborted when the call is hung up. */
  readonly signal: AbortSignal;
}

/**
 * Answers a command of AGI in place of the embedded PBX.
 *
 * @param command The command.
 * @param standard Gives what the embedded PBX itself would answer.
 * @returns The answer as Asterisk writes it, such as `200 result=1`.
 *
 * @example
 * ```ts
 * import type { AmiAgiHandler } from "@dami/dami/testing";
 *
 * const press: AmiAgiHandler = () => "200 result=1234";
 * console.log(press);
 * ```
 */
export type AmiAgiHandler = (
  command: AmiAgiCommand,
  standard: () => Promise<string>,
) => string | Promise<string>;

/** The scripts of a test for commands of AGI. */
export class AgiScripts {
  readonly #scripts = new Map<string, AmiAgiHandler[]>();

  /** Scripts the answer to a command; gives what removes the script. */
  on(command: string, handler: AmiAgiHandler): () => void {
    const key = command.toUpperCase();
    const scripts = this.#scripts.get(key) ?? [];
    scripts.push(handler);
    this.#scripts.set(key, scripts);
    return () => {
      const index = scripts.indexOf(handler);
      if (index !== -1) scripts.splice(index, 1);
    };
  }

  /** The newest script of a command. */
  find(command: string): AmiAgiHandler | undefined {
    return this.#scripts.get(command)?.at(-1);
  }
}
