import { assert, assertEquals, assertRejects } from "@std/assert";
import { FleetFileError, readFleetFile } from "../../src/fleet/fleet.ts";
import { IS_POSIX } from "../_posix.ts";

/** A folder with files, gone at the end. */
class Folder implements AsyncDisposable {
  readonly path: string;

  constructor(files: Readonly<Record<string, string>>) {
    this.path = Deno.makeTempDirSync();
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string, mode = 0o600): void {
    Deno.writeTextFileSync(`${this.path}/${name}`, text, { mode });
  }

  get fleet(): string {
    return `${this.path}/fleet.json`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

/** The message of the error for a file of this content. */
async function refusal(content: unknown): Promise<string> {
  await using folder = new Folder({
    "fleet.json": typeof content === "string"
      ? content
      : JSON.stringify(content),
    "good.secret": "hunter2\n",
    "empty.secret": "\nhunter2",
  });
  const { message } = await assertRejects(
    () => readFleetFile(folder.fleet),
    FleetFileError,
  );
  assert(!message.includes("hunter2"), message);
  return message.replaceAll(`${folder.path}/`, "");
}

Deno.test("readFleetFile() gives the options of each PBX, with secrets and certificates beside the file", async () => {
  await using folder = new Folder({
    "fleet.json": JSON.stringify({
      berlin: {
        hostname: ["pbx1", "pbx2"],
        port: 5040,
        username: "dami",
        secretFile: "berlin.secret",
      },
      wien: { hostname: "pbx3", secretEnv: "DAMI_TEST_FLEET_SECRET" },
      graz: {
        hostname: "pbx4",
        secretFile: "berlin.secret",
        tls: { caFile: "graz.pem", serverName: "graz" },
      },
      linz: { hostname: "pbx5", secretFile: "berlin.secret", tls: true },
    }),
    "berlin.secret": "one secret\r\nnot this\n",
    "graz.pem": "PEM",
  });
  Deno.env.set("DAMI_TEST_FLEET_SECRET", "another");
  try {
    const expected = {
      names: ["berlin", "wien", "graz", "linz"],
      pbxs: {
        berlin: {
          hostname: ["pbx1", "pbx2"],
          port: 5040,
          tls: false,
          username: "dami",
          secret: "one secret",
        },
        wien: {
          hostname: "pbx3",
          port: 5038,
          tls: false,
          username: "admin",
          secret: "another",
        },
        graz: {
          hostname: "pbx4",
          port: 5039,
          tls: { caCerts: ["PEM"], serverName: "graz" },
          username: "admin",
          secret: "one secret",
        },
        linz: {
          hostname: "pbx5",
          port: 5039,
          tls: true,
          username: "admin",
          secret: "one secret",
        },
      },
      warnings: [],
    };
    assertEquals(await readFleetFile(folder.fleet), expected);
    const url = new URL(`file://${folder.fleet}`);
    assertEquals(await readFleetFile(url), expected);
  } finally {
    Deno.env.delete("DAMI_TEST_FLEET_SECRET");
  }
});

Deno.test("readFleetFile() reads nothing for the PBXs that are not wanted", async () => {
  await using folder = new Folder({
    "fleet.json": JSON.stringify({
      berlin: { hostname: "pbx1", secretFile: "there" },
      wien: { hostname: "pbx2", secretFile: "not-there" },
    }),
    "there": "hunter2",
  });
  const { names, pbxs } = await readFleetFile(folder.fleet, {
    filter: (name) => name === "berlin",
  });
  assertEquals(names, ["berlin", "wien"]);
  assertEquals(Object.keys(pbxs), ["berlin"]);
});

Deno.test({
  name: "readFleetFile() warns of a secret that everybody may read",
  ignore: !IS_POSIX,
  fn: async () => {
    await using folder = new Folder({
      "fleet.json": JSON.stringify({
        berlin: { hostname: "pbx1", secretFile: "open.secret" },
      }),
    });
    folder.write("open.secret", "hunter2");
    await Deno.chmod(`${folder.path}/open.secret`, 0o644);
    const { warnings } = await readFleetFile(folder.fleet);
    assertEquals(warnings, [
      `Every user of this machine may read the secret of berlin: chmod o= '${folder.path}/open.secret'`,
    ]);
  },
});

Deno.test("readFleetFile() says what is wrong with which PBX", async () => {
  const secret = { secretFile: "good.secret" };
  const host = { hostname: "pbx" };
  const cases: [unknown, string][] = [
    ["{", "'fleet.json' is not valid JSON (line 1:2)"],
    ['{"a": {"secret": hunter2}}', "'fleet.json' is not valid JSON"],
    [[], "'fleet.json' names no PBX: write "],
    [{}, "'fleet.json' names no PBX: write "],
    [{ "a b": {} }, `'fleet.json': Cannot use "a b" as the name of a PBX`],
    [{ a: "pbx" }, "'fleet.json': a: its value must be an object"],
    [{ a: secret }, "'fleet.json': a: 'hostname' must be a host, or an array"],
    [{ a: { ...secret, hostname: [] } }, "a: 'hostname' must be"],
    [{ a: { ...secret, hostname: [1] } }, "a: 'hostname' must be"],
    [
      { a: { ...secret, host: "pbx" } },
      `'fleet.json': a: unknown key "host": use hostname, port, username, secretFile, secretEnv, tls`,
    ],
    [{ a: { ...host, secret: "hunter2" } }, "does not belong in this file"],
    [{ a: host }, "a: give either 'secretFile' or 'secretEnv'"],
    [
      { a: { ...host, ...secret, secretEnv: "X" } },
      "a: give either 'secretFile' or 'secretEnv'",
    ],
    [
      { a: { ...host, secretFile: "none" } },
      "'fleet.json': a: there is no file 'none'",
    ],
    [
      { a: { ...host, secretFile: "empty.secret" } },
      "a: 'empty.secret' is empty: write the secret on its first line",
    ],
    [
      { a: { ...host, secretEnv: "DAMI_NOT_SET" } },
      "a: the environment variable 'DAMI_NOT_SET' is not set",
    ],
    [{ a: { ...host, secretEnv: "A=B" } }, "a: 'secretEnv' must be the name"],
    [{ a: { ...host, ...secret, port: "5038" } }, "a: 'port' must be a number"],
    [{ a: { ...host, ...secret, port: 0 } }, "a: 'port' must be a number"],
    [
      { a: { ...host, ...secret, username: 7 } },
      "a: 'username' must be a non-empty string",
    ],
    [{ a: { ...host, ...secret, tls: 1 } }, "a: 'tls' must be true, false"],
    [
      { a: { ...host, ...secret, tls: { ca: "x" } } },
      `a: unknown key "ca": use caFile, serverName`,
    ],
    [
      { a: { ...host, ...secret, tls: { caFile: "x" } } },
      "a: there is no file 'x'",
    ],
  ];
  for (const [content, expected] of cases) {
    const message = await refusal(content);
    assert(message.includes(expected), `${message}\n${expected}`);
  }
});

Deno.test("readFleetFile() says that there is no such file", async () => {
  await assertRejects(
    () => readFleetFile("no-such-file.json"),
    FleetFileError,
    "There is no file 'no-such-file.json'",
  );
});
