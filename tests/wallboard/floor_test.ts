/// <reference lib="dom" />
import type { AmiFrame, AmiServer } from "@dami/dami/testing";
import { assert, assertEquals, assertMatch } from "@std/assert";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { type Cast, makeCast } from "../../examples/wallboard/cast.ts";
import {
  browserTest,
  DESK,
  EMPTY,
  PHONE,
  Scene,
  text,
  texts,
  waitForText,
  WALL,
} from "./_chromium.ts";

/** A wait of more than an hour (seconds). */
const LONG = 3_723;

/** The callers that wait in each of the first queues. */
const WAITING = 30;

/** Makes a name 40 characters long. */
function long(name: string): string {
  return `${name} of the Northern Customer Service Office`.slice(0, 40);
}

/** 50 queues and 200 agents, with names of 40 characters. */
function makeFloor(): Cast {
  const { queues, agents } = makeCast({ queues: 50, agents: 200 });
  return {
    queues: queues.map((queue) => ({ ...queue, name: long(queue.name) })),
    agents: agents.map((agent) => ({
      ...agent,
      name: long(agent.name),
      queues: agent.queues.map(long),
    })),
  };
}

/** Lets a PBX answer `QueueStatus` with callers who wait for long. */
function scriptWaits(server: AmiServer, { queues, agents }: Cast): void {
  server.on("QueueStatus", (action) => {
    const wanted = action.get("Queue") ?? "";
    const items = queues.flatMap(({ name, strategy }, index): AmiFrame[] => {
      if (wanted !== "" && wanted !== name) return [];
      const members = agents.filter((agent) => agent.queues.includes(name));
      return [
        { Event: "QueueParams", Queue: name, Strategy: strategy },
        ...members.map(({ name: agent, extension }, number): AmiFrame => ({
          Event: "QueueMember",
          Queue: name,
          Name: agent,
          Location: `PJSIP/${extension}`,
          StateInterface: `PJSIP/${extension}`,
          Membership: "static",
          Status: 1,
          Paused: number === 1 ? 1 : 0,
          PausedReason: number === 1 ? long("Training") : "",
          LastPause: Math.floor(Date.now() / 1_000) - LONG,
          LastCall: Math.floor(Date.now() / 1_000) - LONG,
        })),
        ...index < WAITING
          ? [{
            Event: "QueueEntry",
            Queue: name,
            Position: 1,
            Channel: `PJSIP/waiting-${index}`,
            Uniqueid: `9.${index}`,
            Wait: LONG + index,
          }]
          : [],
      ];
    });
    return [
      { Response: "Success", EventList: "start", Message: "Queue status" },
      ...items,
      { Event: "QueueStatusComplete", EventList: "Complete" },
    ];
  });
}

/** Opens a big floor: long waits, long pauses, and some calls. */
async function openFloor(): Promise<Scene> {
  const cast = makeFloor();
  const scene = await Scene.open({ ...EMPTY, cast });
  const server = scene.server();
  for (let caller = 0; caller < 20; caller++) {
    const queue = cast.queues[caller]?.name ?? "";
    server.queueCall(queue, {
      callerIdNum: `+4420794601${caller + 10}`,
      callerIdName: caller % 2 === 0 ? long("Olivia Baker") : "",
      onRing: () => 5,
      talkTime: Infinity,
    });
  }
  scriptWaits(server, cast);
  await scene.live().refresh();
  return scene;
}

/** Returns the times and numbers on a page that are cut, or stand out of their list. */
function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cut: string[] = [];
    const width = document.documentElement.clientWidth;
    for (
      const element of document.querySelectorAll(
        "time, dd, td.number, .state > span, .value, thead th",
      )
    ) {
      if (!element.checkVisibility() || element.textContent === "") continue;
      const range = document.createRange();
      range.selectNodeContents(element);
      const { left, right } = range.getBoundingClientRect();
      const tile = element.closest("dl > div")?.getBoundingClientRect();
      if (tile !== undefined && right > tile.right - 4) {
        cut.push(`${element.textContent} in its tile`);
      }
      for (let at = element; at !== document.body;) {
        const box = at.getBoundingClientRect();
        const isClipped = getComputedStyle(at).overflowX !== "visible";
        if (isClipped && (left < box.left - 1 || right > box.right + 1)) {
          cut.push(`${element.textContent} in ${at.className}`);
        }
        if (at.parentElement === null) break;
        at = at.parentElement;
      }
      if (left < 0 || right > width + 1) cut.push(`${element.textContent}`);
    }
    return cut;
  });
}

/** Returns the lists whose visible rows lie over each other. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const row of document.querySelectorAll("tbody tr, .agent")) {
      const boxes = [...row.querySelectorAll(
        "time, .name, .value, .detail, td.number, .state > span",
      )].filter((element) =>
        element.checkVisibility() && element.textContent !== "" &&
        element.querySelector("time") === null
      ).map((element) => ({ element, box: element.getBoundingClientRect() }));
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const across = Math.min(one.box.right, other.box.right) -
            Math.max(one.box.left, other.box.left);
          const down = Math.min(one.box.bottom, other.box.bottom) -
            Math.max(one.box.top, other.box.top);
          if (across > 1 && down > 4) {
            found.push(
              `${one.element.textContent} × ${other.element.textContent}`,
            );
          }
        }
      }
    }
    return found;
  });
}

/** Returns what axe has against a page. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const run: () => Promise<{
      violations: { id: string; nodes: { html: string }[] }[];
    }> = Reflect.get(Reflect.get(globalThis, "axe"), "run");
    const { violations } = await run();
    return violations.map(({ id, nodes }) =>
      `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`
    );
  });
}

for (const [name, viewport] of Object.entries({ WALL, DESK })) {
  browserTest(
    `A big floor fits a ${name.toLowerCase()}, and nothing of worth is cut`,
    async () => {
      await using scene = await openFloor();
      const page = await scene.look({ viewport });
      await waitForText(page, "#waiting", `${WAITING}`);
      await waitForText(page, "#calls-total", "20");
      assertMatch(await text(page, "#longest"), /^1:0[2-5]:\d\d$/);
      // The figures can be read from afar.
      const sizes = await page.locator("dd").evaluateAll((figures) =>
        figures.map((figure) => parseFloat(getComputedStyle(figure).fontSize))
      );
      assert(Math.min(...sizes) >= viewport.height / 25, `${sizes}`);
      const size = () =>
        page.evaluate(() => {
          const { scrollWidth, scrollHeight } = document.documentElement;
          const footer = document.querySelector("footer")
            ?.getBoundingClientRect().bottom ?? Infinity;
          return [scrollWidth, scrollHeight, footer <= innerHeight];
        });
      assertEquals(await size(), [viewport.width, viewport.height, true]);
      assertEquals(await cutTexts(page), []);
      assertEquals(await overlaps(page), []);
      // Every queue and agent is in its list.
      assertEquals(await page.locator("#queues tbody tr").count(), 50);
      assertEquals(await page.locator("#agents li").count(), 200);
      for (const section of ["#queues", "#agents", "#calls"]) {
        assertMatch(
          await text(page, `${section} .summary`),
          /page 1 of ([2-9]|1\d|2\d)$/,
        );
      }
      // So it does with the banner of a lost connection.
      await scene.server().refuse();
      scene.server().cut();
      await page.waitForSelector('#link[data-state="lost"]');
      await page.waitForSelector("#trouble:visible");
      assertEquals(await size(), [viewport.width, viewport.height, true]);
      assertEquals(scene.errors, []);
    },
  );
}

browserTest("A big floor can be reached as a whole on a phone", async () => {
  await using scene = await openFloor();
  const page = await scene.look({ viewport: PHONE, isMobile: true });
  await waitForText(page, "#waiting", `${WAITING}`);
  await waitForText(page, "#calls-total", "20");
  // A page that is too wide is seen as a whole, and small.
  const width = await page.evaluate(() => innerWidth);
  assertEquals(width, PHONE.width);
  assertEquals(await cutTexts(page), []);
  assertEquals(await overlaps(page), []);
  // Nothing scrolls but the page itself, and links lead to its parts.
  const hidden = await page.evaluate(() =>
    [...document.querySelectorAll("main .list")].filter((list) =>
      list.scrollHeight > list.clientHeight + 1
    ).length
  );
  assertEquals(hidden, 0);
  for (const section of ["Queues", "Agents", "Calls", "Last hour"]) {
    await page.getByRole("link", { name: section }).click();
  }
  for (const selector of ["#queues tr", "#agents li", "#calls tr"]) {
    const last = page.locator(selector).last();
    await last.scrollIntoViewIfNeeded();
    assert(await last.isVisible());
  }
  // The number of a caller is there whole, whatever the name.
  const numbers = await texts(page, "#calls th .value");
  assertEquals(
    numbers.toSorted(),
    Array.from({ length: 20 }, (_, caller) => `+4420794601${caller + 10}`),
  );
  assertEquals(scene.errors, []);
});

browserTest(
  "What needs attention comes first, and turns amber and red",
  async () => {
    const cast = makeCast({ queues: 12, agents: 24 });
    await using scene = await Scene.open({ ...EMPTY, cast });
    const server = scene.server();
    const page = await scene.look({ viewport: WALL }, "?warn=2,4");
    const wait = (queue: string) =>
      server.queueCall(queue, { onRing: () => "no-answer" });
    wait("renewals");
    await waitForText(page, "#waiting", "1");
    wait("billing");
    wait("billing");
    await waitForText(page, "#waiting", "3");
    const names = (await texts(page, "#queues th .name")).slice(0, 3);
    assertEquals(names, ["renewals", "billing", "claims"]);
    assertEquals(await text(page, "#longest-queue"), "renewals");
    const first = page.locator("#queues tbody tr").first();
    const alarm = (wanted: string) =>
      page.waitForSelector(`#queues tr:first-child[data-alarm="${wanted}"]`);
    await alarm("amber");
    assertEquals(await first.locator(".unseen").textContent(), "long wait");
    await alarm("red");
    assertEquals(
      await first.locator(".unseen").textContent(),
      "very long wait",
    );
    await page.waitForSelector('#longest-tile[data-alarm="red"]');
  },
);

browserTest(
  "Lists turn their pages while nobody touches the page",
  async () => {
    await using scene = await openFloor();
    const page = await scene.look(
      { viewport: WALL },
      "",
      (page) => page.clock.install(),
    );
    await waitForText(page, "#waiting", `${WAITING}`);
    const shown = () =>
      page.evaluate(() => {
        const list = document.querySelector("#queues .list");
        const box = list?.getBoundingClientRect();
        const head = list?.querySelector("thead")?.getBoundingClientRect();
        return [...document.querySelectorAll("#queues tbody tr")].filter(
          (row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return top > (head?.bottom ?? 0) - 2 &&
              bottom < (box?.bottom ?? 0) + 2;
          },
        ).map((row) => row.querySelector(".name")?.textContent ?? "");
      });
    const all = await texts(page, "#queues th .name");
    const seen = new Set<string>(await shown());
    const scrolled = () =>
      page.evaluate(() =>
        document.querySelector("#queues .list")?.scrollTop ?? 0
      );
    // How many there are may change as the page finds its layout.
    const waitForPage = (number: number) =>
      page.waitForFunction(
        (start) =>
          document.querySelector("#queues .summary")?.textContent
            ?.includes(start),
        `50 queues · page ${number} of `,
      );
    await waitForPage(1);
    // The first page stays longer.
    await page.clock.runFor(20_500);
    let turn = 1;
    while (await scrolled() > 0) {
      await waitForPage(++turn);
      for (const name of await shown()) seen.add(name);
      await page.clock.runFor(10_000);
    }
    assert(turn > 2);
    assertEquals(seen.size, all.length);
    await waitForPage(1);
    // Hands on the page keep it where it is.
    await page.mouse.move(300, 400);
    await page.mouse.wheel(0, 200);
    await page.waitForFunction(() =>
      document.querySelector("#queues .list")?.scrollTop === 200
    );
    await page.clock.runFor(25_000);
    assertEquals(await scrolled(), 200);
  },
);

browserTest(
  "A reader chooses queues, and the address keeps the choice",
  async () => {
    const cast = makeCast({ queues: 12, agents: 24 });
    await using scene = await Scene.open({ ...EMPTY, cast });
    scene.server().queueCall("sales", { onRing: () => "no-answer" });
    scene.server().queueCall("parts", { onRing: () => "no-answer" });
    const page = await scene.look();
    await waitForText(page, "#waiting", "2");
    await page.getByRole("button", { name: "All queues" }).click();
    await page.getByRole("checkbox", { name: "sales", exact: true }).check();
    await waitForText(page, "#waiting", "1");
    assertEquals(new URL(page.url()).search, "?queues=sales");
    await page.getByRole("checkbox", { name: "support", exact: true }).check();
    await page.getByLabel("Answered in time means within").fill("45");
    await page.getByLabel("Group agents by").selectOption("queue");
    assertEquals(
      new URL(page.url()).search,
      "?queues=sales,support&level=45&group=queue",
    );
    await page.getByRole("button", { name: "Close" }).click();
    await page.reload();
    await page.waitForSelector("#agents li");
    assertEquals(await texts(page, "#queues th .name"), ["sales", "support"]);
    assertEquals(await texts(page, "#agents h3 .name"), ["sales", "support"]);
    assertEquals(await text(page, "#choose"), "2 queues");
    assertEquals(await text(page, ".level"), "within 45 s");
    assertEquals(await text(page, "#calls-total"), "1");
    await page.getByRole("button", { name: "2 queues" }).click();
    await page.getByRole("button", { name: "Show everything" }).click();
    await waitForText(page, "#waiting", "2");
    assertEquals(new URL(page.url()).search, "?level=45&group=queue");
    assertEquals(scene.errors, []);
  },
);

browserTest("No sound is made unless it was chosen", async () => {
  await using scene = await Scene.open(EMPTY);
  const count = (page: Page) =>
    page.addInitScript(() => {
      const { AudioContext } = globalThis;
      Reflect.set(globalThis, "sounds", 0);
      Reflect.set(
        globalThis,
        "AudioContext",
        class extends AudioContext {
          override createOscillator() {
            Reflect.set(globalThis, "sounds", 1 + sounds());
            return super.createOscillator();
          }
        },
      );
      function sounds(): number {
        return Number(Reflect.get(globalThis, "sounds"));
      }
    });
  const sounds = (page: Page) =>
    page.evaluate(() => Number(Reflect.get(globalThis, "sounds")));
  const silent = await scene.look({}, "?warn=1,1", count);
  const heard = await scene.look({}, "?warn=1,1&sound=on", count);
  scene.server().queueCall("sales", { onRing: () => "no-answer" });
  for (const page of [silent, heard]) {
    await page.waitForSelector('#queues tr[data-alarm="red"]');
  }
  await heard.waitForFunction(() => Reflect.get(globalThis, "sounds") === 2);
  assertEquals(await sounds(silent), 0);
});

browserTest("A fleet is one floor, and each PBX can be chosen", async () => {
  const cast = makeCast({ agents: 3 });
  await using scene = await Scene.openFleet({
    berlin: { ...EMPTY, cast },
    wien: { ...EMPTY, cast },
  });
  scene.server("wien").queueCall("sales", { onRing: () => "no-answer" });
  const page = await scene.look();
  await waitForText(page, "#link-text", "Connected to 2 PBXs");
  await waitForText(page, "#waiting", "1");
  assertEquals(await page.locator("#queues tbody tr").count(), 6);
  assertEquals(await texts(page, "#queues tr:first-child .line"), [
    "sales wien",
  ]);
  // Agents of one name in two PBXs can be told apart.
  const agents = await texts(page, "#agents .line");
  assertEquals(new Set(agents).size, 6);
  await page.getByRole("button", { name: "All queues" }).click();
  await page.getByRole("checkbox", { name: "berlin", exact: true }).check();
  await waitForText(page, "#waiting", "0");
  assertEquals(new URL(page.url()).search, "?pbx=berlin");
  assertEquals(await page.locator("#queues tbody tr").count(), 3);
  await page.getByRole("checkbox", { name: "berlin", exact: true }).uncheck();
  await page.getByRole("button", { name: "Close" }).click();

  // One is lost: its rows are old, the others are not.
  await scene.server("wien").refuse();
  scene.server("wien").cut();
  await waitForText(page, "#link-text", "Connected to 1 of 2 PBXs");
  assertMatch(await text(page, "#trouble"), /^wien: The connection to .* lost/);
  assertEquals(await page.locator("#queues tr[data-stale]").count(), 3);
  assertEquals(await page.locator("body[data-stale]").count(), 0);
  assertEquals(scene.errors, []);
});

browserTest("The page has no faults that axe finds", async () => {
  await using scene = await openFloor();
  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of [WALL, PHONE]) {
      const page = await scene.look({ viewport, colorScheme }, "?group=queue");
      await waitForText(page, "#waiting", `${WAITING}`);
      await page.waitForSelector('#queues tr[data-alarm="red"]');
      assertEquals(await violations(page), []);
      await page.click("#choose");
      assertEquals(await violations(page), []);
      await page.context().close();
    }
  }
});
