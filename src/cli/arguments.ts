import { UsageError } from "./failures/command_error.ts";

/** The arguments of the command line: the options with their values, and the words. */
export class Arguments {
  readonly #known: ReadonlySet<string>;
  readonly #values: ReadonlyMap<string, readonly string[]>;
  /** The words after the name of the command, without the options. */
  readonly words: readonly string[];

  /**
   * Makes the arguments.
   *
   * @param known The names of all possible options.
   * @param values The values of those that are given; a switch has empty ones.
   * @param words The words without the options.
   */
  constructor(
    known: Iterable<string>,
    values: ReadonlyMap<string, readonly string[]>,
    words: readonly string[],
  ) {
    this.#known = new Set(known);
    this.#values = values;
    this.words = words;
  }

  /**
   * Reports whether the command has an option.
   *
   * @param name Its name without dashes.
   * @returns `true` if it may be given.
   */
  knows(name: string): boolean {
    return this.#known.has(name);
  }

  /**
   * Reports whether an option is given.
   *
   * @param name Its name without dashes.
   * @returns `true` if it is.
   */
  has(name: string): boolean {
    return this.texts(name).length > 0;
  }

  /**
   * The value of an option.
   *
   * @param name Its name without dashes.
   * @returns The value that was given last; `undefined` if there is none.
   */
  text(name: string): string | undefined {
    return this.texts(name).at(-1);
  }

  /**
   * All values of an option that may be repeated.
   *
   * @param name Its name without dashes.
   * @returns The values in their order.
   * @throws {TypeError} If the command has no such option.
   */
  texts(name: string): readonly string[] {
    if (!this.#known.has(name)) {
      throw new TypeError(
        `Cannot read the option '--${name}': the command does not have it`,
      );
    }
    return this.#values.get(name) ?? [];
  }

  /**
   * Refuses arguments, for a command that takes none.
   *
   * @throws {UsageError} If there are some.
   */
  refuseWords(): void {
    const [word] = this.words;
    if (word !== undefined) {
      throw new UsageError(`Unexpected argument '${word}': leave it out`);
    }
  }
}
