import { assertEquals, assertInstanceOf } from "@std/assert";
import {
  CommandError,
  Interruption,
} from "../../../src/cli/failures/command_error.ts";
import { Output } from "../../../src/cli/terminal/output.ts";

/** Takes what is written, a few bytes at a time, when it is let. */
class SlowDestination {
  readonly written: string[] = [];
  #gate = Promise.withResolvers<void>();

  constructor(isOpen = true) {
    if (isOpen) this.#gate.resolve();
  }

  open(): void {
    this.#gate.resolve();
  }

  async write(bytes: Uint8Array): Promise<number> {
    await this.#gate.promise;
    const taken = bytes.subarray(0, 100);
    this.written.push(new TextDecoder().decode(taken));
    return taken.length;
  }
}

function failing(error: Error): { broken: Error[]; output: Output } {
  const broken: Error[] = [];
  const output = new Output({
    destination: { write: () => Promise.reject(error) },
    onBroken: (reason) => broken.push(reason),
  });
  return { broken, output };
}

Deno.test("Output writes what comes in one turn in one piece", async () => {
  const destination = new SlowDestination();
  const output = new Output({ destination, onBroken() {} });
  output.line("one");
  output.write("two\n");
  output.begin()?.add("drei: Zoë\n");
  assertEquals(destination.written, []);
  await output.flush();
  assertEquals(destination.written, ["one\ntwo\ndrei: Zoë\n"]);
});

Deno.test("Output writes all in its order, whatever comes while it writes", async () => {
  const destination = new SlowDestination();
  const output = new Output({ destination, onBroken() {} });
  let expected = "";
  for (let count = 0; count < 2_000; count++) {
    const line = `${count} ${"x".repeat(count % 300)}\n`;
    expected += line;
    output.write(line);
    if (count % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  await output.flush();
  assertEquals(destination.written.join(""), expected);
  output.line("later");
  await output.flush();
  assertEquals(destination.written.at(-1), "later\n");
});

Deno.test("Output has no room for ever, and has some again", async () => {
  const destination = new SlowDestination(false);
  const output = new Output({ destination, maxWaiting: 1_000, onBroken() {} });
  let taken = 0;
  while (output.write("0123456789")) taken++;
  assertEquals(taken, 101);
  assertEquals(output.begin(), undefined);
  destination.open();
  await output.flush();
  assertEquals(destination.written.join("").length, 1_010);
  assertEquals(output.write("again"), true);
  await output.flush();
});

Deno.test("Output takes a closed pipe for a quiet end", async () => {
  const { broken, output } = failing(new Deno.errors.BrokenPipe("EPIPE"));
  output.line("x");
  await output.flush();
  assertEquals(broken.length, 1);
  assertInstanceOf(broken[0], Interruption);
  assertEquals(broken[0].status, 0);
  assertEquals(output.write("y"), false);
  await output.flush();
  assertEquals(broken.length, 1);
});

Deno.test("Output tells what else keeps it from writing", async () => {
  const { broken, output } = failing(new Error("No space left on device"));
  output.line("x");
  await output.flush();
  assertInstanceOf(broken[0], CommandError);
  assertEquals(
    broken[0].message,
    "Cannot write the output: No space left on device",
  );
});
