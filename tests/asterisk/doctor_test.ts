/**
 * The command `dami doctor` against real Asterisk, and what it knows of
 * Asterisk's classes.
 *
 * @module
 */

import {
  assert,
  assertArrayIncludes,
  assertEquals,
  assertStringIncludes,
} from "@std/assert";
import { readActions } from "../../src/cli/doctor/actions.ts";
import {
  classesInForce,
  printedClasses,
} from "../../src/cli/doctor/classes.ts";
import { rightsOf } from "../../src/cli/doctor/rights.ts";
import { asteriskVersion } from "../../src/ami_version.ts";
import {
  WANTED_ACTIONS,
  wantedAction,
} from "../../src/cli/doctor/wanted_actions.ts";
import {
  classOfEvent,
  KNOWN_EVENTS,
} from "../../src/cli/doctor/wanted_events.ts";
import { diagnose, type FoundReport } from "../cli/doctor/_run.ts";
import { DEADLINE } from "./_arrivals.ts";
import {
  type AsteriskContext,
  asteriskTest,
  ownAsteriskTest,
} from "./_asterisk.ts";
import { EventLog } from "./_event_log.ts";

/** Examines as a user. */
function examine(
  asterisk: AsteriskContext,
  username: string,
  ...args: string[]
): Promise<FoundReport> {
  const { port } = asterisk.options;
  const { secret } = asterisk.credentials;
  return diagnose({
    port,
    secret,
    args: ["--username", username, "--listen", "200ms", ...args],
  });
}

/** Waits until something holds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + DEADLINE;
  while (!await holds()) {
    assert(performance.now() < deadline, "It did not come true in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The levels of the last findings of a check. */
function lastLevels(
  report: FoundReport,
  check: string,
  count: number,
): string[] {
  return report.levels(check).slice(-count);
}

asteriskTest("doctor: a user who may do everything", async (asterisk) => {
  const report = await examine(asterisk, "admin", "--event=Hangup");
  assertEquals(report.code, 0);
  assertStringIncludes(report.text("Greeting"), `Asterisk ${asterisk.major}`);
  assertEquals(report.levels("manager.conf"), ["ok"]);
  assertStringIncludes(report.text("manager.conf"), "read = all, write = all");
  assertStringIncludes(report.text("Actions"), "full control");
  assertEquals(lastLevels(report, "Events", 1), ["ok"]);
  assertEquals(report.levels("Several logins"), ["ok"]);
  assertStringIncludes(report.text("Reading"), "within 5000 ms");
  assertEquals(report.levels("Clock"), ["ok"]);
});

// One of its own, as a call of another test would reveal more.
ownAsteriskTest(
  "doctor: a user whose rights show only by events",
  async (asterisk) => {
    const report = await examine(
      asterisk,
      "operator",
      ...["--user-event", "--action=Originate", "--action=Command"],
      ...["--action=QueueAdd", "--event=UserEvent", "--event=PeerStatus"],
      ...["--event=Hangup"],
    );
    assertEquals(report.code, 1);
    assertEquals(report.levels("manager.conf"), ["note"]);
    assertStringIncludes(
      report.text("Actions"),
      "as write has call,user,originate",
    );
    assertEquals(lastLevels(report, "Actions", 3), [
      "ok",
      "problem",
      "problem",
    ]);
    // app_queue is loaded, so that it is the class that lacks.
    assertStringIncludes(report.text("Actions"), "agent (QueueAdd");
    assertStringIncludes(report.text("Events"), "operator reads user");
    assertEquals(lastLevels(report, "Events", 3), ["ok", "problem", "note"]);
  },
  { lean: false },
);

ownAsteriskTest(
  "doctor: a user who may send nothing",
  async (asterisk) => {
    const report = await examine(asterisk, "watcher", "--user-event");
    assertEquals(report.code, 0);
    assertEquals(report.levels("Actions")[0], "warning");
    assertStringIncludes(report.text("Events"), "watcher reads system");
    assertStringIncludes(report.text("Events"), "security");
    assertStringIncludes(report.text("Events"), "write = …,user");
  },
  { lean: false },
);

asteriskTest("doctor: a user whose section is wrong", async (asterisk) => {
  const report = await examine(
    asterisk,
    "clerk",
    ...["--event=Hangup", "--event=QueueMemberStatus"],
  );
  assertEquals(report.code, 1);
  assertStringIncludes(
    report.text("manager.conf"),
    "[clerk]: read = call,agent, without spaces",
  );
  assertStringIncludes(report.text("Events"), "!Event: Newexten");
  assertEquals(lastLevels(report, "Events", 2), ["warning", "problem"]);
  assertStringIncludes(report.text("Reading"), "within 100 ms (writetimeout)");
  // It is so: Asterisk has dropped what stands after the blank.
  const shown = await asterisk.console("manager show user clerk");
  const inForce = /read perm: (.*)/.exec(shown)?.[1] ?? "";
  assertEquals(printedClasses(inForce), classesInForce("call, agent"));
});

asteriskTest("doctor: a user with the console alone", async (asterisk) => {
  const report = await examine(asterisk, "console");
  assertEquals(report.code, 0);
  assertStringIncludes(
    report.text("manager.conf"),
    "read = (none), write = command",
  );
  assertEquals(report.levels("Events")[0], "warning");
});

ownAsteriskTest(
  "doctor: a user who may log in only once",
  async (asterisk) => {
    const alone = await examine(asterisk, "single");
    assertEquals(alone.code, 0);
    assertEquals(alone.levels("Several logins"), ["warning"]);

    await using _other = await asterisk.connectAs("single", {});
    const report = await examine(asterisk, "single");
    assertEquals(report.code, 1);
    assertStringIncludes(report.text("Login"), "allowmultiplelogin = yes");
  },
);

for (const username of ["banned", "nobody"]) {
  asteriskTest(
    `doctor: the login of ${username} is refused`,
    async (asterisk) => {
      const report = await examine(asterisk, username);
      assertEquals(report.code, 1);
      assertEquals(report.levels("Login"), ["problem"]);
      assertStringIncludes(
        report.text("Login"),
        `[${username}]: permit = 127.0.`,
      );
      assertEquals(report.notChecked("Events"), "not logged in");
    },
  );
}

asteriskTest(
  "doctor asks for nothing that it may not, and leaves no session behind",
  async (asterisk) => {
    await using admin = await asterisk.connect({ events: "security" });
    await admin.listen();
    const log = new EventLog(admin);
    await examine(asterisk, "clerk");
    await log.named("SuccessfulAuth", "AccountID", "clerk");
    await admin.to("Ping");
    const refused = log.items.filter(({ Event, AccountID }) =>
      Event === "RequestNotAllowed" && AccountID === "clerk"
    );
    assertEquals(refused, []);
    // Asterisk forgets who has said goodbye a moment later.
    await until(async () => {
      const connected = await asterisk.console("manager show connected");
      return !/^\s*clerk /m.test(connected);
    });
  },
);

asteriskTest("doctor: encrypted connections", async (asterisk) => {
  const { port, tls } = asterisk.tlsOptions;
  const { secret } = asterisk.credentials;
  const file = await Deno.makeTempFile({ suffix: ".pem" });
  await Deno.writeTextFile(file, tls.caCerts.join(""));
  const run = (...args: string[]) =>
    diagnose({ port, secret, args: ["--listen", "1ms", ...args] });

  const trusted = await run("--ca", file);
  assertEquals(trusted.code, 0);
  assertEquals(trusted.levels("Encryption"), ["ok"]);
  assertEquals(trusted.levels("Login"), ["ok"]);

  const unknown = await run("--tls");
  assertStringIncludes(unknown.text("Encryption"), "with --ca");

  const otherName = await run("--ca", file, "--server-name", "other.test");
  assertStringIncludes(
    otherName.text("Encryption"),
    `but for ${asterisk.serverName}, 127.0.0.1`,
  );

  const plain = await run("--timeout", "500ms");
  assertStringIncludes(plain.text("Greeting"), "Add --tls");

  const toPlain = await examine(asterisk, "admin", "--tls");
  assertStringIncludes(toPlain.text("Encryption"), "speaks AMI");
  for (const report of [unknown, otherName, plain, toPlain]) {
    assertEquals(report.code, 1);
  }
  await Deno.remove(file);
});

ownAsteriskTest(
  "doctor: an Asterisk that is full, hangs, or is gone",
  async (asterisk, process) => {
    // By default Asterisk lets 50 wait for a login (`authlimit`).
    const waiting: Deno.Conn[] = [];
    for (let count = 0; count < 55; count++) {
      waiting.push(await Deno.connect(asterisk.options));
    }
    const full = await examine(asterisk, "admin");
    assertStringIncludes(full.text("Greeting"), "authlimit = 50");
    for (const conn of waiting) conn.close();

    await process.suspend();
    const hanging = await examine(asterisk, "admin", "--timeout", "500ms");
    assertStringIncludes(hanging.text("Greeting"), "No greeting");
    process.resume();

    await process.kill();
    const gone = await examine(asterisk, "admin");
    assertStringIncludes(gone.text("Port"), "enabled = yes");
    for (const report of [full, hanging, gone]) assertEquals(report.code, 1);
  },
);

ownAsteriskTest(
  "doctor: manager.conf was changed and not loaded",
  async (asterisk) => {
    await using admin = await asterisk.connect();
    await admin.to<string>("UpdateConfig", {
      SrcFilename: "manager.conf",
      DstFilename: "manager.conf",
      "Action-000000": "Update",
      "Cat-000000": "admin",
      "Var-000000": "read",
      "Value-000000": "call",
    });
    const report = await examine(asterisk, "admin", "--event=VarSet");
    assertStringIncludes(report.text("manager.conf"), "not reloaded");
    // What is in force counts.
    assertEquals(lastLevels(report, "Events", 1), ["ok"]);
  },
);

asteriskTest("doctor knows the classes of actions", async (asterisk) => {
  await using admin = await asterisk.connect();
  const [response] = await admin.to("ListCommands");
  const listed = readActions(response);
  for (const [action, classes] of listed) {
    const known = wantedAction(action);
    if (known === undefined) continue;
    assertEquals(known.action, action);
    assertEquals(new Set(known.classes), classes, action);
  }
  for (const { action, module } of WANTED_ACTIONS) {
    if (module === undefined) assert(listed.has(action), action);
  }
  assertEquals([...rightsOf(listed).lacks], []);
});

ownAsteriskTest(
  "doctor knows which actions are always there",
  async (asterisk) => {
    // Next to no module is loaded here.
    await using admin = await asterisk.connect();
    const [response] = await admin.to("ListCommands");
    const listed = readActions(response);
    for (const { action, module } of WANTED_ACTIONS) {
      assertEquals(listed.has(action), module === undefined, action);
    }
  },
);

ownAsteriskTest(
  "doctor knows the classes of events",
  async (_asterisk, { installation }) => {
    const file = `${
      installation.root ?? ""
    }/usr/share/asterisk/documentation/core-en_US.xml`;
    const documentation = await Deno.readTextFile(file);
    const instances = documentation.matchAll(
      /<managerEvent [^>]*name="([^"]+)"[^>]*>\s*<managerEventInstance class="EVENT_FLAG_(\w+)"/g,
    );
    let count = 0;
    for (const [, event = "", flag = ""] of instances) {
      const known = classOfEvent(event);
      // It is of the class `call` on the wire (`cel/cel_manager.c`).
      if (known === undefined || event === "CEL") continue;
      assertEquals(known.class, flag.toLowerCase(), event);
      count++;
    }
    assert(count > 100, `${count} events`);
  },
);

asteriskTest(
  "doctor knows the classes of what really comes",
  async (asterisk) => {
    await using admin = await asterisk.connect();
    await admin.listen();
    const log = new EventLog(admin);
    await admin.originate({
      Channel: "Local/answer@tests",
      Application: "Hangup",
    });
    await log.find(({ Event }) => Event === "Hangup", "Hangup");
    await admin.to("Ping");
    const seen = new Set<string>();
    for (const { Event, Privilege } of log.items) {
      const known = classOfEvent(String(Event));
      if (known === undefined) continue;
      assertEquals(String(Privilege).split(",")[0], known.class, known.event);
      seen.add(known.event);
    }
    assertArrayIncludes([...seen], ["Newchannel", "Newexten", "Hangup"]);
    assertArrayIncludes([...KNOWN_EVENTS], [...seen]);
  },
);

asteriskTest("doctor knows the version by the greeting", async (asterisk) => {
  await using admin = await asterisk.connect();
  const [settings] = await admin.to("CoreSettings");
  assertEquals(
    asteriskVersion(String(settings.AMIversion)),
    `${asterisk.major}`,
  );
});
