/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import { until } from "../_waiting.ts";
import {
  browserTest,
  PHONE,
  rows,
  Scene,
  text,
  texts,
  WALL,
} from "./_chromium.ts";
import { contrasts } from "./_contrast.ts";

/** So busy that all that can happen happens in a second or two. */
const BUSY = {
  arrival: 40,
  ring: 60,
  talk: 400,
  patience: 500,
  rest: 50,
  pause: 800,
};

browserTest("The page shows what the PBX has", async () => {
  await using scene = await Scene.open(BUSY);
  const { centre } = scene;
  const page = await scene.look();
  const { live } = scene.wallboard;
  assert(live !== undefined);
  await until(() => {
    const { answered, lost } = scene.wallboard.shown().today;
    return answered > 20 && lost > 3;
  });
  centre.freeze();
  // What the PBX has told last may still be on its way.
  const truth = [...centre.queues.values()];
  const waiting = truth.flatMap(({ callers }) => callers);
  await until(() =>
    live.channels.size === centre.channels.size &&
    scene.wallboard.shown().queues.waiting === waiting.length
  );
  await page.waitForFunction(
    (waiting) => document.querySelector("#waiting")?.textContent === waiting,
    `${waiting.length}`,
  );
  await page.waitForFunction(
    (total) => document.querySelector("#calls-total")?.textContent === total,
    `${live.calls.size}`,
  );
  const { queues, today } = scene.wallboard.shown();
  await page.waitForFunction(
    (answered) => document.querySelector("#answered")?.textContent === answered,
    `${today.answered}`,
  );
  assertEquals(await text(page, "#lost"), `${today.lost}`);

  // The PBX itself says the same.
  assertEquals(queues.waiting, waiting.length);
  assertEquals(live.channels.size, centre.channels.size);
  assertEquals(
    (await rows(page, "queues")).map(([name, count, , free]) => [
      name,
      count,
      free,
    ]),
    truth.map(({ name, callers }) => {
      const members = centre.agents.filter((agent) =>
        agent.queues.includes(name)
      );
      const free = members.filter((agent) =>
        agent.status === 1 && agent.pausedReason === undefined
      );
      return [name, `${callers.length}`, `${free.length}/${members.length}`];
    }).toSorted(),
  );
  const names = new Map([[1, "Free"], [2, "Talking"], [6, "Ringing"]]);
  assertEquals(
    (await rows(page, "agents")).map(([name, state]) => `${name}: ${state}`),
    centre.agents.map(({ name, status, pausedReason }) => {
      const isPaused = pausedReason !== undefined;
      if (status === 1 && isPaused) return `${name}: Paused ${pausedReason}`;
      return `${name}: ${names.get(status)}${isPaused ? " paused" : ""}`;
    }).toSorted(),
  );
  const shownCalls = await rows(page, "calls");
  assertEquals(shownCalls.length, Math.min(12, live.calls.size));
  const [more = ""] = await texts(page, "#calls .more");
  assertEquals(
    more,
    live.calls.size > 12 ? `and ${live.calls.size - 12} more` : "",
  );
  const talking = [...live.calls.values()].filter(({ state }) =>
    state === "talking"
  );
  assertEquals(
    await text(page, "#calls-summary"),
    `${talking.length} of them talking`,
  );
  // The chart has a bar for what was counted, and says it in words.
  const { hour } = scene.wallboard.shown();
  const sum = (values: number[]) => values.reduce((one, two) => one + two, 0);
  assertMatch(
    await text(page, "#chart-text"),
    new RegExp(`^${sum(hour.answered)} answered, ${sum(hour.lost)} lost\\.`),
  );
  await page.click("summary");
  await page.waitForSelector("details td");
  const counted = await texts(page, "details td:nth-child(2)");
  assertEquals(sum(counted.map(Number)), sum(hour.answered));
  // A few seconds later nothing comes any more.
  await page.waitForFunction(() =>
    document.querySelector("#rate")?.textContent === "0.0"
  );
  assertEquals(scene.errors, []);
});

browserTest(
  "The page shows that the connection is lost, and that it is there again",
  async () => {
    await using scene = await Scene.open(BUSY);
    const { server } = scene;
    const page = await scene.look();
    assertEquals(await text(page, "#gaps"), "No gap: every event was heard");
    await server.refuse();
    server.cut();
    await page.waitForSelector('#link[data-state="lost"]');
    assertEquals(
      await text(page, "#link-text"),
      "Reconnecting to the embedded PBX",
    );
    assertMatch(
      await text(page, "#trouble"),
      /^The connection to 127\.\S+ was lost\. This is from \d\d:\d\d:\d\d\.$/,
    );
    assertEquals(
      await text(page, "#announcement"),
      await text(page, "#trouble"),
    );
    assert(await page.locator("body[data-stale]").count() === 1);
    await server.accept();
    await page.waitForSelector('#link[data-state="live"]');
    await page.waitForSelector("body:not([data-stale])");
    assert(await page.locator("#trouble").isHidden());
    assertMatch(
      await text(page, "#gaps"),
      /^1 gap, the last from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d \(\d:\d\d\): /,
    );
    // What happened meanwhile is there.
    scene.centre.freeze();
    await page.waitForFunction(
      (total) => document.querySelector("#calls-total")?.textContent === total,
      `${scene.wallboard.live?.calls.size}`,
    );
    assertEquals(
      scene.wallboard.live?.channels.size,
      scene.centre.channels.size,
    );
    assertEquals(scene.errors, []);
  },
);

browserTest(
  "The page shows that its server is gone, and connects again by itself",
  async () => {
    await using scene = await Scene.open();
    const page = await scene.look();
    await scene.restartWallboard(async () => {
      await page.waitForSelector('#link[data-state="unheard"]');
      assertMatch(
        await text(page, "#trouble"),
        /^The wallboard's server does not answer\. This is from \d\d:\d\d:\d\d\.$/,
      );
      assert(await page.locator("body[data-stale]").count() === 1);
    });
    await page.waitForSelector('#link[data-state="live"]');
    await page.waitForSelector("body:not([data-stale])");
    const agents = await rows(page, "agents");
    assertEquals(agents.length, 12);
  },
);

browserTest("The page offers no action without a token", async () => {
  await using scene = await Scene.open();
  const page = await scene.look({}, "#token=guessed");
  await page.waitForSelector("#agents tbody tr");
  assertEquals(await texts(page, "button"), ["Dark theme"]);
  const response = await fetch(`${scene.wallboard.url}pause`, {
    method: "POST",
    headers: { authorization: "Bearer guessed" },
  });
  await response.body?.cancel();
  assertEquals(response.status, 404);
});

browserTest("The page bears a token that spells nothing", async () => {
  await using scene = await Scene.open();
  const page = await scene.look({}, "#token=%");
  await page.waitForSelector("#agents tbody tr");
});

browserTest("The page pauses an agent for who has the token", async () => {
  await using scene = await Scene.open({ agents: 2, arrival: 1_000_000 }, {
    token: "s3cret+/~=",
  });
  const [agent] = scene.centre.agents;
  assert(agent !== undefined);
  agent.pausedReason = undefined;
  await scene.wallboard.live?.refresh();

  const reader = await scene.look();
  await reader.waitForSelector("#agents tbody tr");
  assertEquals(await texts(reader, "tbody button"), []);
  const guessing = await scene.look({}, "#token=guessed");
  await guessing.click("tbody button >> nth=0");
  await guessing.waitForFunction(() =>
    document.querySelector("#announcement")?.textContent ===
      "Alice Jones: The token is not the right one"
  );
  assertEquals(agent.pausedReason, undefined);

  const page = await scene.look(
    {},
    `#token=${encodeURIComponent("s3cret+/~=")}`,
  );
  assertEquals(new URL(page.url()).hash, "");
  const button = page.getByRole("button", { name: "Pause Alice Jones" });
  await button.click();
  const resume = page.getByRole("button", { name: "Resume Alice Jones" });
  await resume.waitFor();
  assertEquals(agent.pausedReason, "Wallboard");
  assertEquals(
    await text(page, "#announcement"),
    "Alice Jones is paused",
  );
  // The row stays the same one, so the focus does as well.
  assert(
    await resume.evaluate((element) => element === document.activeElement),
  );
  await page.keyboard.press("Enter");
  await button.waitFor();
  assertEquals(agent.pausedReason, undefined);
  // The token outlives a reload of the page.
  await page.reload();
  await button.waitFor();
});

browserTest("The page takes texts of the PBX for texts", async () => {
  await using scene = await Scene.open({ agents: 1, arrival: 1_000_000 });
  const page = await scene.look();
  const name = "<img src=x onerror=document.title=1><b>x</b>";
  scene.server.emit({
    Event: "Newchannel",
    Privilege: "call,all",
    Channel: "PJSIP/evil-00000001",
    ChannelState: 4,
    ChannelStateDesc: "Ring",
    CallerIDNum: "1",
    CallerIDName: name,
    ConnectedLineNum: "<unknown>",
    ConnectedLineName: "<unknown>",
    Language: "en",
    AccountCode: "",
    Context: "default",
    Exten: "<script>document.title=2</script>",
    Priority: 1,
    Uniqueid: "1.1",
    Linkedid: "1.1",
  });
  await page.getByText(name).waitFor();
  assertEquals(await page.title(), "Wallboard");
  assertEquals(await page.locator("tbody :is(img, b, script)").count(), 0);
  assertEquals(scene.errors, []);
});

browserTest(
  "The page fits on a wall and on a phone, and bounds its lists",
  async () => {
    await using scene = await Scene.open({ agents: 40 });
    const sizes = [
      { viewport: WALL, colorScheme: "dark" as const },
      { viewport: PHONE },
    ];
    for (const options of sizes) {
      const page = await scene.look(options);
      await page.waitForSelector("#agents tbody tr");
      assertEquals((await rows(page, "agents")).length, 12);
      assertEquals(await text(page, "#agents .more"), "and 28 more");
      const size = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        const headings = [...document.querySelectorAll("dd")].map((element) =>
          parseFloat(getComputedStyle(element).fontSize)
        );
        return { scrollWidth, scrollHeight, digits: Math.min(...headings) };
      });
      assertEquals(size.scrollWidth, options.viewport.width);
      if (options.viewport === WALL) {
        assertEquals(size.scrollHeight, WALL.height);
        assert(size.digits >= 72, `${size.digits}`);
      }
      await page.context().close();
    }
  },
);

browserTest(
  "The page can be read in both themes, and remembers the one that was chosen",
  async () => {
    await using scene = await Scene.open(BUSY);
    for (const colorScheme of ["light", "dark"] as const) {
      const other = colorScheme === "light" ? "dark" : "light";
      const page = await scene.look({ colorScheme });
      await page.waitForSelector("#agents tbody tr");
      const before = await contrasts(page);
      await page.getByRole("button", {
        name: new RegExp(`${other} theme`, "i"),
      })
        .click();
      const after = await contrasts(page);
      assert(before.background !== after.background);
      for (const { ratios } of [before, after]) {
        assert(ratios.length > 100);
        for (const [what, ratio] of ratios) {
          assert(ratio >= 4.5, `${what}: ${ratio}`);
        }
      }
      await page.reload();
      await page.waitForSelector("#agents tbody tr");
      assertEquals((await contrasts(page)).background, after.background);
      await page.context().close();
    }
  },
);

browserTest("The page names its tables, its rows and its columns", async () => {
  await using scene = await Scene.open();
  const page = await scene.look();
  await page.waitForSelector("#agents tbody tr");
  const lacks = await page.evaluate(() => {
    const find = (selector: string) => [...document.querySelectorAll(selector)];
    return [
      ...find("table:not(:has(caption))"),
      ...find("th:not([scope])"),
      ...find("section:not([aria-labelledby])"),
      ...find("tbody tr:not(:has(th))"),
      ...find("img:not([alt]), svg:not([aria-hidden], [aria-labelledby])"),
    ].map((element) => element.outerHTML);
  });
  assertEquals(lacks, []);
  assertEquals(await texts(page, "h1, h2"), [
    "Wallboard",
    "At a glance",
    "Queues",
    "Agents",
    "Calls",
    "The last hour",
  ]);
  for (const name of ["Queues", "Agents", "Calls", "The last hour"]) {
    await page.getByRole("region", { name }).waitFor();
  }
  await page.getByRole("img", { name: /each minute of the last hour/ })
    .waitFor();
  // The keyboard reaches what can be done, and shows where it is.
  await page.keyboard.press("Tab");
  const outline = await page.evaluate(() => {
    const { activeElement } = document;
    return activeElement === null
      ? ""
      : `${activeElement.id} ${getComputedStyle(activeElement).outlineWidth}`;
  });
  assertEquals(outline, "theme 3px");
});
