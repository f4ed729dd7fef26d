import { AmiServer } from "@dami/dami/testing";
import { assertEquals, assertMatch } from "@std/assert";
import { ScriptedServer } from "../_scripted_server.ts";
import { runChild } from "../_run_child.ts";
import { runDami, type RunOptions } from "./_run.ts";
import { shellLine, TerminalSession, terminalTest } from "./_terminal.ts";
import { posixTest } from "../_posix.ts";

/** Asks the PBX for a sign of life, in the way that the arguments say. */
async function ping(args: readonly string[], options: RunOptions = {}) {
  const { code, output, errors } = await runDami(["do", ...args, "Ping"], {
    ...options,
    env: { DAMI_SECRET: "", ...options.env },
  });
  return { code, isPong: /^Ping +Pong$/m.test(output), errors };
}

const PONG = { code: 0, isPong: true, errors: "" };

const WARNING =
  "dami: Others can see the secret in the process list, and the shell keeps it in its history: use DAMI_SECRET or --secret-file instead of";

Deno.test("dami takes where to connect from the environment", async () => {
  await using server = AmiServer.start({ username: "eve", secret: "s3cret" });
  const env = {
    DAMI_HOSTNAME: "127.0.0.1",
    DAMI_PORT: `${server.port}`,
    DAMI_USERNAME: "eve",
    DAMI_SECRET: "s3cret",
  };
  assertEquals(await ping([], { env }), PONG);
});

posixTest(
  "dami takes the secret from a file or from the standard input",
  async () => {
    await using server = AmiServer.start({ secret: "s3cr:et ë" });
    const file = await Deno.makeTempFile();
    try {
      await Deno.writeTextFile(file, "s3cr:et ë\r\nmore\n");
      const place = ["--port", `${server.port}`];
      assertEquals(await ping([...place, "--secret-file", file]), PONG);
      const env = { DAMI_SECRET_FILE: file };
      assertEquals(await ping(place, { env }), PONG);
      const { code } = await runChild("sh", [
        "-c",
        `echo 's3cr:et ë' | ${
          shellLine(["do", "Ping", ...place, "--secret-file", "-"])
        }`,
      ], { cwd: new URL("../../", import.meta.url), env: { DAMI_SECRET: "" } });
      assertEquals(code, 0);
    } finally {
      await Deno.remove(file);
    }
  },
);

Deno.test("dami warns of a secret that others can see", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  assertEquals(await ping(["--port", `${port}`, "--secret", "mysecret"]), {
    ...PONG,
    errors: `${WARNING} --secret.\n`,
  });
  assertEquals(await ping([`dami://admin:mysecret@127.0.0.1:${port}`]), {
    ...PONG,
    errors: `${WARNING} the URL.\n`,
  });
});

Deno.test("dami takes a URL before the command and after it", async () => {
  await using server = AmiServer.start();
  const url = `dami://admin@127.0.0.1:${server.port}`;
  const env = { DAMI_SECRET: "mysecret" };
  assertEquals(await ping([url], { env }), PONG);
  assertEquals(await ping(["--url", url], { env }), PONG);
  assertEquals((await runDami([url, "do", "Ping"], { env })).code, 0);
  const { errors } = await runDami([url, "do", url, "Ping"], { env });
  assertEquals(errors, "dami: Two URLs were given: use one.\n");
});

Deno.test("dami needs no permission but that for the network", async () => {
  await using server = AmiServer.start();
  const { port } = server;
  const permissions = [`--allow-net=127.0.0.1:${port}`];
  const secret = ["--secret", "mysecret"];
  const place = ["--port", `${port}`];
  const { code, isPong } = await ping([...place, ...secret], { permissions });
  assertEquals({ code, isPong }, { code: 0, isPong: true });
  // The environment is not read without the permission, and nobody is asked for it.
  assertEquals(await ping(place, { permissions }), {
    code: 1,
    isPong: false,
    errors:
      "dami: The secret is missing: set DAMI_SECRET and allow reading it (deno run --allow-env=DAMI_SECRET), or name a file that holds it with --secret-file.\n",
  });
});

posixTest(
  "dami says in one sentence why it cannot connect, and what to do",
  async () => {
    const secret = "s3cret";
    const env = { DAMI_SECRET: secret };
    await using server = AmiServer.start();
    await using web = ScriptedServer.start(async (peer) => {
      await peer.conn.write(
        new TextEncoder().encode("HTTP/1.1 400 Bad\r\n\r\n"),
      );
    });
    const closed = AmiServer.start();
    await closed.close();
    const cases: [string[], RegExp][] = [
      [
        ["--port", `${server.port}`],
        /^dami: The PBX refused the login of 'admin': check .*dami doctor .*\.\n$/,
      ],
      [
        ["--port", `${closed.port}`],
        /^dami: Nothing listens at 127\.0\.0\.1:\d+: start Asterisk .*dami doctor .*\.\n$/,
      ],
      [
        ["--hostname", "no-such-host.invalid"],
        /^dami: Cannot reach no-such-host\.invalid:5038: check .*\.\n$/,
      ],
      [
        ["--port", `${web.port}`],
        /^dami: What listens at .* is not the manager interface of Asterisk: check --port\.\n$/,
      ],
      [
        ["--port", `${server.port}`, "--tls"],
        /^dami: The port 127\.0\.0\.1:\d+ is not encrypted: leave out --tls .*\.\n$/,
      ],
      [
        ["--port", `${server.port}`, "--secret-file", "/no/such/file"],
        /^dami: There is no file '\/no\/such\/file': .* \(--secret-file\)\.\n$/,
      ],
      [
        ["--port", `${server.port}`, "--ca", "/no/such/file"],
        /^dami: There is no file '\/no\/such\/file': .* \(--ca\)\.\n$/,
      ],
      [
        ["--port", `${server.port}`, "--secret-file", "/dev/null"],
        /^dami: The file '\/dev\/null' is empty: .*\.\n$/,
      ],
    ];
    for (const [args, sentence] of cases) {
      const { code, errors } = await ping(args, { env });
      assertMatch(errors, sentence);
      assertEquals(code, 1, errors);
      assertEquals(errors.includes(secret), false);
    }
    const { errors } = await ping(["--port", `${server.port}`], {
      env,
      permissions: ["--allow-env=DAMI_SECRET"],
    });
    assertMatch(
      errors,
      /^dami: Deno may not connect to .*: run it with --allow-net=127\.0\.0\.1:\d+\.\n$/,
    );
  },
);

Deno.test("dami --verbose logs what happens, without the secret", async () => {
  await using server = AmiServer.start();
  const env = { DAMI_SECRET: "mysecret" };
  const { errors } = await ping(["-v", "--port", `${server.port}`], { env });
  assertMatch(errors, /Logged in as "admin"/);
  assertEquals(errors.includes("mysecret"), false);
});

terminalTest("dami asks for the secret and does not show it", async () => {
  await using server = AmiServer.start({ secret: "s3crét" });
  const args = ["do", "Ping", "--port", `${server.port}`];
  const script = `stty -a > "$SETTINGS.before"; ${
    shellLine(args)
  }; echo "status=$?"; stty -a > "$SETTINGS.after"`;
  const settings = await Deno.makeTempFile();
  try {
    await using session = new TerminalSession(script, { SETTINGS: settings });
    await session.until("Secret of admin at 127.0.0.1: ");
    // What was mistyped is taken back, and an arrow key is no part of it.
    await session.type("wrong\x15s3crx\x7f\x1b[Dét\r");
    const { shown } = await session.finished();
    assertMatch(shown, /127\.0\.0\.1: \r+\n/);
    assertMatch(shown, /Pong/);
    assertMatch(shown, /status=0/);
    assertEquals(
      await Deno.readTextFile(`${settings}.after`),
      await Deno.readTextFile(`${settings}.before`),
    );
  } finally {
    await Deno.remove(settings);
    await Deno.remove(`${settings}.before`);
    await Deno.remove(`${settings}.after`);
  }
});

terminalTest(
  "Ctrl-C where the secret is asked for ends dami and leaves the terminal as it was",
  async () => {
    await using server = AmiServer.start();
    const script = `stty -a > "$SETTINGS.before"; ${
      shellLine(["do", "Ping", "--port", `${server.port}`])
    }; echo "status=$?"; stty -a > "$SETTINGS.after"`;
    const settings = await Deno.makeTempFile();
    try {
      await using session = new TerminalSession(script, { SETTINGS: settings });
      await session.until("Secret of");
      await session.type("half\x03");
      const { shown } = await session.finished();
      assertMatch(shown, /status=130/);
      assertEquals(shown.includes("half"), false);
      assertEquals(
        await Deno.readTextFile(`${settings}.after`),
        await Deno.readTextFile(`${settings}.before`),
      );
      assertEquals(server.received, []);
    } finally {
      await Deno.remove(settings);
      await Deno.remove(`${settings}.before`);
      await Deno.remove(`${settings}.after`);
    }
  },
);
