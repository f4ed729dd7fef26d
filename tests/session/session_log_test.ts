import { assertEquals } from "@std/assert";
import { AmiConnectionError, type DAMIOptions } from "../../mod.ts";
import { resolveOptions } from "../../src/options/options.ts";
import { SessionLog } from "../../src/session/session_log.ts";
import type { SessionKeeperHandlers } from "../../src/session/session_keeper.ts";

/** Records the lines that are logged and the errors that are handed on, in order. */
function record(options: DAMIOptions = {}): {
  readonly lines: string[];
  readonly handlers: SessionKeeperHandlers;
} {
  const lines: string[] = [];
  const note = (kind: string) => (message: string) => {
    lines.push(`${kind}: ${message}`);
  };
  const logger = {
    debug: note("debug"),
    info: note("info"),
    warn: note("warn"),
    error: note("error"),
  };
  const handed = (name: string) => () => {
    lines.push(name);
  };
  const log = new SessionLog(resolveOptions({ logger, ...options }));
  const handlers = log.ahead({
    connected: handed("connected"),
    loggedIn: handed("loggedIn"),
    disconnected: handed("disconnected"),
    reconnecting: handed("reconnecting"),
    gap: handed("gap"),
    closed: handed("closed"),
  });
  return { lines, handlers };
}

const LOSS = new AmiConnectionError("The connection was lost", {
  failure: "lost",
});

const GREETING = { hostname: "127.0.0.1", port: 5038, version: "11.0.0" };

Deno.test("what happens to a session is logged ahead of what is made of it", () => {
  const { lines, handlers } = record();
  const from = new Date(0);
  const to = new Date(1_500);
  handlers.connected(GREETING);
  handlers.loggedIn({ username: "dami" });
  handlers.reconnecting({ attempt: 2, delay: 100 });
  handlers.gap({ from, to, error: LOSS });
  handlers.closed({ error: undefined, isNews: false });
  assertEquals(lines, [
    "info: Connected to 127.0.0.1:5038, AMI version 11.0.0",
    "connected",
    'info: Logged in as "dami"',
    "loggedIn",
    "info: Reconnecting, attempt 2",
    "reconnecting",
    "warn: Events were missed from 1970-01-01T00:00:00.000Z to 1970-01-01T00:00:01.500Z",
    "gap",
    "closed",
  ]);
});

Deno.test("the loss of a session is logged as a warning with its reason, its closing is not", () => {
  const { lines, handlers } = record();
  handlers.disconnected({ reason: "lost", error: LOSS });
  handlers.disconnected({ reason: "close" });
  assertEquals(lines, [
    "warn: The connection was lost",
    "disconnected",
    "info: Disconnected",
    "disconnected",
  ]);
});

Deno.test("a secret that goes to another host unencrypted is warned of once", () => {
  const warning =
    "warn: The secret goes to pbx.example.org unencrypted: anybody who can read the traffic can read it";
  const cases: [DAMIOptions, string, string[]][] = [
    [{}, "pbx.example.org", [warning]],
    [{}, "127.0.0.1", []],
    [{ tls: true }, "pbx.example.org", []],
    [{ authType: "md5" }, "pbx.example.org", []],
  ];
  for (const [options, hostname, expected] of cases) {
    const { lines, handlers } = record({ hostname, ...options });
    handlers.connected({ ...GREETING, hostname });
    handlers.connected({ ...GREETING, hostname });
    assertEquals(lines.filter((line) => line.startsWith("warn")), expected);
  }
});

Deno.test("without a logger, what happens is handed on alone", () => {
  const { lines, handlers } = record({ logger: false });
  handlers.connected({ ...GREETING, hostname: "pbx.example.org" });
  handlers.gap({ from: new Date(), to: new Date(), error: LOSS });
  assertEquals(lines, ["connected", "gap"]);
});
