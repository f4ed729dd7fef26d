import { AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { Child } from "../_child.ts";
import { IS_POSIX } from "../_posix.ts";

/** The permissions that the task of deno.json gives it. */
const PERMISSIONS = [
  "--no-prompt",
  "--allow-net",
  "--allow-read",
  "--allow-env",
];

function start(args: string[], env: Record<string, string> = {}): Child {
  return new Child(
    ["run", ...PERMISSIONS, "examples/wallboard/main.ts", ...args],
    env,
  );
}

/** Runs it to its end. */
async function run(args: string[]): Promise<{ code: number; errors: string }> {
  await using child = start(args);
  const { code, errors } = await child.finished();
  return { code, errors };
}

/** Starts it, looks at it, and stops it as Ctrl-C does. */
async function during(
  { args, env }: { args: string[]; env?: Record<string, string> },
  look: (url: string, output: string) => Promise<void>,
): Promise<void> {
  await using child = start(["--listen", "0", ...args], env);
  const output = await child.until("\n");
  const [url = ""] = /http:\S+/.exec(output) ?? [];
  await look(url, output);
  child.kill("SIGINT");
  const { code, errors } = await child.finished();
  assertEquals({ code, errors }, { code: 0, errors: "" });
}

/** Returns the messages that the page is sent first, until a condition holds. */
async function sent(
  url: string,
  condition: (shown: string) => boolean,
): Promise<string> {
  const signal = AbortSignal.timeout(20_000);
  const response = await fetch(`${url}events`, { signal });
  assert(response.body !== null);
  let shown = "";
  for await (
    const chunk of response.body.pipeThrough(new TextDecoderStream())
  ) {
    shown += chunk;
    if (condition(shown)) break;
  }
  return shown;
}

/** Windows knows no SIGINT. */
const ignore = !IS_POSIX;

Deno.test({
  name: "The wallboard brings its own PBX, and says where to look",
  ignore,
  fn: async () => {
    await during({ args: [] }, async (url, output) => {
      assertMatch(
        output,
        /^The wallboard of the embedded PBX is at http:\/\/127\.0\.0\.1:\d+\/\n$/,
      );
      const page = await fetch(url);
      assertMatch(await page.text(), /<title>Wallboard<\/title>/);
      const shown = await sent(url, (text) => text.includes('"live"'));
      assertMatch(shown, /"canPause":false/);
      assertMatch(shown, /"name":"support"/);
      const { status, body } = await fetch(`${url}pause`, { method: "POST" });
      await body?.cancel();
      assertEquals(status, 404);
    });
  },
});

Deno.test({
  name: "The wallboard shows another PBX, waits for it, and takes a token",
  ignore,
  fn: async () => {
    const first = AmiServer.start({ secret: "other" });
    const { port } = first;
    await first.close();
    const options = {
      args: ["--port", `${port}`],
      env: { DAMI_SECRET: "other", WALLBOARD_TOKEN: "s3cret" },
    };
    await during(options, async (url, output) => {
      assertMatch(output, new RegExp(`of 127\\.0\\.0\\.1:${port} is at http:`));
      const early = await sent(url, (text) => text.includes('"pbxs pbx"'));
      assertMatch(early, /"state":"connecting"/);
      await using server = AmiServer.start({ port, secret: "other" });
      const shown = await sent(url, (text) => text.includes('"state":"live"'));
      assertMatch(shown, /"canPause":true/);
      assertMatch(shown, /"name":"Alice Jones"/);
      const names = server.received.map(({ name }) => name);
      assert(!names.includes("QueuePause"));
      const response = await fetch(`${url}pause`, {
        method: "POST",
        headers: { authorization: "Bearer s3cret" },
        body: JSON.stringify({ interface: "Local/2000@default", paused: true }),
      });
      await response.body?.cancel();
      const action = await server.next("QueuePause");
      assertEquals(action.get("Interface"), "Local/2000@default");
      assertEquals(action.get("Paused"), "true");
    });
  },
});

Deno.test({
  name:
    "The wallboard shows the PBXs of a file, with their secrets from elsewhere",
  ignore,
  fn: async () => {
    await using berlin = AmiServer.start({ secret: "first" });
    await using wien = AmiServer.start({ secret: "second" });
    const folder = await Deno.makeTempDir();
    const secretFile = `${folder}/wien.secret`;
    await Deno.writeTextFile(secretFile, "second\n", { mode: 0o600 });
    const file = `${folder}/pbxs.json`;
    await Deno.writeTextFile(
      file,
      JSON.stringify({
        berlin: {
          hostname: "127.0.0.1",
          username: "admin",
          port: berlin.port,
          secretEnv: "BERLIN_SECRET",
        },
        wien: {
          hostname: "127.0.0.1",
          username: "admin",
          port: wien.port,
          secretFile,
        },
      }),
    );
    const options = {
      args: ["--fleet", file],
      env: { BERLIN_SECRET: "first" },
    };
    await during(options, async (url, output) => {
      assertMatch(output, /^The wallboard of 2 PBXs is at http:/);
      const shown = await sent(
        url,
        (text) =>
          text.includes('"agents berlin/') && text.includes('"agents wien/'),
      );
      assertMatch(shown, /"queues berlin\/support"/);
      assertMatch(shown, /"queues wien\/support"/);
    });
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test("The wallboard says what is wrong in one sentence", async () => {
  await using server = AmiServer.start();
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const cases: [string[], RegExp][] = [
    [["--foo"], /^Unknown option '--foo': see --help\.\n$/],
    [["more"], /^Unexpected argument 'more': see --help\.\n$/],
    [["--port", "0"], /^The option '--port' must be a number from 1 to/],
    [["--listen", "x:y"], /^The option '--listen' must be a number from 0/],
    [["--fleet", "none.json"], /^There is no file 'none\.json'\.\n$/],
    [["--fleet", "deno.json"], /^'deno\.json': .*\n$/],
    [
      ["--fleet", "x", "--port", "1"],
      /^--fleet and --hostname or --port cannot/,
    ],
    [["--token", "a b", "--listen", "0"], /the token must consist of letters/],
    [["--listen", `${taken.addr.port}`], /^The address of the page is taken: /],
    [
      ["--listen", "0", "--port", `${server.port}`, "--secret", "wrong"],
      /^Cannot log in to .* the PBX says "Authentication failed"\.\n$/,
    ],
  ];
  for (const [args, sentence] of cases) {
    const { code, errors } = await run(args);
    assertEquals(code, 1, errors);
    assertMatch(errors, sentence);
    assertEquals(errors.split("\n").length, 2, errors);
  }
  taken.close();
});
