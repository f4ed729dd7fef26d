import { assert, assertEquals, assertMatch } from "@std/assert";
import configuration from "../../deno.json" with { type: "json" };
import { COMMANDS } from "../../src/cli/commands.ts";
import { runDami } from "./_run.ts";
import { commandHelp, generalHelp } from "../../src/cli/help.ts";
import { textWidth } from "../../src/cli/terminal/text_width.ts";
import { TerminalStub } from "./_plain_terminal.ts";
import { shellLine, TerminalSession, terminalTest } from "./_terminal.ts";

/** The help needs no permission. */
const NOTHING = { permissions: [] };

Deno.test("dami --help lists all commands and where to connect, without a permission", async () => {
  const { code, output, errors } = await runDami(["--help"], NOTHING);
  assertEquals({ code, errors }, { code: 0, errors: "" });
  for (const { name, summary } of COMMANDS) {
    assertMatch(output, new RegExp(`^  ${name} +${summary}$`, "m"));
  }
  assertMatch(output, /--hostname HOST/);
  assertMatch(output, /DAMI_SECRET_FILE/);
  assertMatch(output, /^Examples$/m);
  for (const line of output.split("\n")) {
    assert(line.length <= 80, `This line is too long: ${line}`);
  }
});

for (const { name } of COMMANDS) {
  Deno.test(`dami ${name} --help shows usage, options and examples`, async () => {
    const { code, output, errors } = await runDami([name, "--help"], NOTHING);
    assertEquals({ code, errors }, { code: 0, errors: "" });
    assertMatch(output, new RegExp(`^  dami ${name} \\[OPTION…\\]`, "m"));
    assertMatch(output, /^ {2}-h, --help/m);
    assertMatch(output, new RegExp(`^Examples\n  # .*\n  .*dami ${name}`, "m"));
    assertEquals((await runDami(["help", name], NOTHING)).output, output);
  });
}

Deno.test("dami --version is that of the package", async () => {
  assertEquals(await runDami(["--version"], NOTHING), {
    code: 0,
    output: `dami ${configuration.version}\n`,
    errors: "",
  });
});

Deno.test("dami without a command, or with one that there is not, says what to do", async () => {
  const cases: [string[], string][] = [
    [[], "No command was given: see dami --help."],
    [["tial"], "Unknown command 'tial': did you mean 'tail'?"],
    [["help", "xyzzy"], "Unknown command 'xyzzy': see dami --help."],
    [
      ["tail", "--jsno"],
      "Unknown option '--jsno': did you mean '--json'?",
    ],
    [["calls", "x"], "Unexpected argument 'x': leave it out."],
    [["calls", "--watch", "--json"], "--watch and --json cannot be combined."],
    [
      ["calls", "--interval", "1s"],
      "--interval needs --watch.",
    ],
    [
      ["do"],
      "No action was given: name one, such as dami do CoreStatus.",
    ],
    [
      ["do", "Ping", "X"],
      "'X' is not a header: write Header=value, such as Queue=support.",
    ],
  ];
  for (const [args, sentence] of cases) {
    assertEquals(await runDami(args), {
      code: 2,
      output: "",
      errors: `dami: ${sentence}\n`,
    });
  }
});

for (const width of [40, 60]) {
  Deno.test(`the help breaks between words at ${width} columns`, async () => {
    const terminal = new TerminalStub(width);
    const helps = await Promise.all(
      COMMANDS.map(async ({ name, load }) =>
        commandHelp(name, await load(), terminal)
      ),
    );
    for (const help of [generalHelp(terminal), ...helps]) {
      const [text = ""] = help.split("\nExamples\n");
      for (const line of text.split("\n")) {
        const isOneWord = !line.trim().includes(" ");
        assert(isOneWord || textWidth(line) <= width, line);
      }
    }
  });
}

terminalTest("a failure is reported in lines of whole words", async () => {
  const line = shellLine(["do", "Ping", "--port", "1"]);
  await using session = new TerminalSession(`stty cols 60; exec ${line}`, {
    DAMI_SECRET: "mysecret",
  });
  const { shown } = await session.finished();
  const lines = shown.trim().split("\r\n");
  assert(lines.length > 1 && lines.every((each) => each.length <= 60), shown);
});
