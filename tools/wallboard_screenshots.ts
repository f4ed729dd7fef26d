/**
 * Takes the pictures of the wallboard that its README shows: both themes on a
 * wall, a phone, and a big floor of two PBXs. Embedded PBXs play the same call
 * centres each time.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A tools/wallboard_screenshots.ts
 * ```
 *
 * @module
 */

import type { FleetPbxOptions } from "@dami/dami/fleet";
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
} from "playwright-core";
import { CallCentre, playPast } from "../examples/wallboard/call_centre.ts";
import { type Cast, makeCast } from "../examples/wallboard/cast.ts";
import { keyOf } from "../examples/wallboard/pbx.ts";
import { Tally } from "../examples/wallboard/tally.ts";
import { Wallboard } from "../examples/wallboard/wallboard.ts";
import { fileURLToPath } from "node:url";

const FOLDER = new URL("../examples/wallboard/", import.meta.url);

/** The time that a call centre is open before its pictures are taken (milliseconds). */
const OPEN_FOR = 75_000;

const CREDENTIALS = { username: "admin", secret: "mysecret" };

const WALL = { viewport: { width: 1_440, height: 810 } };
const BIG_WALL = { viewport: { width: 1_920, height: 1_080 } };
const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
};

/** A call centre: its people, and the mean time between two callers (milliseconds). */
interface Centre {
  cast: Cast;
  arrival: number;
}

/** A picture: its file, the search in the address, and the browser. */
interface Picture {
  file: string;
  search: string;
  options: BrowserContextOptions;
}

/** Numbers that look random and are the same each time (mulberry32). */
function sameEachTime(seed: number): () => number {
  let state = seed;
  return () => {
    state = state + 0x6d2b79f5 | 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}

/** Opens call centres and a wallboard of them, and takes pictures. */
async function take(
  browser: Browser,
  centres: Readonly<Record<string, Centre>>,
  pictures: readonly Picture[],
): Promise<void> {
  await using open = new AsyncDisposableStack();
  const random = sameEachTime(7);
  // Shortly after midnight there would be little to see.
  const opened = Date.now() - 8 * 60 * 60_000;
  const tally = new Tally({ dayStart: () => opened });
  const pbxs: Record<string, FleetPbxOptions> = {};
  for (const [name, { cast, arrival }] of Object.entries(centres)) {
    const centre = open.use(await CallCentre.open({ cast, arrival, random }));
    const { hostname, port } = centre.server;
    pbxs[name] = { ...CREDENTIALS, hostname, port };
    const queues = cast.queues.map((queue) => keyOf({ name }, queue.name));
    playPast(tally, { queues, now: Date.now(), every: arrival }, random);
  }
  const place = "the embedded PBX";
  const wallboard = open.use(await Wallboard.start({ pbxs, place, tally }));
  await wallboard.connect();
  await new Promise((resolve) => setTimeout(resolve, OPEN_FOR));
  for (const { file, search, options } of pictures) {
    const page = await browser.newPage({ locale: "en-GB", ...options });
    await page.goto(wallboard.url + search);
    await page.waitForSelector('#link[data-state="live"]');
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: fileURLToPath(new URL(file, FOLDER)) });
    await page.close();
  }
}

if (import.meta.main) {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  await take(browser, { pbx: { cast: makeCast(), arrival: 4_000 } }, [
    {
      file: "dark.png",
      search: "?warn=15,30",
      options: { ...WALL, colorScheme: "dark" },
    },
    {
      file: "light.png",
      search: "?warn=15,30",
      options: { ...WALL, colorScheme: "light" },
    },
    {
      file: "phone.png",
      search: "?warn=15,30",
      options: { ...PHONE, colorScheme: "dark" },
    },
  ]);
  await take(browser, {
    berlin: { cast: makeCast({ queues: 30, agents: 130 }), arrival: 420 },
    wien: { cast: makeCast({ queues: 20, agents: 70 }), arrival: 750 },
  }, [{
    file: "floor.png",
    search: "?warn=20,40",
    options: { ...BIG_WALL, colorScheme: "dark" },
  }]);
  await browser.close();
}
