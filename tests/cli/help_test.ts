import { assert, assertEquals, assertMatch } from "@std/assert";
import configuration from "../../deno.json" with { type: "json" };
import { COMMANDS } from "../../src/cli/commands.ts";
import { runDami } from "./_run.ts";

/** What the help says needs nothing but to be said. */
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
    [[], "There is no command: see dami --help."],
    [["tial"], "There is no command 'tial': perhaps 'tail' is meant."],
    [["help", "xyzzy"], "There is no command 'xyzzy': see dami --help."],
    [
      ["tail", "--jsno"],
      "There is no option '--jsno': perhaps '--json' is meant.",
    ],
    [["calls", "x"], "The word 'x' means nothing here: leave it out."],
    [["calls", "--watch", "--json"], "There are --watch and --json: give one."],
    [
      ["calls", "--interval", "1s"],
      "There is --interval without --watch: give both.",
    ],
    [["do"], "There is no action: write its name, such as dami do CoreStatus."],
    [
      ["do", "Ping", "X"],
      "The header 'X' is none: write Header=value, such as Queue=support.",
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
