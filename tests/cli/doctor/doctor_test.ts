/** The real command, against the embedded PBX, and against other peers that may be there instead. */

import { AmiServer, type AmiServerOptions } from "@dami/dami/testing";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import {
  makeCertificates,
  SERVER_NAME,
} from "../../../tools/asterisk_certificates.ts";
import { ScriptedServer } from "../../_scripted_server.ts";
import { runChild } from "../../_run_child.ts";
import { diagnose, runDoctor } from "./_run.ts";
import { posixTest } from "../../_posix.ts";

/** Listens no longer than needed. */
const BRIEF = ["--listen", "50ms"];

/** The actions that the doctor may send without being asked to: none changes anything. */
const HARMLESS = new Set([
  "Login",
  "Logoff",
  "ListCommands",
  "Command",
  "GetConfig",
  "Ping",
]);

const AFTER_LOGIN = [
  "manager.conf",
  "Actions",
  "Events",
  "Several logins",
  "Reading",
  "Round trips",
  "Clock",
];

Deno.test("doctor finds nothing wrong with a PBX that is well", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const report = await diagnose({ port, args: BRIEF });
  assertEquals(report.code, 0);
  assertEquals(report.checks, [
    "Name",
    "Port",
    "Encryption",
    "Greeting",
    "Login",
    ...AFTER_LOGIN,
  ]);
  for (const check of report.checks) {
    assert(report.levels(check).every((level) => level !== "problem"), check);
  }
  assertStringIncludes(report.text("Greeting"), "Asterisk 22");
  assertStringIncludes(report.text("Events"), "admin reads system");
  assertEquals(report.levels("Clock"), ["ok"]);
  const sent = server.received.map(({ name }) => name);
  assertEquals(sent.filter((name) => !HARMLESS.has(name)), []);
  const commands = server.received.filter(({ name }) => name === "Command")
    .map((action) => action.get("Command"));
  assertEquals(commands, ["manager show user admin", "manager show settings"]);
  assertEquals(server.clients.length, 0);
});

Deno.test("doctor writes a report for people", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const { code, output, errors } = await runDoctor({ port, args: BRIEF });
  assertEquals(errors, "");
  assertEquals(code, 0);
  assert(
    output.startsWith(`Examining dami://admin@127.0.0.1:${port}\n\nName\n`),
  );
  assertStringIncludes(output, "\nLogin\n  ✔ ok       admin is logged in (");
  assertStringIncludes(output, "\nNo problems, ");
});

Deno.test("doctor may connect to one port alone", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const report = await diagnose({
    port,
    args: BRIEF,
    permissions: [`--allow-net=127.0.0.1:${port}`, "--allow-env"],
  });
  assertEquals(report.code, 0);
});

Deno.test("doctor resolves a name, and tells each address", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const args = [...BRIEF, "--hostname", "localhost"];
  const report = await diagnose({ port, args });
  assertEquals(report.code, 0);
  assertStringIncludes(report.text("Name"), "127.0.0.1");

  // A permission for the name and the port does not permit to look it up.
  const limited = await diagnose({
    port,
    args,
    permissions: [`--allow-net=localhost:${port}`, "--allow-env"],
  });
  assertEquals(limited.code, 0);
  assertEquals(limited.levels("Name"), ["note"]);
});

Deno.test("doctor: there is no such host", async () => {
  const args = ["--hostname", "pbx.invalid", "--timeout", "2s"];
  const report = await diagnose({ args });
  assertEquals(report.code, 1);
  assertEquals(report.levels("Name"), ["problem"]);
  assertEquals(report.notChecked("Login"), "the host has no address");
});

Deno.test("doctor: nothing listens there", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  await server.refuse();
  const report = await diagnose({ port });
  assertEquals(report.code, 1);
  assertEquals(report.levels("Port"), ["problem"]);
  assertStringIncludes(report.text("Port"), `enabled = yes; port = ${port}`);
  for (const check of ["Encryption", "Greeting", "Login", ...AFTER_LOGIN]) {
    assertEquals(report.notChecked(check), "no port is open");
  }
});

for (
  const [who, script, said] of [
    ["an SSH server", "SSH-2.0-OpenSSH_9.6\r\n", "an SSH server"],
    ["a mail server", "220 mail.example ESMTP\r\n", "a mail server"],
    ["something else", "\x1b[2Jhello\n", '\\u001b[2Jhello"'],
  ] as const
) {
  Deno.test(`doctor: ${who} greets`, async () => {
    await using server = ScriptedServer.start(async (peer) => {
      await peer.write(script);
      await peer.closed();
    });
    const report = await diagnose(server);
    assertEquals(report.code, 1);
    assertEquals(report.levels("Greeting"), ["problem"]);
    assertStringIncludes(report.text("Greeting"), said);
    assertEquals(report.notChecked("Login"), "there is no manager interface");
  });
}

Deno.test("doctor: nobody greets", async () => {
  await using server = ScriptedServer.start((peer) => peer.closed());
  const { port } = server;
  const report = await diagnose({ port, args: ["--timeout", "300ms"] });
  assertEquals(report.code, 1);
  assertMatch(report.text("Greeting"), /No greeting within \d+ ms/);
});

Deno.test("doctor: the connection is closed at once", async () => {
  await using server = ScriptedServer.start(() => Promise.resolve());
  const report = await diagnose(server);
  assertEquals(report.code, 1);
  assertStringIncludes(report.text("Greeting"), "authlimit");
});

Deno.test("doctor: it is a web server", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    // It takes what TLS begins with for nothing it knows, and waits.
    if (await peer.next() === undefined) return;
    if (!peer.received.startsWith("HEAD ")) return;
    await peer.write("HTTP/1.1 404 Not Found\r\n\r\n");
  });
  const { port } = server;
  const report = await diagnose({ port, args: ["--timeout", "300ms"] });
  assertEquals(report.code, 1);
  assertStringIncludes(report.text("Greeting"), "HTTP/1.1 404 Not Found");
});

Deno.test("doctor: the login is refused", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const report = await diagnose({ port, secret: "not the secret" });
  assertEquals(report.code, 1);
  assertEquals(report.levels("Login"), ["problem"]);
  assertStringIncludes(report.text("Login"), "[admin]: permit = 127.0.0.1/32");
  for (const check of AFTER_LOGIN) {
    assertEquals(report.notChecked(check), "not logged in");
  }
});

Deno.test("doctor: there is no secret", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const report = await diagnose({ port, secret: "" });
  assertEquals(report.levels("Greeting"), ["ok"]);
  assertEquals(report.levels("Login"), ["warning"]);
  assertStringIncludes(report.text("Login"), "DAMI_SECRET");
});

Deno.test("doctor: the user is logged in already", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  server.on("Login", () => ({
    Response: "Error",
    Message: "Login Already In Use",
  }));
  const report = await diagnose({ port });
  assertEquals(report.code, 1);
  assertStringIncludes(report.text("Login"), "allowmultiplelogin = yes");
});

Deno.test("doctor: the user may log in only once", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  let logins = 0;
  server.on("Login", () => ({
    Response: ++logins === 1 ? "Success" : "Error",
    Message: logins === 1 ? "Authentication accepted" : "Login Already In Use",
  }));
  // Nobody is logged in by such a script, so what follows is scripted as well.
  server.on("ListCommands", () => ({ Response: "Success" }));
  server.on("Ping", () => ({ Response: "Success", Ping: "Pong" }));
  const report = await diagnose({ port, args: BRIEF });
  assertEquals(report.code, 0);
  assertEquals(report.levels("Several logins"), ["warning"]);
  assertEquals(report.levels("Clock"), ["note"]);
});

Deno.test("doctor: Asterisk shuts down", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  server.on("Login", () => ({
    Response: "Error",
    Message: "Asterisk is shutting down",
  }));
  const report = await diagnose({ port });
  assertEquals(report.code, 1);
  assertStringIncludes(report.text("Login"), "core abort shutdown");
});

Deno.test("doctor: the PBX does not answer the login", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  server.on("Login", () => new Promise<undefined>(() => {}));
  const report = await diagnose({ port, args: ["--timeout", "500ms"] });
  assertEquals(report.code, 1);
  assertStringIncludes(report.text("Login"), "within 500 ms");
});

Deno.test("doctor: the PBX goes away meanwhile", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  server.on("ListCommands", (_action, client) => {
    client.cut();
  });
  const report = await diagnose({ port, args: BRIEF });
  assertEquals(report.code, 1);
  assertStringIncludes(report.text("manager.conf"), "check failed");
  assertEquals(
    report.notChecked("Actions"),
    "the connection was lost",
  );
});

const CONFIGURATION: AmiServerOptions = {
  configurations: {
    "manager.conf": {
      general: ["enabled=yes", "disabledevents=RTCPSent, Newexten"],
      admin: [
        "secret=mysecret",
        "read=call, agent",
        "write=command",
        "writetimeout=100",
        "eventfilter=!Event: Newstate",
      ],
      other: ["secret=another secret"],
    },
  },
};

Deno.test("doctor reads the user's own section, and shows no secret", async () => {
  await using server = AmiServer.start(CONFIGURATION);
  const { port } = server;
  const wanted = ["Hangup", "queuememberstatus", "Newexten", "Nonsense"];
  const args = [...BRIEF, ...wanted.map((name) => `--event=${name}`)];
  const report = await diagnose({ port, args });
  assertEquals(report.code, 1);
  assertStringIncludes(report.text("manager.conf"), "without spaces");
  const events = report.findings("Events").slice(-wanted.length);
  assertEquals(events.map(({ level, what }) => [level, what.split(" ")[0]]), [
    ["warning", "Hangup"],
    ["problem", "QueueMemberStatus"],
    ["problem", "Newexten"],
    ["note", "Nonsense"],
  ]);
  assertStringIncludes(report.text("Events"), "!Event: Newstate");
  assertStringIncludes(report.text("Reading"), "writetimeout = 5000");
  // Nobody else's section is asked for.
  const categories = server.received.filter(({ name }) => name === "GetConfig")
    .map((action) => action.get("Category"));
  assertEquals(categories, ["admin", "general"]);
});

Deno.test("doctor says why an action is refused", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const args = [...BRIEF, "--action", "Originate", "--action", "QueueLog"];
  const report = await diagnose({ port, args });
  assertEquals(report.code, 1);
  assertEquals(report.levels("Actions").slice(-2), ["ok", "problem"]);
  assertStringIncludes(report.text("Actions"), "…,agent");
});

Deno.test("doctor sends a UserEvent only if it is told to", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const report = await diagnose({ port, args: [...BRIEF, "--user-event"] });
  assertEquals(report.code, 0);
  const sent = server.received.filter(({ name }) => name === "UserEvent");
  assertEquals(sent.map((action) => action.get("UserEvent")), ["DamiDoctor"]);
  assertStringIncludes(report.text("Events"), "system,user");
});

Deno.test("doctor sees that its UserEvent does not come back", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  server.on("UserEvent", () => ({ Response: "Success" }));
  const report = await diagnose({ port, args: [...BRIEF, "--user-event"] });
  assertStringIncludes(
    report.text("Events"),
    "do not arrive: user (UserEvent",
  );
});

Deno.test("doctor counts the events that come", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  server.on("ListCommands", () => {
    server.emit({ Event: "Hangup", Privilege: "call,all" });
    return { Response: "Success" };
  });
  const report = await diagnose({ port, args: [...BRIEF, "--event=Hangup"] });
  assertEquals(report.levels("Events").at(-1), "ok");
});

Deno.test("doctor: the clock of the PBX is wrong, and the PBX far away", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  server.on("Ping", async () => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    const time = (Date.now() - 3_600_000) / 1_000;
    return { Response: "Success", Ping: "Pong", Timestamp: time.toFixed(6) };
  });
  const report = await diagnose({ port, args: BRIEF });
  assertEquals(report.code, 0);
  assertEquals(report.levels("Clock"), ["warning"]);
  assertStringIncludes(report.text("Clock"), "3600.");
  assertEquals(report.levels("Round trips"), ["note"]);
});

posixTest("doctor is ended by Ctrl-C", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const begin = performance.now();
  const { code } = await runDoctor({
    port,
    args: ["--listen", "1m"],
    async onStart(run) {
      await server.next("ListCommands");
      run.kill("SIGINT");
    },
  });
  assertEquals(code, 130);
  assert(performance.now() - begin < 30_000);
});

for (const args of [["Hangup"], ["--listen", "soon"], ["--nonsense"]]) {
  Deno.test(`doctor ${args.join(" ")} is misused`, async () => {
    const { code, output, errors } = await runDoctor({ args });
    assertEquals(code, 2);
    assertEquals(output, "");
    assert(errors.startsWith("dami: "));
  });
}

posixTest("doctor is ended by Ctrl-C while the PBX is silent", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  server.on("ListCommands", () => new Promise<undefined>(() => {}));
  const begin = performance.now();
  const { code } = await runDoctor({
    port,
    args: ["--timeout", "1m"],
    async onStart(run) {
      await server.next("ListCommands");
      run.kill("SIGINT");
    },
  });
  assertEquals(code, 130);
  assert(performance.now() - begin < 30_000);
});

/** A certificate for the tests of TLS; `undefined` where there is no openssl. */
async function certificates(): Promise<
  { authority: string; pem: string } | undefined
> {
  const folder = await Deno.makeTempDir();
  try {
    const authority = await makeCertificates(folder);
    const pem = await Deno.readTextFile(`${folder}/server.pem`);
    return { authority, pem };
  } catch (error) {
    if (error instanceof Error && error.message.includes("no 'openssl'")) {
      return undefined;
    }
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("doctor looks at encrypted connections", async (test) => {
  const made = await certificates();
  if (made === undefined) return;
  const file = await Deno.makeTempFile({ suffix: ".pem" });
  await Deno.writeTextFile(file, made.authority);
  await using server = AmiServer.start({
    tls: { cert: made.pem, key: made.pem },
  });
  await using plain = AmiServer.start();
  const { port } = server;

  await test.step("that can be trusted", async () => {
    const report = await diagnose({ port, args: [...BRIEF, "--ca", file] });
    assertEquals(report.code, 0);
    assertStringIncludes(report.text("Encryption"), "is for 127.0.0.1");
    assertEquals(report.levels("Login"), ["ok"]);
  });

  await test.step("by another name", async () => {
    const args = [...BRIEF, "--ca", file, "--server-name", SERVER_NAME];
    assertEquals((await diagnose({ port, args })).code, 0);
  });

  await test.step("of nobody who is known", async () => {
    const report = await diagnose({ port, args: ["--tls"] });
    assertEquals(report.code, 1);
    assertStringIncludes(report.text("Encryption"), "--ca");
    assertEquals(
      report.notChecked("Greeting"),
      "there is no encrypted connection",
    );
  });

  await test.step("of somebody else", async () => {
    const args = ["--ca", file, "--server-name", "other.test"];
    const report = await diagnose({ port, args });
    assertEquals(report.code, 1);
    assertStringIncludes(report.text("Encryption"), `for ${SERVER_NAME}`);
  });

  await test.step("that are not asked to be", async () => {
    const report = await diagnose({ port, args: ["--timeout", "500ms"] });
    assertEquals(report.code, 1);
    assertStringIncludes(report.text("Greeting"), "Add --tls");
  });

  await test.step("that are not encrypted", async () => {
    const report = await diagnose({ port: plain.port, args: ["--tls"] });
    assertEquals(report.code, 1);
    assertStringIncludes(report.text("Encryption"), "speaks AMI");
  });

  await Deno.remove(file);
});

/** Runs a command in a folder; reports whether there is such a command. */
async function run(cwd: string, line: string): Promise<boolean> {
  const [program = "", ...args] = line.split(" ");
  try {
    const { code, errors } = await runChild(program, args, { cwd });
    assertEquals(code, 0, errors);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const NEW_KEY = "-newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout bad.key";

/** The certificates that those have who made their own; one of version 1, which `ast_tls_cert` makes, no server of Deno takes. */
const BAD_CERTIFICATES: readonly [kind: string, line: string][] = [
  ["an authority's", `openssl req -x509 ${NEW_KEY} -out bad.crt`],
  [
    "one without a name",
    `openssl req -x509 ${NEW_KEY} -addext basicConstraints=critical,CA:FALSE -out bad.crt`,
  ],
];

for (const [kind, line] of BAD_CERTIFICATES) {
  Deno.test(`doctor tells how to replace a certificate: ${kind}`, async () => {
    const folder = await Deno.makeTempDir();
    const diagnoseWith = async (name: string) => {
      await using server = AmiServer.start({
        tls: {
          cert: await Deno.readTextFile(`${folder}/${name}.crt`),
          key: await Deno.readTextFile(`${folder}/${name}.key`),
        },
      });
      const args = [...BRIEF, "--ca", `${folder}/${name}.crt`];
      return await diagnose({ port: server.port, args });
    };
    try {
      if (!await run(folder, line)) return;
      const bad = await diagnoseWith("bad");
      assertEquals(bad.code, 1);
      assertEquals(bad.levels("Encryption"), ["problem"]);

      // What it says to do is done, and all is well.
      const recipe = /openssl req -x509 .*/.exec(bad.text("Encryption"))?.[0];
      await run(folder, recipe ?? "");
      const good = await diagnoseWith("asterisk");
      assertEquals(good.code, 0);
      assertEquals(good.levels("Encryption"), ["ok"]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
