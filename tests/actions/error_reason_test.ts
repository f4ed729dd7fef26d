import { assertEquals, assertRejects } from "@std/assert";
import { errorReason } from "../../src/actions/error_reason.ts";
import { AmiAuthenticationError, AmiResponseError, DAMI } from "../../mod.ts";
import { Frame } from "../../src/wire/frame.ts";
import { loggedIn } from "../_dami.ts";
import { ScriptedServer } from "../_scripted_server.ts";
import { within } from "../_waiting.ts";

function reasonOf(...lines: string[]): string {
  return errorReason(new Frame(["Response: Error", "ActionID: 1", ...lines]));
}

Deno.test("errorReason() is the message", () => {
  assertEquals(reasonOf("Message: No such queue"), "No such queue");
  assertEquals(reasonOf("Message: No", "Output: such queue"), "No");
});

Deno.test("errorReason() is the output where the message only says that it follows", () => {
  assertEquals(
    reasonOf(
      "Message: Command output follows",
      "Output:  Error: not found! ",
      "Output: ",
      "Output: Command 'x' failed.",
    ),
    "Error: not found! Command 'x' failed.",
  );
  assertEquals(reasonOf("Output: not found"), "not found");
});

Deno.test("errorReason() cuts output that is too long", () => {
  const reason = reasonOf(...Array(100).fill("Output: not found"));
  assertEquals(reason.length, 301);
  assertEquals(reason.at(-1), "…");
});

Deno.test("errorReason() is empty where there is none", () => {
  assertEquals(reasonOf(), "");
  assertEquals(
    reasonOf("Message: Command output follows", "Output: "),
    "Command output follows",
  );
});

Deno.test("to() rejects with the output of a command that fails, or says that there is no reason", async () => {
  await using session = await loggedIn(async (peer) => {
    for (const lines of [["Output: Not found!"], []]) {
      const action = await peer.next();
      const id = `ActionID: ${action?.get("ActionID")}`;
      await peer.frame("Response: Error", id, ...lines);
    }
    await peer.closed();
  });
  const { dami } = session;
  await assertRejects(
    () => within(dami.to("Command", { Command: "x" })),
    AmiResponseError,
    'Action "Command" failed: the PBX says "Not found!"',
  );
  await assertRejects(
    () => within(dami.to("CoreStatus")),
    AmiResponseError,
    'Action "CoreStatus" failed: the PBX gives no reason',
  );
});

Deno.test("a PBX that echoes the secret in its refusal puts it into no error and no log line", async () => {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  await using server = ScriptedServer.start(async (peer) => {
    await peer.write("Asterisk Call Manager/11.0.0\r\n");
    const action = await peer.next();
    await peer.frame(
      "Response: Error",
      `ActionID: ${action?.get("ActionID")}`,
      "Message: Wrong secret hunter2 of admin\nERROR forged",
    );
    await peer.closed();
  });
  await using dami = new DAMI({
    hostname: server.hostname,
    port: server.port,
    logger: { debug: log, info: log, warn: log, error: log },
  });
  const error = await assertRejects(
    () =>
      within(
        dami.connectAndLogin({ username: "admin", secret: "hunter2" }),
      ),
    AmiAuthenticationError,
    "Wrong secret *** of admin",
  );
  const text = `${Deno.inspect(error)} ${lines.join("\n")}`;
  assertEquals(text.includes("hunter2"), false, text);
  assertEquals(lines.filter((line) => line.includes("\n")), []);
  assertEquals(lines.some((line) => line.includes("\\u000aERROR")), true);
});
