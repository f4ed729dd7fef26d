import { AmiServer } from "@dami/dami/testing";
import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { reachableRegistry, withRegistry } from "../tools/deno.ts";
import { runChild } from "./_run_child.ts";

const registry = await reachableRegistry();
const MODULE = new URL("../mod.ts", import.meta.url).href;
const CONFIG = fileURLToPath(new URL("../deno.json", import.meta.url));

/** Runs a program with no other permissions; returns what it prints. */
async function run(permissions: string[], program: string): Promise<string> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, program);
    const args = [
      "run",
      "--quiet",
      "--no-prompt",
      // The file is outside of the project, whose import map it needs.
      "--config",
      CONFIG,
      ...permissions,
      file,
    ];
    const { output, errors } = await runChild(
      Deno.execPath(),
      withRegistry(args, registry),
    );
    return output + errors;
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("importing DAMI and making one needs no permission", async () => {
  const program = `
    import { DAMI } from "${MODULE}";
    console.log(new DAMI({ logger: true }).state);
  `;
  assertEquals(await run([], program), "idle\n");
});

Deno.test("running DAMI needs the network permission for the PBX alone", async () => {
  await using server = AmiServer.start();
  const { hostname, port } = server;
  const program = `
    import { DAMI } from "${MODULE}";
    await using dami = new DAMI({ hostname: "${hostname}", port: ${port} });
    await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
    await dami.listen();
    console.log(await dami.ping());
  `;
  const permission = `--allow-net=${hostname}:${port}`;
  assertEquals(await run([permission], program), "true\n");
});

Deno.test("without the permission, DAMI says which one is missing", async () => {
  const program = `
    import { DAMI } from "${MODULE}";
    const dami = new DAMI({ hostname: "127.0.0.1", port: 5038 });
    try {
      await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
    } catch (error) {
      console.log(String(error));
    }
  `;
  assertEquals(
    await run([], program),
    "AmiConnectionError: Cannot connect to 127.0.0.1:5038: run deno with --allow-net=127.0.0.1:5038\n",
  );
});
