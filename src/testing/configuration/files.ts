import type {
  AmiConfiguration,
  ResolvedServerOptions,
} from "../server_options.ts";
import { findConfiguration } from "./given_files.ts";

/** The configuration files of one PBX: those that were given, and what became of them. */
export class ConfigurationFiles {
  readonly #options: ResolvedServerOptions;
  /** Those that were written. */
  readonly #written = new Map<string, AmiConfiguration>();

  constructor(options: ResolvedServerOptions) {
    // What is made of the options stays as they were at the start.
    this.#options = { ...options };
  }

  /** Returns a file. */
  find(name: string): AmiConfiguration | undefined {
    return this.#written.get(name) ?? findConfiguration(this.#options, name);
  }

  /** Returns a file that was written since the start. */
  findWritten(name: string): AmiConfiguration | undefined {
    return this.#written.get(name);
  }

  write(name: string, configuration: AmiConfiguration): void {
    this.#written.set(name, configuration);
  }
}
