import { AmiServer } from "@dami/dami/testing";
import { assertEquals } from "@std/assert";
import { DAMI } from "../../mod.ts";
import { reachableRegistry, withRegistry } from "../../tools/deno.ts";
import { CREDENTIALS } from "../_faults.ts";
import { within } from "../_waiting.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("examples/fleet.ts shows what goes on in several PBXs, also where one refuses the login", async () => {
  await using berlin = AmiServer.start({ ringTime: 1, talkTime: 1 });
  await using wien = AmiServer.start({ secret: "another" });
  const hosts = [berlin, wien].map(({ port }) => `127.0.0.1:${port}`);
  const args = withRegistry([
    "run",
    "--no-prompt",
    `--allow-net=${hosts.join()}`,
    "--allow-env=DAMI_USERNAME,DAMI_SECRET",
    "examples/fleet.ts",
    `berlin=${hosts[0]}`,
    `wien=${hosts[1]}`,
  ], await reachableRegistry());
  await using child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let output = "";
  const read = async (until: string) => {
    while (!output.includes(until)) {
      const { done, value = "" } = await within(reader.read(), 20_000);
      if (done) throw new Error(`The output ended: ${output}`);
      output += value;
    }
  };
  await read("berlin/sales");
  await using dami = new DAMI({ port: berlin.port });
  await dami.connectAndLogin(CREDENTIALS);
  await dami.to("Originate", {
    Channel: "PJSIP/6001",
    Application: "Dial",
    Data: "PJSIP/6002",
    Async: true,
  });
  await read("call-ended");
  child.kill("SIGINT");
  while (!(await within(reader.read())).done);
  assertEquals((await child.status).code, 0);
  assertEquals(
    output,
    `berlin: ready
wien: Cannot log in to ${
      hosts[1]
    } as "admin": the PBX says "Authentication failed"
berlin: Asterisk 22.10.1
0 calls go on in 2 PBXs
berlin/support: 2 members, 0 waiting
berlin/sales: 0 members, 0 waiting
berlin: call-started
berlin: call-connected
berlin: call-ended, Normal Clearing
`,
  );
});
