import { assertEquals, assertThrows } from "@std/assert";
import { CommandError } from "../../../src/cli/failures/command_error.ts";
import { Output } from "../../../src/cli/terminal/output.ts";
import { openRecording } from "../../../src/cli/recording/recording_file.ts";

/** A folder that is removed in the end. */
async function folder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempDir();
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

/** An output that keeps what it is given. */
function keptOutput(): { output: Output; text: () => string } {
  let text = "";
  const decoder = new TextDecoder();
  const output = new Output({
    destination: {
      write(bytes) {
        text += decoder.decode(bytes);
        return Promise.resolve(bytes.length);
      },
    },
    onBroken() {},
  });
  return { output, text: () => text };
}

Deno.test("a recording is written at once, and for its owner alone", async () => {
  await using dir = await folder();
  const path = `${dir.path}/a.dami`;
  {
    using file = openRecording(path, false, keptOutput().output);
    file.write("one\n");
    assertEquals(await Deno.readTextFile(path), "one\n");
    file.write("zwei ü\n");
  }
  assertEquals(await Deno.readTextFile(path), "one\nzwei ü\n");
  const { mode } = await Deno.stat(path);
  if (mode !== null) assertEquals(mode & 0o777, 0o600);
});

Deno.test("a file is overwritten only if it shall be", async () => {
  await using dir = await folder();
  const path = `${dir.path}/a.dami`;
  await Deno.writeTextFile(path, "something long");
  assertThrows(
    () => openRecording(path, false, keptOutput().output),
    CommandError,
    `The file '${path}' exists: choose another, or give --force`,
  );
  using file = openRecording(path, true, keptOutput().output);
  file.write("new\n");
  assertEquals(await Deno.readTextFile(path), "new\n");
});

Deno.test("a recording that is of no use is taken away", async () => {
  await using dir = await folder();
  const path = `${dir.path}/a.dami`;
  using file = openRecording(path, false, keptOutput().output);
  file.discard();
  assertThrows(() => Deno.statSync(path), Deno.errors.NotFound);
});

Deno.test("a path that cannot be written is refused in one sentence", async () => {
  await using dir = await folder();
  const path = `${dir.path}/no/a.dami`;
  assertThrows(
    () => openRecording(path, false, keptOutput().output),
    CommandError,
    `The folder of '${path}' does not exist: create it, or choose another file`,
  );
  assertThrows(
    () => openRecording(dir.path, true, keptOutput().output),
    CommandError,
    `Cannot write the file '${dir.path}': `,
  );
});

Deno.test("a recording goes to the standard output as well", async () => {
  const { output, text } = keptOutput();
  {
    using target = openRecording("-", false, output);
    target.write("one\n");
    target.discard();
  }
  await output.flush();
  assertEquals(text(), "one\n");
});

Deno.test("an output that is not read breaks the recording, and loses nothing silently", async () => {
  const isRead = Promise.withResolvers<void>();
  const output = new Output({
    destination: {
      async write(bytes) {
        await isRead.promise;
        return bytes.length;
      },
    },
    maxWaiting: 10,
    onBroken() {},
  });
  using target = openRecording("-", false, output);
  assertThrows(
    () => {
      for (let index = 0; index < 10; index++) target.write("some text\n");
    },
    CommandError,
    "The recording is read too slowly: write to a file instead of a pipe",
  );
  isRead.resolve();
  await output.flush();
});
