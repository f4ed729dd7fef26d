import { assert, assertEquals, assertRejects } from "@std/assert";
import { AmiResponseError } from "../../mod.ts";
import { asteriskTest } from "./_asterisk.ts";

/** Commands that print the same again, with something to get wrong in each. */
const COMMANDS: readonly string[] = [
  "core show application Dial",
  "core show codecs",
  "core show help",
  "dialplan show default",
  "dialplan show globals",
  "manager show command Originate",
  "manager show events",
  "pjsip list endpoints",
  "pjsip show endpoints",
  "pjsip show endpoint 6002",
];

/** The lines of what the console prints. */
async function printedLines(
  printed: Promise<string>,
): Promise<string[]> {
  return (await printed).replace(/\n$/, "").split("\n");
}

for (const command of COMMANDS) {
  asteriskTest(`Command gives what '${command}' prints`, async (asterisk) => {
    await using dami = await asterisk.connect({ events: false });
    const printed = await printedLines(asterisk.console(command));
    const [response] = await dami.to("Command", { Command: command });
    assertEquals(response.Output, printed);
  });
}

asteriskTest("Command keeps what is easily lost", async (asterisk) => {
  await using dami = await asterisk.connect({ events: false });
  const output = async (command: string) => {
    const [{ Output }] = await dami.to("Command", { Command: command });
    assert(Array.isArray(Output));
    return Output;
  };
  const globals = await output("dialplan show globals");
  assert(globals.includes('   GREETING=Grüß Gott: "hi", \\ [all] (of you)'));
  const dialplan = await output("dialplan show default");
  assert(
    dialplan.some((line) => line.includes("NoOp(Grüße:   drei  Leerzeichen)")),
  );
  const endpoints = await output("pjsip list endpoints");
  assert(endpoints.includes(""));
  assert(endpoints.some((line) => line.startsWith(" Endpoint:  6001")));
});

asteriskTest(
  "Command that prints nothing has one empty line",
  async (asterisk) => {
    await using dami = await asterisk.connect({ events: false });
    const command = "core clear profile";
    assertEquals(await asterisk.console(command), "");
    const [response] = await dami.to("Command", { Command: command });
    assertEquals(response.Output, [""]);
  },
);

asteriskTest("Command that fails keeps its output", async (asterisk) => {
  await using dami = await asterisk.connect({ events: false });
  const error = await assertRejects(
    () => dami.to("Command", { Command: "no such thing" }),
    AmiResponseError,
  );
  const printed = await printedLines(asterisk.console("no such thing"));
  assertEquals(error.response.Output, printed);
});
