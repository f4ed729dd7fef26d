/**
 * PBXs in a process of their own, so that they and the client do not take
 * time from each other: some that send an event every few milliseconds, with
 * the time in it, and a wild one that does what the actions `Flood` and
 * `Garbage` order it. It prints the ports, and ends with its input.
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it prints the ports
import { AmiServer } from "../../src/testing/ami_server.ts";
import { type ScriptedPeer, ScriptedServer } from "../_scripted_server.ts";

/** The time between two events of a PBX (milliseconds). */
const PERIOD = 10;

const FLOOD = new TextEncoder().encode(
  "Event: Tick\r\nPrivilege: user,all\r\nChannel: PJSIP/6001-00000001\r\nUniqueid: 1795362749.5\r\n\r\n"
    .repeat(2_000),
);

const EMPTY_LINE = [13, 10, 13, 10];

/** Bytes of all kinds, with an empty line now and then. */
const GARBAGE = Uint8Array.from(
  { length: 65_536 },
  (_, index) => EMPTY_LINE[index % 610] ?? (index * 167 + (index >> 5)) % 256,
);

async function wild(peer: ScriptedPeer): Promise<void> {
  await peer.logIn();
  while (true) {
    const action = await peer.next();
    if (action === undefined) return;
    await peer.frame("Response: Success", `ActionID: ${action.id}`);
    const bytes = { Flood: FLOOD, Garbage: GARBAGE }[action.name];
    while (bytes !== undefined) await peer.write(bytes);
  }
}

const count = Number(Deno.args[0]);
const servers = Array.from({ length: count }, () => AmiServer.start());
await using wildServer = ScriptedServer.start(wild);
console.log(JSON.stringify({
  steady: servers.map(({ port }) => port),
  wild: wildServer.port,
}));

let last = performance.now();
const timer = setInterval(() => {
  const now = performance.now();
  // How late the machine is by itself, as the client takes no part in this.
  const Late = Math.max(0, Math.round(now - last - PERIOD));
  last = now;
  for (const server of servers) {
    server.emit({ Event: "Tick", Privilege: "user,all", At: Date.now(), Late });
  }
}, PERIOD);
for await (const _ of Deno.stdin.readable);
clearInterval(timer);
for (const server of servers) await server.close();
Deno.exit();
