import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/cli/failures/command_error.ts";
import {
  COMMON_OPTIONS,
  findCommand,
  readArguments,
  TARGET_OPTIONS,
} from "../../src/cli/command_line.ts";

const OPTIONS = {
  ...COMMON_OPTIONS,
  ...TARGET_OPTIONS,
  json: { summary: "", short: "j" },
  where: { summary: "", value: "PATTERN", short: "w" },
};

function refusal(args: string[]): string {
  return assertThrows(() => readArguments(args, OPTIONS), UsageError).message;
}

Deno.test("findCommand() finds the name after options, their values and a URL", () => {
  const cases: [string[], string | undefined, string[]][] = [
    [["tail", "Hangup"], "tail", ["Hangup"]],
    [["--port", "1", "do", "Ping"], "do", ["--port", "1", "Ping"]],
    [["--port=1", "do"], "do", ["--port=1"]],
    [["-v", "dami://a@b", "do"], "do", ["-v", "dami://a@b"]],
    [["--help"], undefined, ["--help"]],
    [["--", "do"], undefined, ["--", "do"]],
    [["do", "--", "--x"], "do", ["--", "--x"]],
    [[], undefined, []],
  ];
  for (const [args, name, rest] of cases) {
    assertEquals(findCommand(args), { name, rest }, args.join(" "));
  }
});

Deno.test("findCommand() says where an option belongs, or that there is none", () => {
  const message = (args: string[]) =>
    assertThrows(() => findCommand(args), UsageError).message;
  assertEquals(
    message(["--json", "tail"]),
    "The option '--json' must come after the command",
  );
  assertEquals(
    message(["--prot"]),
    "Unknown option '--prot': did you mean '--port'?",
  );
});

Deno.test("readArguments() takes options in any order, and words", () => {
  const { args, url } = readArguments(
    ["A", "--where", "a=1", "-j", "-w", "b=2", "B", "--where=c=-1"],
    OPTIONS,
  );
  assertEquals(args.words, ["A", "B"]);
  assertEquals(args.texts("where"), ["a=1", "b=2", "c=-1"]);
  assertEquals(args.text("where"), "c=-1");
  assertEquals(args.has("json"), true);
  assertEquals(args.has("tls"), false);
  assertEquals(args.text("port"), undefined);
  assertEquals(url, undefined);
});

Deno.test("readArguments() takes a URL before the words, and what looks like an option after --", () => {
  const { args, url } = readArguments(
    ["damis://a@b", "Command", "dami://c", "--", "--json"],
    OPTIONS,
  );
  assertEquals(url, "damis://a@b");
  assertEquals(args.words, ["Command", "dami://c", "--json"]);
  assertEquals(args.has("json"), false);
});

Deno.test("readArguments() refuses in one sentence, with what to write", () => {
  assertEquals(
    refusal(["--were", "x"]),
    "Unknown option '--were': did you mean '--where'?",
  );
  assertEquals(refusal(["-x"]), "Unknown option '-x': see --help");
  assertEquals(
    refusal(["--where"]),
    "The option '--where' needs a value: --where=PATTERN",
  );
  assertEquals(
    refusal(["--where", "--json"]),
    "The option '--where' needs a value: --where=PATTERN",
  );
  assertEquals(
    refusal(["--json=yes"]),
    "The option '--json' takes no value: leave it out",
  );
  assertEquals(
    refusal(["dami://a", "dami://b"]),
    "Two URLs were given: use one",
  );
});

Deno.test("readArguments() does not take the names of what every object has for options", () => {
  for (const name of ["constructor", "__proto__", "toString"]) {
    assertEquals(
      refusal([`--${name}`]),
      `Unknown option '--${name}': see --help`,
    );
  }
});

Deno.test("Arguments knows which options there could be", () => {
  const { args } = readArguments([], OPTIONS);
  assertThrows(() => args.has("jason"), TypeError);
});
