import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type ActionData,
  AmiConnectionError,
  type AmiError,
  AmiLimitError,
  AmiProtocolError,
  type Direction,
  type DisconnectDetail,
} from "../mod.ts";
import {
  actionsOf,
  answerAll,
  CREDENTIALS,
  loggedIn,
  success,
} from "./_dami.ts";
import { until, within } from "./_waiting.ts";

Deno.test("frames that are malformed, foreign or too large are reported, and the session lives on", async () => {
  await using session = await loggedIn(async (peer) => {
    // Asked for, so that nothing comes before the test listens for errors.
    const [ping] = await actionsOf(peer, 1);
    assert(ping !== undefined);
    await success(peer, ping);
    await peer.frame("some text that belongs to nothing");
    await peer.frame("Response: Success", "ActionID: nobody-asked");
    await peer.frame("Event: Huge", ...Array(20).fill("A: b"));
    const [first, second] = await actionsOf(peer, 2);
    assert(first !== undefined && second !== undefined);
    await success(peer, first, ...Array(20).fill("A: b"));
    await success(peer, second);
    await peer.write("Event: Cut\r\nA: ");
  }, { limits: { maxHeaders: 10 } });
  const { dami } = session;
  const errors: AmiError[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  await dami.to("Ping");
  const results = await Promise.allSettled([
    dami.to("Status"),
    dami.to("CoreStatus"),
  ]);
  assertEquals(results[1].status, "fulfilled");
  assert(results[0].status === "rejected");
  assert(results[0].reason instanceof AmiLimitError);
  await until(() => dami.state === "closed");
  assertEquals(errors.map(({ code }) => code), [
    "AMI_PROTOCOL",
    "AMI_LIMIT",
    "AMI_PROTOCOL",
  ]);
  const [text, huge, cut] = errors;
  assert(text instanceof AmiProtocolError);
  assertEquals(text.lines, ["some text that belongs to nothing"]);
  assert(huge instanceof AmiLimitError);
  assertEquals(huge.message, 'Event "Huge" has more than 10 lines');
  assert(cut instanceof AmiProtocolError);
  assertEquals(cut.lines, ["Event: Cut", "A: "]);
});

Deno.test("a line without an end closes the connection with a reason", async () => {
  await using session = await loggedIn(async (peer) => {
    await actionsOf(peer, 1);
    await peer.frame("Event: Before");
    await peer.write("x".repeat(100_000));
    await peer.closed();
  }, { limits: { maxLineLength: 10_000 } });
  const { dami } = session;
  const heard: unknown[] = [];
  dami.on("Before", (event) => heard.push(event.Event));
  await dami.listen();
  const lost = new Promise<DisconnectDetail>((resolve) =>
    dami.addEventListener("disconnect", ({ detail }) => resolve(detail))
  );
  await assertRejects(() => within(dami.to("Ping")), AmiConnectionError);
  const { reason, error } = await within(lost);
  await until(() => heard.length > 0);
  assertEquals(heard, ["Before"]);
  assertEquals(reason, "lost");
  assert(error?.cause instanceof AmiLimitError);
  assertEquals(error.cause.limit, "maxLineLength");
});

Deno.test("onLine sees every line, and what it throws is reported", async () => {
  const lines: string[] = [];
  const thrown = new Error("Thrown");
  await using session = await loggedIn(answerAll, {
    onLine(line) {
      lines.push(line);
      if (line.startsWith("Ping")) throw thrown;
    },
  });
  const { dami } = session;
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  await dami.to("Ping", { ActionID: "p" });
  assertEquals(lines[0], "Asterisk Call Manager/11.0.0");
  assertEquals(lines.slice(-4), [
    "Response: Success",
    "ActionID: p",
    "Ping: Pong",
    "",
  ]);
  assertEquals(errors, [thrown]);
});

Deno.test("onBytes sees what is read and written, and what it throws is reported", async () => {
  const seen: Record<Direction, Uint8Array[]> = { received: [], sent: [] };
  const thrown = new Error("Thrown");
  let throws = false;
  await using session = await loggedIn(answerAll, {
    onBytes(bytes, direction) {
      seen[direction].push(bytes);
      if (throws && direction === "sent") throw thrown;
    },
  });
  const { dami } = session;
  const errors: unknown[] = [];
  dami.addEventListener("error", ({ error }) => errors.push(error));
  throws = true;
  await dami.to("Ping", { ActionID: "p" });

  const text = async (direction: Direction) =>
    await new Blob(seen[direction].map((bytes) => bytes.slice())).text();
  const received = await text("received");
  assert(received.startsWith("Asterisk Call Manager/11.0.0\r\n"));
  assert(
    received.endsWith("Response: Success\r\nActionID: p\r\nPing: Pong\r\n\r\n"),
  );
  const sent = await text("sent");
  assert(sent.startsWith("Action: Login\r\n"));
  assert(sent.endsWith("Action: Ping\r\nActionID: p\r\n\r\n"));
  assertEquals(errors, [thrown]);
  const { bytesReceived, bytesSent } = dami.stats();
  assertEquals([bytesReceived, bytesSent], [received.length, sent.length]);
});

Deno.test("secrets appear in no log line and in no inspection", async () => {
  const lines: string[] = [];
  const log = (message: string) => lines.push(message);
  await using session = await loggedIn(answerAll, {
    logger: { debug: log, info: log, warn: log, error: log },
  });
  const { dami } = session;
  await dami.to("DBPut", { Family: "f", Key: "k", Val: "v" });
  assert(lines.some((line) => line.includes('Login Username="admin"')));
  assert(lines.length > 3);
  const shown = `${lines.join("\n")}\n${
    Deno.inspect(dami, { depth: 10, showHidden: true })
  }`;
  assert(!shown.includes(CREDENTIALS.secret));
});

/** Values that must never reach the wire. */
const REFUSED: Record<string, () => [action: string, data?: ActionData]> = {
  "a CR LF in a value": () => ["Ping", { A: "b\r\nAction: Hangup" }],
  "a LF in a value": () => ["Ping", { A: "b\nAction: Hangup" }],
  "a CR in a value": () => ["Ping", { A: "b\rc" }],
  "a NUL in a value": () => ["Ping", { A: "b\0c" }],
  "a LF in a header name": () => ["Ping", { "A\nAction": "Hangup" }],
  "a LF in the action": () => ["Ping\r\nAction: Hangup"],
  "a LF in the ActionID": () => ["Ping", { ActionID: "1\n2" }],
  "a second Action": () => ["Ping", { action: "Hangup" }],
  "a second ActionID": () => ["Ping", { ActionID: 1, actionid: 2 }],
  "headers that are no object": () => ["Ping", JSON.parse("null")],
  "headers in an array": () => ["Ping", JSON.parse('["A: b"]')],
  "a line too long": () => ["Ping", { A: "x".repeat(1_020) }],
  "too many headers": () => ["Ping", { A: Array(127).fill("x") }],
};

for (const [what, parameters] of Object.entries(REFUSED)) {
  Deno.test(`to() refuses ${what}, and writes not one byte`, async () => {
    const received = Promise.withResolvers<string>();
    await using session = await loggedIn(async (peer) => {
      const before = peer.received.length;
      await actionsOf(peer, 1);
      received.resolve(peer.received.slice(before));
    });
    const { dami } = session;
    const error = await dami.to<string>(...parameters()).catch((
      error: unknown,
    ) => error);
    assert(error instanceof TypeError || error instanceof RangeError);
    dami.to("Fence", { ActionID: "fence" }).catch(() => {});
    assertEquals(
      await within(received.promise),
      "Action: Fence\r\nActionID: fence\r\n\r\n",
    );
  });
}
