/// <reference lib="dom" />
/**
 * Helpers that the tests with Chromium share.
 *
 * @module
 */

import type { FleetPbxOptions } from "@dami/dami/fleet";
import type { LivePbx } from "@dami/dami/live";
import type { AmiServer } from "@dami/dami/testing";
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import {
  CallCentre,
  type CallCentreOptions,
} from "../../examples/wallboard/call_centre.ts";
import {
  Wallboard,
  type WallboardOptions,
} from "../../examples/wallboard/wallboard.ts";

const CHROMIUM = "/usr/bin/chromium";

const CREDENTIALS = { username: "admin", secret: "mysecret" };

/** A screen on a wall. */
export const WALL = { width: 1_920, height: 1_080 };

/** A screen on a desk. */
export const DESK = { width: 1_366, height: 768 };

/** A phone. */
export const PHONE = { width: 390, height: 844 };

/** A call centre into which only those come whom the test calls. */
export const EMPTY: CallCentreOptions = { arrival: Infinity };

async function isThere(file: string): Promise<boolean> {
  try {
    return (await Deno.stat(file)).isFile;
  } catch {
    return false;
  }
}

const hasChromium = await isThere(CHROMIUM);
if (!hasChromium) {
  // deno-lint-ignore no-console -- what is left out has to be seen
  console.warn(
    "The tests with Chromium are skipped: install it with 'apt-get install chromium'",
  );
}

/** A test in which a browser looks at a wallboard. */
export function browserTest(name: string, fn: () => Promise<void>): void {
  Deno.test({
    name,
    ignore: !hasChromium,
    // Playwright keeps pipes to the browser, and files of its own, for as long
    // as the process lives.
    sanitizeOps: false,
    sanitizeResources: false,
    fn,
  });
}

/** Call centres, their wallboard, and a browser. */
export class Scene implements AsyncDisposable {
  readonly #centres: ReadonlyMap<string, CallCentre>;
  readonly #browser: Browser;
  readonly #options: Partial<WallboardOptions>;
  #wallboard: Wallboard;
  /** The errors on the pages. */
  readonly errors: string[] = [];

  private constructor(
    centres: ReadonlyMap<string, CallCentre>,
    browser: Browser,
    wallboard: Wallboard,
    options: Partial<WallboardOptions>,
  ) {
    this.#centres = centres;
    this.#browser = browser;
    this.#wallboard = wallboard;
    this.#options = options;
  }

  /** Opens a call centre and looks at it. */
  static open(
    centreOptions: CallCentreOptions = {},
    options: Partial<WallboardOptions> = {},
  ): Promise<Scene> {
    const all = { place: "the embedded PBX", ...options };
    return Scene.openFleet({ pbx: centreOptions }, all);
  }

  /** Opens several call centres and looks at them. */
  static async openFleet(
    centreOptions: Readonly<Record<string, CallCentreOptions>>,
    options: Partial<WallboardOptions> = {},
  ): Promise<Scene> {
    const centres = new Map<string, CallCentre>();
    for (const [name, each] of Object.entries(centreOptions)) {
      centres.set(name, await CallCentre.open(each));
    }
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      // Its own sandbox does not work for root.
      args: ["--no-sandbox"],
    });
    const wallboard = await startWallboard(centres, options);
    return new Scene(centres, browser, wallboard, options);
  }

  /** The PBX of a call centre. */
  server(name = "pbx"): AmiServer {
    const centre = this.#centres.get(name);
    if (centre === undefined) throw new RangeError(`There is no PBX ${name}`);
    return centre.server;
  }

  get wallboard(): Wallboard {
    return this.#wallboard;
  }

  /** The live state of a PBX. */
  live(name = "pbx"): LivePbx {
    const live = this.#wallboard.live?.pbx(name);
    if (live === undefined) throw new RangeError(`There is no PBX ${name}`);
    return live;
  }

  /** Ends the wallboard and starts another at the same address. */
  async restartWallboard(downFor: () => Promise<void>): Promise<void> {
    const { hostname, port } = new URL(this.#wallboard.url);
    await this.#wallboard[Symbol.asyncDispose]();
    await downFor();
    this.#wallboard = await startWallboard(this.#centres, {
      ...this.#options,
      listen: { hostname, port: Number(port) },
    });
  }

  /** Looks at the wallboard, at a search and a hash; a page can be prepared before. */
  async look(
    options: BrowserContextOptions = { viewport: WALL },
    address = "",
    prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: "en-GB",
      ...options,
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
    await prepare(page);
    await page.goto(this.#wallboard.url + address);
    await page.waitForSelector('#link[data-state="live"]');
    await page.waitForSelector("#agents li");
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await this.#wallboard[Symbol.asyncDispose]();
    for (const centre of this.#centres.values()) {
      await centre[Symbol.asyncDispose]();
    }
  }
}

async function startWallboard(
  centres: ReadonlyMap<string, CallCentre>,
  options: Partial<WallboardOptions>,
): Promise<Wallboard> {
  const pbxs: Record<string, FleetPbxOptions> = {};
  for (const [name, { server: { hostname, port } }] of centres) {
    pbxs[name] = { ...CREDENTIALS, hostname, port };
  }
  const wallboard = await Wallboard.start({ ...options, pbxs });
  await wallboard.connect();
  return wallboard;
}

/** The texts of what a selector finds, without what is not shown. */
export async function texts(page: Page, selector: string): Promise<string[]> {
  const found = await page.locator(selector).allInnerTexts();
  return found.map((text) => text.replaceAll(/\s+/g, " ").trim());
}

/** The text of the one element that a selector finds. */
export async function text(page: Page, selector: string): Promise<string> {
  const [first = ""] = await page.locator(selector).allTextContents();
  return first.replaceAll(/\s+/g, " ").trim();
}

/** Waits until an element has a text. */
export async function waitForText(
  page: Page,
  selector: string,
  wanted: string,
): Promise<void> {
  await page.waitForFunction(
    ({ selector, wanted }) =>
      document.querySelector(selector)?.textContent?.trim() === wanted,
    { selector, wanted },
  );
}

/** The rows of a table. */
export async function rows(page: Page, section: string): Promise<string[][]> {
  const found: string[][] = [];
  for (const row of await page.locator(`#${section} tbody tr`).all()) {
    const cells = await row.locator("th, td").allInnerTexts();
    found.push(cells.map((cell) => cell.replaceAll(/\s+/g, " ").trim()));
  }
  return found;
}
