/// <reference lib="dom" />
import { DAMI } from "@dami/dami";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { makeCast } from "../../examples/wallboard/cast.ts";
import {
  browserTest,
  EMPTY,
  rows,
  Scene,
  text,
  texts,
  waitForText,
} from "./_chromium.ts";
import { contrasts } from "./_contrast.ts";

/** So busy that everything that can happen happens in a second or two. */
const BUSY = {
  arrival: 40,
  ring: 60,
  talk: 400,
  patience: 500,
  rest: 0,
  pause: 800,
};

/** The reactions of members, and the durations of everything. */
const AT_ONCE = { onRing: () => 5, talkTime: 20 };

const NOBODY = { onRing: () => "no-answer" as const };

browserTest("The page shows what the PBX has", async () => {
  await using scene = await Scene.open(EMPTY);
  const server = scene.server();
  const page = await scene.look();
  const live = scene.live();

  // Five are answered, two hang up.
  for (let caller = 0; caller < 5; caller++) {
    await server.queueCall("sales", AT_ONCE).ended;
  }
  const lost = [1, 2].map(() =>
    server.queueCall("billing", { ...NOBODY, patience: 30 }).ended
  );
  await Promise.all(lost);
  // One talks, two wait.
  const talking = server.queueCall("support", {
    callerIdName: "Olivia Baker",
    callerIdNum: "02079460123",
    onRing: () => 5,
    talkTime: Infinity,
  });
  const { member = "" } = await talking.outcome;
  const name = live.queues.get("support")?.members.get(member)?.name ?? "";
  assert(name !== "");
  for (const callerIdNum of ["02079460456", "02079460457"]) {
    server.queueCall("billing", { ...NOBODY, callerIdNum });
  }
  await using dami = new DAMI({ port: server.port });
  await dami.connectAndLogin({ username: "admin", secret: "mysecret" });
  await dami.to("QueuePause", {
    Interface: "PJSIP/6104",
    Paused: true,
    Reason: "Lunch",
  });

  await waitForText(page, "#waiting", "2");
  await waitForText(page, "#calls-total", "3");
  await waitForText(page, "#answered", "6");
  await waitForText(page, "#lost", "2");
  await page.getByText("Lunch").waitFor();
  const queues = await rows(page, "queues");
  assertEquals(
    queues.map(([name, waiting, , , answered, lost, level]) => [
      name,
      waiting,
      answered,
      lost,
      level,
    ]),
    [
      // The one that needs attention comes first.
      ["billing", "2", "0", "2", "0%"],
      ["sales", "0", "5", "0", "100%"],
      ["support", "0", "1", "0", "100%"],
    ],
  );
  assertMatch(queues[0]?.[2] ?? "", /^0:\d\d$/);
  assertEquals(queues[1]?.[2], "–");
  assertEquals(await text(page, "#in-time"), "75%");
  assertEquals(await text(page, "#longest-queue"), "billing");
  assertMatch(await text(page, ".since"), /^since \d\d:\d\d$/);
  assertMatch(await text(page, "footer"), /– means none, or not known/);

  assertMatch(
    (await texts(page, ".group:has(h3[data-state=talking]) li")).join(),
    new RegExp(`${name} \\d:\\d\\d`),
  );
  assertMatch(
    (await texts(page, ".group:has(h3[data-state=paused]) li")).join(),
    /^Dmitri Volkov Lunch \d:\d\d$/,
  );
  const calls = await rows(page, "calls");
  assertEquals(
    calls.map((row) => row.slice(0, 3)).toSorted(),
    [
      ["02079460456", "billing", "Waiting"],
      ["02079460457", "billing", "Waiting"],
      ["Olivia Baker", name, "Talking"],
    ],
  );
  assertEquals(await text(page, "#calls .summary"), "1 talking");
  // The chart has a bar for what was counted, and says it in words.
  assertMatch(await text(page, "#chart-text"), /^6 answered, 2 lost\./);
  await page.click("summary");
  await page.waitForSelector("details td");
  const counted = await texts(page, "details td:nth-child(2)");
  assertEquals(counted.map(Number).reduce((one, two) => one + two, 0), 6);
  // A few seconds later nothing comes any more.
  await waitForText(page, "#rate", "0.0 events per second");
  talking.hangUp();
  await waitForText(page, "#calls-total", "2");
  assertEquals(scene.errors, []);
});

browserTest(
  "The page shows that the connection is lost, and that it is there again",
  async () => {
    await using scene = await Scene.open(EMPTY);
    const server = scene.server();
    const page = await scene.look();
    assertEquals(
      await text(page, "#gaps"),
      "No gaps: every event was received",
    );
    await server.refuse();
    server.cut();
    await page.waitForSelector('#link[data-state="lost"]');
    assertEquals(
      await text(page, "#link-text"),
      "Reconnecting to the embedded PBX",
    );
    assertMatch(
      await text(page, "#trouble"),
      /^The connection to 127\.\S+ was lost\. Its figures are from \d\d:\d\d:\d\d\.$/,
    );
    assertEquals(
      await text(page, "#announcement"),
      await text(page, "#trouble"),
    );
    assert(await page.locator("body[data-stale]").count() === 1);
    const waiting = server.queueCall("sales", NOBODY);
    await server.accept();
    await page.waitForSelector('#link[data-state="live"]');
    await page.waitForSelector("body:not([data-stale])");
    assert(await page.locator("#trouble").isHidden());
    assertMatch(
      await text(page, "#gaps"),
      /^1 gap, the last from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d \(\d:\d\d\): /,
    );
    // What happened meanwhile is there.
    await waitForText(page, "#waiting", "1");
    waiting.hangUp();
    await waitForText(page, "#waiting", "0");
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
        /^The wallboard's server does not answer\. Its figures are from \d\d:\d\d:\d\d\.$/,
      );
      assert(await page.locator("body[data-stale]").count() === 1);
    });
    await page.waitForSelector('#link[data-state="live"]');
    await page.waitForSelector("body:not([data-stale])");
    assertEquals(await page.locator("#agents li").count(), 12);
  },
);

browserTest("The page offers no action without a token", async () => {
  await using scene = await Scene.open();
  const page = await scene.look({}, "#token=guessed");
  assertEquals(await texts(page, "button:visible"), [
    "All queues",
    "Dark theme",
  ]);
  const response = await fetch(`${scene.wallboard.url}pause`, {
    method: "POST",
    headers: { authorization: "Bearer guessed" },
  });
  await response.body?.cancel();
  assertEquals(response.status, 404);
});

browserTest("The page bears a token that spells nothing", async () => {
  await using scene = await Scene.open();
  await scene.look({}, "#token=%");
});

browserTest(
  "The page pauses an agent for those who have the token",
  async () => {
    await using scene = await Scene.open(
      { ...EMPTY, cast: makeCast({ agents: 2 }) },
      { token: "s3cret+/~=" },
    );
    const isPaused = () =>
      scene.live().queues.get("support")?.members.get("PJSIP/6101")?.isPaused;
    const reader = await scene.look();
    assertEquals(await texts(reader, "li button:visible"), []);
    const guessing = await scene.look({}, "#token=guessed");
    await guessing.click("li button >> nth=0");
    await waitForText(
      guessing,
      "#announcement",
      "Alice Jones: The token is not the right one",
    );
    assertEquals(isPaused(), false);

    const page = await scene.look(
      {},
      `?level=30#token=${encodeURIComponent("s3cret+/~=")}`,
    );
    assertEquals(new URL(page.url()).hash, "");
    assertEquals(new URL(page.url()).search, "?level=30");
    const button = page.getByRole("button", { name: "Pause Alice Jones" });
    await button.click();
    const resume = page.getByRole("button", { name: "Resume Alice Jones" });
    await resume.waitFor();
    assertEquals(isPaused(), true);
    assertEquals(
      await text(page, "#announcement"),
      "Alice Jones is paused",
    );
    // The agent comes into another group, and the focus follows.
    assert(
      await resume.evaluate((element) => element === document.activeElement),
    );
    await page.keyboard.press("Enter");
    await button.waitFor();
    assertEquals(isPaused(), false);
    // The token outlives a reload of the page.
    await page.reload();
    await button.waitFor();
  },
);

browserTest("The page takes texts of the PBX for texts", async () => {
  await using scene = await Scene.open(EMPTY);
  const page = await scene.look();
  const name = "<img src=x onerror=document.title=1><b>x</b>";
  scene.server().emit({
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
  "The page can be read in both themes, and remembers the one that was chosen",
  async () => {
    await using scene = await Scene.open(BUSY);
    for (const colorScheme of ["light", "dark"] as const) {
      const other = colorScheme === "light" ? "dark" : "light";
      const page = await scene.look({ colorScheme });
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
      assertEquals((await contrasts(page)).background, after.background);
      await page.context().close();
    }
  },
);

browserTest("The page names its tables, its rows and its columns", async () => {
  await using scene = await Scene.open();
  const page = await scene.look();
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
  assertEquals(await texts(page, ":is(h1, h2):visible"), [
    "Wallboard",
    "At a glance",
    "Queues",
    "The last hour",
    "Agents",
    "Calls",
  ]);
  for (const name of ["Queues", "Agents", "Calls", "The last hour"]) {
    await page.getByRole("region", { name }).waitFor();
  }
  await page.getByRole("img", { name: /each minute of the last hour/ })
    .waitFor();
  // The keyboard reaches what can be done, and shows where it is.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const outline = await page.evaluate(() => {
    const { activeElement } = document;
    return activeElement === null
      ? ""
      : `${activeElement.id} ${getComputedStyle(activeElement).outlineWidth}`;
  });
  assertEquals(outline, "theme 3px");
});
