/**
 * What the tests with Chromium have in common.
 *
 * @module
 */

import { AmiServer } from "@dami/dami/testing";
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

/** A phone. */
export const PHONE = { width: 390, height: 844 };

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

/** A call centre, its wallboard, and a browser. */
export class Scene implements AsyncDisposable {
  readonly server: AmiServer;
  readonly centre: CallCentre;
  readonly #browser: Browser;
  readonly #options: Partial<WallboardOptions>;
  #wallboard: Wallboard;
  /** What went wrong on the pages. */
  readonly errors: string[] = [];

  private constructor(
    server: AmiServer,
    centre: CallCentre,
    browser: Browser,
    wallboard: Wallboard,
    options: Partial<WallboardOptions>,
  ) {
    this.server = server;
    this.centre = centre;
    this.#browser = browser;
    this.#wallboard = wallboard;
    this.#options = options;
  }

  static async open(
    centreOptions: CallCentreOptions = {},
    options: Partial<WallboardOptions> = {},
  ): Promise<Scene> {
    const server = AmiServer.start(CREDENTIALS);
    const centre = new CallCentre(server, centreOptions);
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      // Its own sandbox does not work for root.
      args: ["--no-sandbox"],
    });
    const wallboard = await startWallboard(server, options);
    return new Scene(server, centre, browser, wallboard, options);
  }

  get wallboard(): Wallboard {
    return this.#wallboard;
  }

  /** Ends the wallboard and starts another at the same address. */
  async restartWallboard(downFor: () => Promise<void>): Promise<void> {
    const { hostname, port } = new URL(this.#wallboard.url);
    await this.#wallboard[Symbol.asyncDispose]();
    await downFor();
    this.#wallboard = await startWallboard(this.server, {
      ...this.#options,
      listen: { hostname, port: Number(port) },
    });
  }

  /** Looks at the wallboard. */
  async look(
    options: BrowserContextOptions = { viewport: WALL },
    hash = "",
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
    await page.goto(this.#wallboard.url + hash);
    await page.waitForSelector('#link[data-state="live"]');
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    this.centre[Symbol.dispose]();
    await this.#wallboard[Symbol.asyncDispose]();
    await this.server.close();
  }
}

async function startWallboard(
  server: AmiServer,
  options: Partial<WallboardOptions>,
): Promise<Wallboard> {
  const { hostname, port } = server;
  const wallboard = await Wallboard.start({
    place: "the embedded PBX",
    ...options,
    pbx: { hostname, port },
  });
  await wallboard.connect(CREDENTIALS);
  return wallboard;
}

/** The texts of what a selector finds. */
export async function texts(page: Page, selector: string): Promise<string[]> {
  const found = await page.locator(selector).allTextContents();
  return found.map((text) => text.replaceAll(/\s+/g, " ").trim());
}

/** The text of the one element that a selector finds. */
export async function text(page: Page, selector: string): Promise<string> {
  const [first = ""] = await texts(page, selector);
  return first;
}

/** The rows of a table. */
export async function rows(page: Page, section: string): Promise<string[][]> {
  const found: string[][] = [];
  for (const row of await page.locator(`#${section} tbody tr`).all()) {
    const cells = await row.locator("th, td").allTextContents();
    found.push(cells.map((cell) => cell.replaceAll(/\s+/g, " ").trim()));
  }
  return found;
}
