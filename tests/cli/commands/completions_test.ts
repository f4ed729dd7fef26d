import { assert, assertEquals, assertMatch } from "@std/assert";
import { COMMANDS } from "../../../src/cli/commands.ts";
import { PARAMETERS } from "../../../src/cli/parameters.ts";
import { runChild } from "../../_run_child.ts";
import { runDami } from "../_run.ts";
import { TerminalSession, terminalTest } from "../_terminal.ts";

async function script(shell: string): Promise<string> {
  const { code, output } = await runDami(["completions", shell], {
    permissions: [],
  });
  assertEquals(code, 0);
  return output;
}

function has(shell: string): boolean {
  try {
    return new Deno.Command(shell, { args: ["-c", "true"] }).outputSync()
      .success;
  } catch {
    return false;
  }
}

/** Registers a test with a shell, or one that is skipped where there is none. */
function shellTest(shell: string, fn: () => Promise<void>): void {
  const suffix = has(shell) ? "" : ` (there is no ${shell})`;
  Deno.test({
    name: `${shell} completes commands, options and names${suffix}`,
    ignore: suffix !== "",
    fn,
  });
}

async function runShell(shell: string, text: string): Promise<string[]> {
  // fish complains about a home that it cannot write to.
  const home = await Deno.makeTempDir();
  try {
    const env = { HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
    const { output, errors } = await runChild(shell, ["-c", text], { env });
    assertEquals(errors, "");
    return output.trim().split(/\s+/).filter((word) => word !== "");
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

const COMMAND_NAMES = COMMANDS.map(({ name }) => name);

shellTest("bash", async () => {
  const source = await script("bash");
  const complete = (...words: string[]) =>
    runShell(
      "bash",
      `${source}
COMP_WORDS=(dami ${words.map((word) => `'${word}'`).join(" ")})
COMP_CWORD=${words.length}
_dami
echo "\${COMPREPLY[@]}"`,
    );
  const all = await complete("");
  for (const name of [...COMMAND_NAMES, "help", "--hostname", "--version"]) {
    assert(all.includes(name), name);
  }
  assertEquals(await complete("ta"), ["tail"]);
  assertEquals(await complete("tail", "--w"), ["--where"]);
  assertEquals(await complete("--port", "1", "do", "QueueSt"), ["QueueStatus"]);
  assertEquals(await complete("tail", "QueueCallerJ"), ["QueueCallerJoin"]);
  assertEquals(await complete("dami://a@b", "calls", "-"), [
    ...await complete("calls", "--"),
  ]);
  assertEquals(await complete("do", "QueueAdd", "--timeout", "5s", "In"), [
    "Interface=",
  ]);
  const headers = await complete("do", "QueueAdd", "");
  assert(headers.includes("Queue=") && !headers.includes("QueueStatus"));
  // As bash splits `Queue=s`.
  assertEquals(await complete("do", "QueueAdd", "Queue", "=", "Q"), []);
  assertEquals(await complete("do", "--timeout", "5s", "QueueSt"), [
    "QueueStatus",
  ]);
  assertEquals(await complete("doctor", "--action", "QueueSt"), [
    "QueueStatus",
  ]);
  assertEquals(await complete("completions", "z"), ["zsh"]);
  assertEquals(await complete("help", "do"), ["do", "doctor"]);
  assertEquals(await complete("tail", "--hostname", ""), []);
  assertEquals(await complete("tail", "--ca", ""), []);
});

for (const shell of ["bash", "zsh", "fish"]) {
  Deno.test(`the script for ${shell} has each list of names once`, async () => {
    const text = await script(shell);
    assertEquals(text.split("ConfbridgeTalking").length, 2);
    assertEquals(text.split("LoggerRotate").length, 2);
  });
}

Deno.test("the parameters are those of the catalog", async () => {
  const source = await Deno.readTextFile(
    new URL("../../../src/catalog/actions.ts", import.meta.url),
  );
  const found: Record<string, string> = {};
  for (
    const [, action = "", body = ""] of source.matchAll(
      /^ {2}"?([\w-]+)"?: \{\n(.*?)^ {2}\};$/gms,
    )
  ) {
    const names = [...body.matchAll(/^ {4}"?([\w.-]+)"?\??:/gm)]
      .map(([, name = ""]) => name).filter((name) => name !== "ActionID");
    if (names.length > 0) found[action] = names.join(" ");
  }
  assertEquals<unknown>(PARAMETERS, found);
});

shellTest("zsh", async () => {
  const source = await script("zsh");
  // What completes is there only in a terminal, so that two stand in for it.
  const complete = (...words: string[]) =>
    runShell(
      "zsh",
      `compdef() { }
compadd() { if [[ $1 == -a ]]; then print -rl -- \${(P)2}; else shift; print -rl -- $@; fi }
_describe() { print -rl -- \${(P)2%%:*} }
_files() { print FILES }
${source}
words=(dami ${words.map((word) => `'${word}'`).join(" ")}); CURRENT=${
        words.length + 1
      }; PREFIX=$words[CURRENT]
_dami`,
    );
  const all = await complete("");
  for (const name of [...COMMAND_NAMES, "help"]) {
    assert(all.includes(name), name);
  }
  assert((await complete("-")).includes("--version"));
  assert((await complete("tail", "")).includes("Hangup"));
  assert((await complete("tail", "-")).includes("--where"));
  assert((await complete("--port", "1", "do", "")).includes("QueueStatus"));
  assert((await complete("do", "QueueAdd", "")).includes("Interface="));
  assertEquals(await complete("tail", "--ca", ""), ["FILES"]);
  assertEquals(await complete("tail", "--hostname", ""), []);
  assertEquals(await complete("completions", ""), ["bash", "zsh", "fish"]);
});

shellTest("fish", async () => {
  const source = await script("fish");
  const complete = async (
    line: string,
  ) => (await runShell(
    "fish",
    `${source}\ncomplete -C '${line}' | string replace -r '\\t.*' ''`,
  ));
  const all = await complete("dami ");
  for (const name of [...COMMAND_NAMES, "help"]) {
    assert(all.includes(name), name);
  }
  assertEquals(await complete("dami tail --whe"), ["--where"]);
  assertEquals(await complete("dami do QueueSt"), ["QueueStatus"]);
  assertEquals(await complete("dami do QueueAdd In"), ["Interface="]);
  assertEquals(await complete("dami tail QueueCallerJ"), ["QueueCallerJoin"]);
  assertEquals(await complete("dami completions z"), ["zsh"]);
  assert((await complete("dami --host")).includes("--hostname"));
});

/** The first lines for a shell: a function `dami` that prints its arguments, and the script. */
const SHELLS = {
  bash: [
    "bash --norc -i",
    `dami() { echo "ran:$*"; }; source "$SCRIPT"; PS1='ready> '`,
  ],
  zsh: [
    "zsh -f -i",
    `autoload -Uz compinit; compinit -u -D; dami() { echo "ran:$*" }; source "$SCRIPT"; PS1='ready> '`,
  ],
  fish: [
    "fish --no-config -i",
    `function dami; echo "ran:$argv"; end; source $SCRIPT; function fish_prompt; echo 'ready> '; end`,
  ],
} as const;

for (const [shell, [line, setup]] of Object.entries(SHELLS)) {
  const suffix = has(shell) ? "" : ` (there is no ${shell})`;
  const test = has(shell) ? terminalTest : (name: string) => {
    Deno.test({ name, ignore: true, fn: () => {} });
  };
  test(`${shell} completes what is typed in a terminal${suffix}`, async () => {
    const file = await Deno.makeTempFile();
    const home = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(file, await script(shell));
      await using session = new TerminalSession(`exec ${line}`, {
        SCRIPT: file,
        HOME: home,
        // What a shell would ask a terminal for is not answered here.
        TERM: "dumb",
      });
      await session.type(`${setup}\r`);
      await session.until(/ready> (?!')/);
      const cases = [
        ["dami compl\t", "ran:completions"],
        ["dami calls --fle\t", "ran:calls --fleet"],
        ["dami tail QueueCallerJ\t", "ran:tail QueueCallerJoin"],
        ["dami do QueueSum\t", "ran:do QueueSummary"],
        ["dami do QueueAdd Mem\t", "ran:do QueueAdd MemberName="],
        ["dami do QueueAdd Queue=a Int\t", "Queue=a Interface="],
      ] as const;
      for (const [keys, shown] of cases) {
        await session.type(`${keys}\r`);
        await session.until(shown);
      }
    } finally {
      await Deno.remove(file);
      await Deno.remove(home, { recursive: true });
    }
  });
}

Deno.test("dami completions says which shells there are", async () => {
  const cases: [string[], string][] = [
    [[], "No shell was given: write bash, zsh or fish."],
    [
      ["bsh"],
      "No completions for 'bsh': did you mean 'bash' or 'zsh'?",
    ],
    [["bash", "zsh"], "Too many arguments: write bash, zsh or fish."],
  ];
  for (const [args, sentence] of cases) {
    const { code, errors } = await runDami(["completions", ...args]);
    assertEquals(code, 2);
    assertMatch(errors, /^dami: /);
    assert(errors.includes(sentence), errors);
  }
});
