/** The meaning of facts: no check of these touches a network. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { judgeActions, readActions } from "../../../src/cli/doctor/actions.ts";
import { judgeClock } from "../../../src/cli/doctor/clock.ts";
import { judgeConfiguration } from "../../../src/cli/doctor/configuration.ts";
import { judgeEncryption } from "../../../src/cli/doctor/encryption.ts";
import {
  type EventFacts,
  judgeEvents,
  readRights,
} from "../../../src/cli/doctor/events.ts";
import type { Finding, Level } from "../../../src/cli/doctor/finding.ts";
import { judgeGreeting } from "../../../src/cli/doctor/greeting.ts";
import { judgeLogin } from "../../../src/cli/doctor/login.ts";
import { judgeName } from "../../../src/cli/doctor/name.ts";
import { aheadOf } from "../../../src/cli/doctor/pings.ts";
import { judgePort } from "../../../src/cli/doctor/port.ts";
import type { Attempt, Reach } from "../../../src/cli/doctor/probe.ts";
import type { TlsFailure } from "../../../src/cli/failures/tls_failure.ts";
import {
  judgeReading,
  type ReadingFacts,
} from "../../../src/cli/doctor/reading.ts";
import { judgeRoundTrips } from "../../../src/cli/doctor/round_trips.ts";
import { judgeSecondLogin } from "../../../src/cli/doctor/several_logins.ts";

/** The levels of findings, in their order. */
function levels(findings: readonly Finding[]): Level[] {
  return findings.map(({ level }) => level);
}

/** All that findings say. */
function textOf(findings: readonly Finding[]): string {
  return findings.flatMap(({ what, advice = [] }) => [what, ...advice])
    .join("\n");
}

/** Asserts that each problem comes with advice, and that sentences have no full stop. */
function assertHelpful(findings: readonly Finding[]): void {
  for (const { level, what, advice = [] } of findings) {
    if (level !== "ok" && level !== "note") assert(advice.length > 0, what);
    for (const each of [what, ...advice]) assert(!/[.\s]$/.test(each), each);
  }
}

Deno.test("a name", () => {
  assertEquals(levels(judgeName("::1", { outcome: "is-address" })), ["ok"]);
  const addresses = ["10.0.0.5", "fd00::5"];
  const resolved = judgeName("pbx", { outcome: "resolved", addresses });
  assertEquals(levels(resolved), ["ok"]);
  assertStringIncludes(textOf(resolved), "10.0.0.5, fd00::5");
  for (const outcome of ["unknown", "no-resolver", "late"] as const) {
    const findings = judgeName("pbx", { outcome, detail: "ENOTFOUND" });
    assertEquals(levels(findings), ["problem"]);
    assertHelpful(findings);
  }
  assertEquals(
    levels(judgeName("pbx", { outcome: "not-permitted", detail: "EPERM" })),
    ["note"],
  );
});

function attemptAt(hostname: string, reach: Reach): Attempt {
  return { place: { hostname, port: 5038 }, reach, time: 1, detail: "why" };
}

Deno.test("a port that is open", () => {
  const attempts = [attemptAt("10.0.0.5", "open")];
  assertEquals(
    levels(judgePort({ port: 5038, isTls: false, attempts })),
    ["ok"],
  );
});

Deno.test("a port that is open at one address of two", () => {
  // localhost is ::1 first, and Asterisk listens only on 127.0.0.1.
  const attempts = [
    attemptAt("::1", "refused"),
    attemptAt("127.0.0.1", "open"),
  ];
  const findings = judgePort({ port: 5038, isTls: false, attempts });
  assertEquals(levels(findings), ["ok", "note"]);
  assertHelpful(findings);
  assertStringIncludes(textOf(findings), "[::1]:5038");
  assertStringIncludes(textOf(findings), "[general]: bindaddr = ::");
  assertStringIncludes(textOf(findings), "--hostname 127.0.0.1");

  // A firewall leaves connections waiting.
  attempts[0] = attemptAt("fd00::5", "silent");
  assertEquals(
    levels(judgePort({ port: 5038, isTls: true, attempts })),
    ["ok", "warning"],
  );
});

Deno.test("a port that is not open", () => {
  for (
    const [reach, hostname, said] of [
      ["refused", "127.0.0.1", "[general]: enabled = yes; port = 5038"],
      ["refused", "10.0.0.5", "bindaddr = 0.0.0.0"],
      ["silent", "10.0.0.5", "firewall"],
      ["unreachable", "10.0.0.5", "why"],
      ["not-permitted", "10.0.0.5", "--allow-net=10.0.0.5:5038"],
    ] as const
  ) {
    const attempts = [attemptAt(hostname, reach)];
    const findings = judgePort({ port: 5038, isTls: false, attempts });
    assertEquals(levels(findings), ["problem"], reach);
    assertHelpful(findings);
    assertStringIncludes(textOf(findings), said);
  }
});

Deno.test("a port that is elsewhere", () => {
  const attempts = [attemptAt("127.0.0.1", "refused")];
  const facts = { port: 5000, isTls: false, attempts };
  assertStringIncludes(
    textOf(judgePort({ ...facts, elsewhere: { port: 5038, greets: true } })),
    "--port 5038",
  );
  assertStringIncludes(
    textOf(judgePort({ ...facts, elsewhere: { port: 5039, greets: false } })),
    "--tls --port 5039",
  );
});

Deno.test("encryption", () => {
  const plain = (isLocal: boolean) =>
    judgeEncryption({ outcome: "plain", isLocal });
  assertEquals(levels(plain(true)), ["ok"]);
  assertEquals(levels(plain(false)), ["warning"]);
  assertHelpful(plain(false));
  assertEquals(
    levels(judgeEncryption({ outcome: "trusted", serverName: "pbx" })),
    ["ok"],
  );
  const failures: [TlsFailure, detail: string, said: string][] = [
    ["unknown-authority", "UnknownIssuer", "--ca"],
    [
      "wrong-name",
      'certificate not valid for name "x"; certificate is only valid for DnsName("pbx.test") or IpAddress(127.0.0.1)',
      "but for pbx.test, 127.0.0.1",
    ],
    ["wrong-name", "is not valid for any names", "nor for any other name"],
    [
      "expired",
      "but certificate is not valid after 1609459200 (1 seconds ago)",
      "since 2021-01-01",
    ],
    [
      "not-yet-valid",
      "but certificate is not valid before 1893456000 (1 seconds)",
      "until 2030-01-01",
    ],
    ["is-authority", "CaUsedAsEndEntity", "subjectAltName=DNS:pbx.example"],
    ["old-certificate", "UnsupportedCertVersion", "version 1"],
    ["bad-certificate", "BadEncoding", "BadEncoding"],
    ["old-protocol", "ProtocolVersion", "TLS 1.2"],
    ["not-tls", "corrupt message", "tlsenable = yes"],
    ["closed", "unexpected end of file", "tlsprivatekey"],
    ["silent", "no answer", "5039"],
  ];
  for (const [failure, detail, said] of failures) {
    const findings = judgeEncryption({
      outcome: "failed",
      failure,
      detail,
      serverName: "pbx.example",
      where: "pbx.example:5039",
    });
    assertEquals(levels(findings), ["problem"], failure);
    assertHelpful(findings);
    assertStringIncludes(textOf(findings), said);
  }
});

Deno.test("a greeting", () => {
  const ami = (version: string, time = 1) =>
    judgeGreeting({
      greeting: { kind: "ami", line: "", version },
      time,
    });
  assertStringIncludes(textOf(ami("11.0.0")), "Asterisk 22");
  assertStringIncludes(textOf(ami("5.0.4")), "Asterisk 16");
  assertEquals(levels(ami("2.10.6")), ["ok", "note"]);
  assertEquals(levels(ami("99.0")), ["note"]);
  assertEquals(levels(ami("11.0.0", 2_000)), ["ok", "warning"]);

  const others = [
    judgeGreeting({
      greeting: { kind: "other", line: "SSH-2.0-OpenSSH_9.6" },
      time: 1,
    }),
    judgeGreeting({ greeting: { kind: "closed", detail: "" }, time: 1 }),
    judgeGreeting({ greeting: { kind: "silent" }, time: 5_000 }),
    judgeGreeting({ greeting: { kind: "silent" }, time: 1, speaksTls: true }),
    judgeGreeting({
      greeting: { kind: "silent" },
      time: 1,
      web: "HTTP/1.1 404 Not Found",
    }),
  ];
  const said = ["SSH server", "authlimit", "5.0 s", "--tls", "8088"];
  for (const [index, findings] of others.entries()) {
    assertEquals(levels(findings), ["problem"]);
    assertHelpful(findings);
    assertStringIncludes(textOf(findings), said[index] ?? "");
  }
});

Deno.test("a login", () => {
  assertEquals(levels(judgeLogin("admin", { outcome: "in", time: 1 })), ["ok"]);
  assertEquals(
    levels(judgeLogin("admin", { outcome: "no-secret", detail: "none" })),
    ["warning"],
  );
  const refused = judgeLogin("admin", {
    outcome: "refused",
    ownAddress: "10.0.0.9",
  });
  assertStringIncludes(textOf(refused), "[admin]: permit = 10.0.0.9/32");
  assertStringIncludes(textOf(refused), "nonexistent user");
  const bad = [
    refused,
    judgeLogin("admin", { outcome: "refused", ownAddress: "fd00::9" }),
    judgeLogin("admin", { outcome: "in-use" }),
    judgeLogin("admin", { outcome: "shutdown" }),
    judgeLogin("admin", { outcome: "late", timeout: 5_000 }),
    judgeLogin("admin", { outcome: "lost", detail: "closed" }),
  ];
  for (const findings of bad) {
    assertEquals(levels(findings), ["problem"]);
    assertHelpful(findings);
  }
});

Deno.test("manager.conf that may not be looked at", () => {
  const findings = judgeConfiguration("operator", {});
  assertEquals(levels(findings), ["note"]);
  assertStringIncludes(textOf(findings), "manager show user operator");
});

/** A section with these lines. */
function section(lines: { read?: string[]; write?: string[] }) {
  return {
    read: [],
    write: [],
    eventFilters: [],
    writeTimeout: undefined,
    ...lines,
  };
}

Deno.test("manager.conf that says what it means", () => {
  const findings = judgeConfiguration("admin", {
    inForce: { read: new Set(["call"]), write: new Set() },
    inFile: section({ read: ["call"] }),
  });
  assertEquals(levels(findings), ["ok"]);
  assertStringIncludes(textOf(findings), "read = call, write = (none)");
  assertEquals(
    levels(judgeConfiguration("admin", { inFile: section({}) })),
    ["ok"],
  );
});

Deno.test("manager.conf that does not say what it means", () => {
  const cases: [read: string[], inForce: string[] | undefined, said: string][] =
    [
      [["call, agent"], ["call"], "[x]: read = call,agent, without spaces"],
      [["call,agnt"], undefined, "Unknown class agnt"],
      [["call", "agent"], undefined, "only the last one counts"],
      [["a,,b"], undefined, "also gives system, call"],
      [["call"], ["agent"], "not reloaded"],
    ];
  for (const [read, inForce, said] of cases) {
    const findings = judgeConfiguration("x", {
      ...inForce === undefined
        ? {}
        : { inForce: { read: new Set(inForce), write: new Set<string>() } },
      inFile: section({ read }),
    });
    const warnings = findings.filter(({ level }) => level === "warning");
    assert(warnings.length > 0, read.join());
    assertHelpful(findings);
    assertStringIncludes(textOf(warnings), said);
  }
});

const LISTED = readActions({
  Response: "Success",
  Events: "Control Event Flow.  (Priv: <none>)",
  Ping: "Keepalive command.  (Priv: <none>)",
  Originate: "Originate a call.  (Priv: originate,all)",
  Status: "List channel status.  (Priv: system,call,reporting,all)",
});

Deno.test("readActions() reads what ListCommands answers", () => {
  assertEquals([...LISTED.keys()], ["Events", "Ping", "Originate", "Status"]);
  assertEquals([...LISTED.get("Status") ?? []], [
    "system",
    "call",
    "reporting",
  ]);
  assertEquals(LISTED.get("Ping")?.size, 0);
});

Deno.test("actions that are wanted", () => {
  const judge = (action: string) =>
    judgeActions({
      username: "x",
      actions: LISTED,
      user: { inForce: { read: new Set(), write: new Set(["originate"]) } },
      wanted: [action],
    }).at(-1);
  assertEquals(judge("originate")?.level, "ok");
  const command = judge("Command");
  assertEquals(command?.level, "problem");
  assertEquals(command?.advice, [
    "manager.conf, [x]: write = command,originate",
  ]);
  // Everybody may send it, so its module is not loaded.
  const queue = judge("QueueStatus");
  assertEquals(queue?.level, "problem");
  assertStringIncludes(
    textOf(queue ? [queue] : []),
    "module show like app_queue",
  );
  const unknown = judge("Orignate");
  assertEquals(unknown?.level, "problem");
  assertStringIncludes(textOf(unknown ? [unknown] : []), "'Originate'");
});

Deno.test("who may send nothing, and who may send all", () => {
  const actions = readActions({ Ping: "Keepalive command.  (Priv: <none>)" });
  const none = judgeActions({ username: "x", actions, user: {}, wanted: [] });
  assertEquals(none[0]?.level, "warning");
  assertHelpful(none);
  const write = new Set(["command", "call"]);
  const all = judgeActions({
    username: "x",
    actions,
    user: { inForce: { read: new Set(), write } },
    wanted: [],
  });
  assertStringIncludes(textOf(all), "full control");
});

const NOTHING: EventFacts = {
  username: "x",
  user: {},
  byClass: new Map(),
  count: 0,
  time: 2_000,
  sawFullyBooted: false,
  sawOwnLogin: false,
  userEvent: "not-sent",
  wanted: [],
};

Deno.test("readRights() draws from what comes, and what does not", () => {
  const rights = readRights({
    ...NOTHING,
    byClass: new Map([["call", 3]]),
    userEvent: "missing",
  });
  assertEquals([...rights.has], ["call"]);
  assertEquals([...rights.lacks].sort(), ["security", "system", "user"]);
  assert(!rights.isComplete);

  const seen = readRights({
    ...NOTHING,
    byClass: new Map([["system", 1], ["security", 1], ["user", 1]]),
    sawFullyBooted: true,
    sawOwnLogin: true,
    userEvent: "came",
  });
  assertEquals(seen.lacks.size, 0);
});

Deno.test("readRights() is what is in force, else what the file says", () => {
  const inFile = section({ read: ["agent", "call, user"] });
  assertEquals([...readRights({ ...NOTHING, user: { inFile } }).has], ["call"]);
  const inForce = { read: new Set(["dtmf"]), write: new Set<string>() };
  const rights = readRights({ ...NOTHING, user: { inFile, inForce } });
  assertEquals([...rights.has], ["dtmf"]);
  assert(rights.isComplete);
});

Deno.test("events that are wanted", () => {
  const reading = (read: string[], wanted: string, more = {}) =>
    judgeEvents({
      ...NOTHING,
      user: {
        inForce: { read: new Set(read), write: new Set() },
        ...more,
      },
      wanted: [wanted],
    }).at(-1);
  assertEquals(reading(["call"], "hangup")?.level, "ok");
  const missing = reading(["call"], "QueueCallerJoin");
  assertEquals(missing?.level, "problem");
  assertEquals(missing?.advice, ["manager.conf, [x]: read = call,agent"]);
  assertEquals(
    reading(["call"], "Hangup", { disabledEvents: ["Hangup"] })?.level,
    "problem",
  );
  const eventFilters = ["eventfilter = Event: Newchannel"];
  assertEquals(
    reading(["call"], "Hangup", { inFile: { ...section({}), eventFilters } })
      ?.level,
    "warning",
  );
  assertEquals(reading(["call"], "Hangupp")?.level, "note");
  const cdr = reading(["cdr"], "Cdr");
  assertEquals(cdr?.level, "ok");
  assertStringIncludes(textOf(cdr ? [cdr] : []), "cdr_manager.conf");
  // Nothing is known of what this user reads.
  const unknown = judgeEvents({ ...NOTHING, wanted: ["Hangup"] }).at(-1);
  assertEquals(unknown?.level, "note");
  assertEquals(unknown?.advice, [
    "If it does not arrive: manager.conf, [x]: read = …,call",
  ]);
});

Deno.test("who reads nothing, and whose own event is lost", () => {
  const user = {
    inForce: { read: new Set<string>(), write: new Set<string>() },
  };
  const [nothing] = judgeEvents({ ...NOTHING, user });
  assertEquals(nothing?.level, "warning");
  const read = new Set(["user"]);
  const lost = judgeEvents({
    ...NOTHING,
    user: { inForce: { ...user.inForce, read } },
    userEvent: "missing",
  });
  assert(levels(lost).includes("problem"));
  assertHelpful(lost);
});

Deno.test("a second login", () => {
  assertEquals(levels(judgeSecondLogin("x", { outcome: "in" })), ["ok"]);
  const inUse = judgeSecondLogin("x", { outcome: "in-use" });
  assertEquals(levels(inUse), ["warning"]);
  assertStringIncludes(textOf(inUse), "[x]: allowmultiplelogin = yes");
  const failed = judgeSecondLogin("x", { outcome: "failed", detail: "y" });
  assertEquals(levels(failed), ["warning"]);
  assertHelpful(failed);
});

Deno.test("reading", () => {
  const fast: ReadingFacts = {
    username: "x",
    user: {},
    bytes: 100_000,
    time: 10,
    stall: 1,
  };
  assertEquals(levels(judgeReading(fast)), ["ok", "note"]);
  assertEquals(levels(judgeReading({ ...fast, time: 1_000 })), [
    "warning",
    "note",
  ]);
  const timeout = (writeTimeout: number | undefined, stall = 1) =>
    judgeReading({
      ...fast,
      stall,
      user: { inFile: { ...section({}), writeTimeout } },
    }).at(-1);
  assertEquals(timeout(5_000)?.level, "ok");
  assertEquals(timeout(undefined)?.level, "note");
  // Asterisk takes no less than 100.
  assertStringIncludes(timeout(50)?.what ?? "", "within 100 ms");
  assertEquals(timeout(100, 80)?.level, "warning");
  assertEquals(timeout(100)?.advice, [
    "manager.conf, [x]: writetimeout = 5000",
  ]);
});

Deno.test("round trips", () => {
  const pongs = (...times: number[]) =>
    times.map((time) => ({ time, ahead: 0 }));
  assertEquals(levels(judgeRoundTrips(pongs(1, 2, 3))), ["ok"]);
  assertEquals(levels(judgeRoundTrips(pongs(80, 90, 100))), ["note"]);
  assertEquals(levels(judgeRoundTrips(pongs(800, 900, 990))), ["warning"]);
  assertEquals(levels(judgeRoundTrips(pongs(1, 2, 300))), ["note"]);
});

Deno.test("the clock", () => {
  assertEquals(aheadOf("1000.500000", 1_000_000, 200), 400);
  assertEquals(aheadOf(undefined, 0, 0), undefined);
  assertEquals(aheadOf("", 0, 0), undefined);
  assertEquals(aheadOf("soon", 0, 0), undefined);
  const clock = (ahead: number | undefined, time = 1) =>
    judgeClock([{ time, ahead }]);
  assertEquals(levels(clock(3)), ["ok"]);
  assertEquals(levels(clock(-3)), ["ok"]);
  assertEquals(levels(clock(-90_000)), ["warning"]);
  assertHelpful(clock(-90_000));
  // Nobody knows when within the round trip it was read.
  assertEquals(levels(clock(1_500, 2_000)), ["ok"]);
  assertEquals(levels(clock(undefined)), ["note"]);
});
