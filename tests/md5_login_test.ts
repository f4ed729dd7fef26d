import { assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { DAMI } from "../mod.ts";
import { ScriptedServer } from "./_scripted_server.ts";
import { within } from "./_waiting.ts";

/** Returns a PBX that takes every login with MD5, and reports its key. */
function challenging(onKey: (key: string) => void): ScriptedServer {
  return ScriptedServer.start(async (peer) => {
    await peer.write("Asterisk Call Manager/11.0.0\r\n");
    const challenge = await peer.next();
    if (challenge === undefined) return;
    await peer.frame(
      "Response: Success",
      `ActionID: ${challenge.get("ActionID")}`,
      "Challenge: 123456",
    );
    const login = await peer.next();
    onKey(login?.get("Key") ?? "");
    await peer.frame(
      "Response: Success",
      `ActionID: ${login?.get("ActionID")}`,
      "Message: Authentication accepted",
    );
    await peer.closed();
  });
}

for (
  const [encoding, bytes] of [
    ["utf-8", [0x67, 0xc3, 0xa9, 0xe2, 0x82, 0xac]],
    ["latin1", [0x67, 0xe9, 0x80]],
  ] as const
) {
  Deno.test(`a login with MD5 proves the bytes of the secret in ${encoding}`, async () => {
    const key = Promise.withResolvers<string>();
    await using server = challenging(key.resolve);
    const { hostname, port } = server;
    using dami = new DAMI({ hostname, port, authType: "md5", encoding });
    await within(dami.connectAndLogin({ username: "admin", secret: "gé€" }));
    const expected = createHash("md5").update("123456")
      .update(Uint8Array.from(bytes)).digest("hex");
    assertEquals(await key.promise, expected);
  });
}

for (
  const [encoding, secret] of [
    ["latin1", "日本"],
    ["utf-8", "half \ud800"],
  ] as const
) {
  Deno.test(`a login with MD5 refuses a secret that ${encoding} cannot express, as a plain one does`, async () => {
    for (const authType of ["md5", "plain"] as const) {
      await using server = challenging(() => {});
      const { hostname, port } = server;
      using dami = new DAMI({ hostname, port, authType, encoding });
      const error = await assertRejects(
        () => within(dami.connectAndLogin({ username: "admin", secret })),
        TypeError,
        `a character that ${encoding} does not have`,
      );
      assertEquals(error.message.includes(secret), false);
    }
  });
}
