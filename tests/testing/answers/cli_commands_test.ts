import { assertEquals, assertMatch } from "@std/assert";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { RawClient, type RawFrame } from "../_raw_client.ts";

async function run(client: RawClient, command: string): Promise<RawFrame> {
  await client.send(`Action: Command\r\nCommand: ${command}\r\n\r\n`);
  return await client.frame();
}

Deno.test("runCommand() knows a few commands, in any letter case", async () => {
  await using server = AmiServer.start({ asteriskVersion: "20.1.0" });
  using client = await RawClient.loggedIn(server.port);
  const version = await run(client, "Core  show VERSION");
  assertEquals(version.slice(0, 2), [
    ["Response", "Success"],
    ["Message", "Command output follows"],
  ]);
  assertMatch(version[2]?.[1] ?? "", /^Asterisk 20\.1\.0 /);
  const uptime = await run(client, "core show uptime");
  assertMatch(uptime[2]?.[1] ?? "", /^System uptime: \d+ seconds?$/);
  assertMatch(uptime[3]?.[1] ?? "", /^Last reload: \d+ seconds?$/);
});

Deno.test("runCommand() tells as far as it knows the command", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const cases: [string, string][] = [
    ["bogus thing", "bogus"],
    ["core show nothing at all", "core show nothing"],
    ["core show", "core show"],
  ];
  for (const [command, part] of cases) {
    assertEquals(await run(client, command), [
      ["Response", "Error"],
      ["Message", "Command output follows"],
      [
        "Output",
        `No such command '${command}' (type 'core show help ${part}' for other possible commands)`,
      ],
    ]);
  }
  assertEquals(await run(client, ""), [
    ["Response", "Error"],
    ["Message", "No command provided"],
  ]);
});
