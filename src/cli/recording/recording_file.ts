import { CommandError } from "../failures/command_error.ts";
import type { Output } from "../terminal/output.ts";
import { errorText } from "../../error_text.ts";

/** The file that a recording is written to. */
export interface RecordingTarget extends Disposable {
  /**
   * Writes text, all of it before it returns.
   *
   * @param text Whole lines.
   * @throws {CommandError} If it cannot be written.
   */
  write(text: string): void;

  /** Removes what was written, as it is of no use. */
  discard(): void;
}

const encoder = new TextEncoder();

/**
 * Opens the file that a recording is written to.
 *
 * @param path Its path; `-` is the standard output.
 * @param overwrite `true` if it may exist.
 * @param output The standard output.
 * @returns The file, which others cannot read.
 * @throws {CommandError} If it cannot be written.
 */
export function openRecording(
  path: string,
  overwrite: boolean,
  output: Output,
): RecordingTarget {
  if (path === "-") return toOutput(output);
  const file = open(path, overwrite);
  return {
    write(text) {
      try {
        let bytes = encoder.encode(text);
        while (bytes.length > 0) {
          bytes = bytes.subarray(file.writeSync(bytes));
        }
      } catch (error) {
        throw new CommandError(
          `Cannot write to '${path}' any longer: check the disk: ${
            errorText(error)
          }`,
        );
      }
    },
    discard() {
      Deno.removeSync(path);
    },
    [Symbol.dispose]() {
      file.close();
    },
  };
}

function open(path: string, overwrite: boolean): Deno.FsFile {
  try {
    return Deno.openSync(path, {
      write: true,
      ...(overwrite ? { create: true, truncate: true } : { createNew: true }),
      // Whatever is not masked is for those alone who may see it.
      mode: 0o600,
    });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) {
      throw new CommandError(
        `The file '${path}' exists: choose another, or give --force`,
      );
    }
    if (error instanceof Deno.errors.NotFound) {
      throw new CommandError(
        `The folder of '${path}' does not exist: create it, or choose another file`,
      );
    }
    if (error instanceof Deno.errors.NotCapable) {
      throw new CommandError(
        `Deno may not write the file '${path}': run it with --allow-write=${path}`,
      );
    }
    throw new CommandError(
      `Cannot write the file '${path}': ${errorText(error)}`,
    );
  }
}

function toOutput(output: Output): RecordingTarget {
  return {
    write(text) {
      if (output.write(text)) return;
      throw new CommandError(
        "The recording is read too slowly: write to a file instead of a pipe",
      );
    },
    discard() {},
    [Symbol.dispose]() {},
  };
}
