import { assertEquals } from "@std/assert";
import { TerminalStub } from "../_plain_terminal.ts";

/** Records the changes to a terminal, and their undoing, in order. */
function holding(): {
  done: string[];
  terminal: TerminalStub;
  hold: (name: string) => Disposable;
} {
  const done: string[] = [];
  const terminal = new TerminalStub();
  const hold = (name: string) =>
    terminal.hold(() => done.push(name), () => done.push(`-${name}`));
  return { done, terminal, hold };
}

Deno.test("Terminal undoes what was done to it, once", () => {
  const { done, terminal, hold } = holding();
  const first = hold("a");
  const second = hold("b");
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  assertEquals(done, ["a", "b", "-a"]);
  terminal.restore();
  second[Symbol.dispose]();
  terminal.restore();
  assertEquals(done, ["a", "b", "-a", "-b"]);
});

Deno.test("Terminal undoes in the opposite order, and all of it", () => {
  const { done, terminal, hold } = holding();
  hold("a");
  terminal.hold(() => {}, () => {
    throw new Error("The terminal is gone");
  });
  hold("b");
  terminal.restore();
  assertEquals(done, ["a", "b", "-b", "-a"]);
});

Deno.test("Terminal is as it was when the program ends without a word", () => {
  const { done, hold } = holding();
  using _held = hold("a");
  globalThis.dispatchEvent(new Event("unload"));
  assertEquals(done, ["a", "-a"]);
});

Deno.test("Terminal sets off where there are colors", () => {
  const terminal = new TerminalStub(Infinity, true);
  assertEquals(terminal.paint("red", "x"), "\x1b[31mx\x1b[0m");
  assertEquals(terminal.paint("red", ""), "");
  assertEquals(new TerminalStub().paint("red", "x"), "x");
});
