/**
 * A project of its own that imports DAMI: what an editor knows there.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { assertEquals } from "@std/assert";
import { runChild } from "../_run_child.ts";
import denoJson from "../../deno.json" with { type: "json" };
import importMap from "../../tools/npm_std/import_map.json" with {
  type: "json",
};

const ROOT = new URL("../../", import.meta.url);

const VERSION = denoJson.version;

/** The source of the project; every promise is one that the checker sees. */
const MAIN = `
import { DAMI, type ActionName, type EventName } from "@dami/dami";

declare module "@dami/dami" {
  interface CustomEvents {
    DoorOpened: { Door: string; Seconds?: number };
    DoorItem: { Lock: string };
    DoorListComplete: { Total: number };
  }
  interface CustomActions {
    OpenDoor: {
      parameters: { Door: string; Seconds?: number };
      response: { OpenedAt?: string };
    };
    DoorList: {
      parameters: { Floor?: number };
      items: "DoorItem";
      completion: "DoorListComplete";
    };
  }
}

const action: ActionName = "OpenDoor";
const event: EventName = "DoorOpened";
console.log(action, event);

const dami = new DAMI();
dami.on("DoorOpened", (event) => {
  const door: string = event.Door;
  const seconds: number | undefined = event.Seconds;
  // @ts-expect-error -- it is text
  const wrong: number = event.Door;
  console.log(door, seconds, wrong);
});
dami.on("Hangup", (event) => {
  const name: "Hangup" = event.Event;
  // @ts-expect-error -- it has another name
  const wrong: "Newchannel" = event.Event;
  console.log(name, wrong);
});
for await (const event of dami.events("DoorOpened")) {
  console.log(event.Door.toUpperCase());
}


dami.on("QueueCallerJoin", (event) => {
  const isOurs: boolean = event.Queue === "800";
  const queue: string = event.Queue;
  const position: number = event.Position;
  const isPjsip: boolean = event.Channel.startsWith("PJSIP/");
  // @ts-expect-error -- queues are called by names, even by those of digits
  const never = event.Queue === 800;
  console.log(isOurs, queue, position, isPjsip, never);
});
dami.on("*", (event) => {
  // @ts-expect-error -- it can be missing, whatever the options of the compiler are
  console.log(event.Queue.length);
});
for (const frame of await dami.to("QueueStatus")) {
  const name = frame.Event ?? frame.Response;
  console.log(name);
}

const [response] = await dami.to("OpenDoor", { Door: "front" });
const openedAt: string | undefined = response.OpenedAt;
const [, ...items] = await dami.to("DoorList");
for (const item of items) {
  if (item.Event === "DoorItem") console.log(item.Lock.toUpperCase());
  else console.log(item.Total.toFixed());
}
console.log(openedAt);

// @ts-expect-error -- which door?
await dami.to("OpenDoor");
// @ts-expect-error -- which door?
await dami.to("OpenDoor", { Seconds: 1 });
// @ts-expect-error -- which queue?
await dami.to("QueueAdd", { Interface: "PJSIP/6001" });
await dami.to("NoSuchAction", { Anything: 1 });
`;

/** Checks the project, and gives what the checker says of it. */
async function check(
  imports: Record<string, string>,
  environment: Record<string, string>,
): Promise<{ code: number; said: string }> {
  const folder = await Deno.makeTempDir({ prefix: "dami-importing-" });
  try {
    await Deno.writeTextFile(`${folder}/main.ts`, MAIN);
    await Deno.writeTextFile(
      `${folder}/deno.json`,
      JSON.stringify({ imports, lock: false }),
    );
    const { code, errors } = await runChild(
      Deno.execPath(),
      ["check", "main.ts"],
      { cwd: folder, env: { NO_COLOR: "1", ...environment } },
    );
    return { code, said: errors };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Returns the paths of the stand-ins of the standard library in this project, by name. */
function standIns(): Map<string, string> {
  const folder = new URL("tools/npm_std/", ROOT);
  return new Map(
    Object.entries(importMap.imports)
      .filter(([, target]) => target.startsWith("."))
      .map(([name, target]) => [
        name,
        new URL(target, folder).href.slice(ROOT.href.length),
      ]),
  );
}

/** The files of the package, with the stand-ins of the standard library among them. */
async function packageFiles(): Promise<Map<string, string>> {
  const standIn = standIns();
  const files = new Map<string, string>();
  const add = async (folder: string) => {
    for await (
      const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))
    ) {
      const path = `${folder}${name}`;
      if (isDirectory) await add(`${path}/`);
      else if (name.endsWith(".ts")) {
        files.set(`/${path}`, await Deno.readTextFile(new URL(path, ROOT)));
      }
    }
  };
  await add("src/");
  await add("tools/npm_std/");
  files.set("/mod.ts", await Deno.readTextFile(new URL("mod.ts", ROOT)));
  files.set("/stub.js", "export {};\n");
  for (const [path, text] of files) {
    const up = "../".repeat(path.split("/").length - 2) || "./";
    files.set(
      path,
      text
        .replace(/ from "(@std\/[^"]+)"/g, (_, name: string) => {
          return ` from "${up}${standIn.get(name)}"`;
        })
        // Only their types are looked at.
        .replace(/ from "npm:[^"]+"/g, ` from "${up}stub.js"`),
    );
  }
  return files;
}

function checksum(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("hex")}`;
}

Deno.test("A project that imports DAMI from JSR types events and actions of its own", async () => {
  const files = await packageFiles();
  const manifest = Object.fromEntries(
    [...files].map(([path, text]) => [
      path,
      {
        size: new TextEncoder().encode(text).length,
        checksum: checksum(text),
      },
    ]),
  );
  const answer = (path: string): string | undefined => {
    if (path === "/@dami/dami/meta.json") {
      return JSON.stringify({
        scope: "dami",
        name: "dami",
        latest: VERSION,
        versions: { [VERSION]: {} },
      });
    }
    if (path === `/@dami/dami/${VERSION}_meta.json`) {
      return JSON.stringify({ manifest, exports: { ".": "./mod.ts" } });
    }
    return files.get(path.replace(`/@dami/dami/${VERSION}`, ""));
  };
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      const text = answer(new URL(request.url).pathname);
      const type = request.url.endsWith("json")
        ? "application/json"
        : request.url.endsWith("js")
        ? "text/javascript"
        : "text/typescript";
      return text === undefined
        ? new Response(null, { status: 404 })
        : new Response(text, { headers: { "content-type": type } });
    },
  );
  const cache = await Deno.makeTempDir({ prefix: "dami-deno-dir-" });
  try {
    const { code, said } = await check(
      { "@dami/dami": `jsr:@dami/dami@${VERSION}` },
      {
        JSR_URL: `http://127.0.0.1:${server.addr.port}/`,
        DENO_DIR: cache,
      },
    );
    assertEquals(code, 0, said);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});
