import { assertEquals } from "@std/assert";
import { DAMI } from "../mod.ts";
import { CREDENTIALS } from "./_dami.ts";
import { AT_ONCE } from "./_faults.ts";
import { ScriptedServer } from "./_scripted_server.ts";
import { until } from "./_waiting.ts";

Deno.test("the first events of a session come after its 'login' and 'gap', in the state 'ready'", async () => {
  let sessions = 0;
  await using server = ScriptedServer.start(async (peer) => {
    const session = ++sessions;
    await peer.write("Asterisk Call Manager/11.0.0\r\n");
    const login = await peer.next();
    // The answer and the first events come in one piece.
    const event = (number: number) =>
      `Event: A\r\nSession: ${session}\r\nNumber: ${number}\r\n\r\n`;
    await peer.write(
      `Response: Success\r\nActionID: ${login?.id}\r\nMessage: Authentication accepted\r\n\r\n` +
        event(1) + event(2),
    );
    if (session === 1) {
      // The filter is asked for again in the next session, with events before its answer.
      const filter = await peer.next();
      await peer.frame("Response: Success", `ActionID: ${filter?.id}`);
      await peer.next();
      return;
    }
    const filter = await peer.next();
    await peer.write(
      event(3) + `Response: Success\r\nActionID: ${filter?.id}\r\n\r\n` +
        event(4),
    );
    await peer.closed();
  });
  const { hostname, port } = server;
  await using dami = new DAMI({ hostname, port, reconnect: AT_ONCE });
  const log: string[] = [];
  for (const type of ["connect", "login", "disconnect", "gap"] as const) {
    dami.addEventListener(type, () => log.push(type));
  }
  dami.on("A", ({ Session, Number }) => {
    log.push(`${Session}.${Number} ${dami.state}`);
  });
  await dami.listen();
  await dami.connectAndLogin(CREDENTIALS);
  await dami.to("Filter", { Operation: "Add", Filter: "Event: A" });
  await until(() => log.includes("1.2 ready"));
  void dami.to("Ping").catch(() => {});
  await until(() => log.includes("2.4 ready"));
  assertEquals(log, [
    "connect",
    "login",
    "1.1 ready",
    "1.2 ready",
    "disconnect",
    "connect",
    "login",
    "gap",
    "2.1 ready",
    "2.2 ready",
    "2.3 ready",
    "2.4 ready",
  ]);
});

Deno.test("close() in 'login' or 'gap' keeps the first events of that session from being delivered", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.write("Asterisk Call Manager/11.0.0\r\n");
    const login = await peer.next();
    await peer.write(
      `Response: Success\r\nActionID: ${login?.id}\r\n\r\nEvent: A\r\n\r\n`,
    );
    await peer.closed();
  });
  const { hostname, port } = server;
  await using dami = new DAMI({ hostname, port });
  let heard = 0;
  dami.on("A", () => heard++);
  dami.addEventListener("login", () => dami.close());
  await dami.listen();
  await dami.connectAndLogin(CREDENTIALS).catch(() => {});
  assertEquals(heard, 0);
  assertEquals(dami.state, "closed");
});
