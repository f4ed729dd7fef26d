/**
 * Takes the pictures of the wallboard that the README shows: both themes on a
 * wall, and a phone. The embedded PBX plays the same call centre each time.
 *
 * ```sh
 * deno run -A tools/deno.ts run -A tools/wallboard_screenshots.ts
 * ```
 *
 * @module
 */

import { AmiServer } from "@dami/dami/testing";
import { type BrowserContextOptions, chromium } from "playwright-core";
import { CallCentre, playPast } from "../examples/wallboard/call_centre.ts";
import { Tally } from "../examples/wallboard/tally.ts";
import { Wallboard } from "../examples/wallboard/wallboard.ts";

const FOLDER = new URL("../examples/wallboard/", import.meta.url);

/** How long the call centre is open before the pictures are taken (milliseconds). */
const OPEN_FOR = 40_000;

const WALL = { viewport: { width: 1_440, height: 810 } };
const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
};

/** File → how the page is looked at. */
const PICTURES: Readonly<Record<string, BrowserContextOptions>> = {
  "dark.png": { ...WALL, colorScheme: "dark" },
  "light.png": { ...WALL, colorScheme: "light" },
  "phone.png": { ...PHONE, colorScheme: "dark" },
};

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

if (import.meta.main) {
  const credentials = { username: "admin", secret: "mysecret" };
  const random = sameEachTime(7);
  await using server = AmiServer.start(credentials);
  using _centre = new CallCentre(server, { arrival: 4_000, random });
  // Shortly after midnight there would be little to see.
  const opened = Date.now() - 8 * 60 * 60_000;
  const tally = new Tally({ dayStart: () => opened });
  playPast(tally, Date.now(), random);
  const { hostname, port } = server;
  await using wallboard = await Wallboard.start({
    pbx: { hostname, port },
    place: "the embedded PBX",
    tally,
  });
  await wallboard.connect(credentials);
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  await new Promise((resolve) => setTimeout(resolve, OPEN_FOR));
  for (const [name, options] of Object.entries(PICTURES)) {
    const page = await browser.newPage({ locale: "en-GB", ...options });
    await page.goto(wallboard.url);
    await page.waitForSelector('#link[data-state="live"]');
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: new URL(name, FOLDER).pathname });
    await page.close();
  }
  await browser.close();
}
