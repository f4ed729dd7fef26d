import { assertEquals } from "@std/assert";
import { menu } from "../../examples/ivr.ts";
import { AsyncAgi } from "../../src/agi/async_agi.ts";
import { within } from "../_waiting.ts";
import { Ivr } from "./_ivr.ts";

/** Leads a call whose caller presses these digits, one a question. */
async function press(
  ...digits: string[]
): Promise<{ end: string; said: string[] }> {
  await using ivr = await Ivr.start();
  const said: string[] = [];
  ivr.server.agi("GET DATA", ({ args }, standard) => {
    assertEquals(args.slice(1), ["10", "1"]);
    const digit = digits.shift() ?? "";
    return digit === "" ? standard() : `200 result=${digit}`;
  });
  for (const command of ["SAY TIME", "STREAM FILE", "EXEC"]) {
    ivr.server.agi(command, ({ line }, standard) => {
      said.push(line.replace(/^SAY TIME .*/, "SAY TIME"));
      return standard();
    });
  }
  const end = Promise.withResolvers<string>();
  await using _ = AsyncAgi.serve(
    ivr.dami,
    (call) => menu(call, "PJSIP/6001", 10).then(end.resolve, end.reject),
  );
  await ivr.call();
  return { end: await within(end.promise), said };
}

Deno.test("The menu says the time, and asks again", async () => {
  const { end, said } = await press("1", "9", "1");
  assertEquals(end, "gave up");
  assertEquals(said, [
    "SAY TIME",
    'STREAM FILE pbx-invalid ""',
    "SAY TIME",
    'STREAM FILE vm-goodbye ""',
  ]);
});

Deno.test("The menu connects the caller", async () => {
  const { end, said } = await press("2");
  assertEquals(end, "connected: ANSWER");
  assertEquals(said, ["EXEC Dial PJSIP/6001,20,g"]);
});

Deno.test("The menu asks three times, and hangs up", async () => {
  const { end, said } = await press();
  assertEquals(end, "gave up");
  assertEquals(said, ['STREAM FILE vm-goodbye ""']);
});
