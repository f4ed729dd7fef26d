import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  DEFAULTS,
  isPbxChosen,
  isQueueChosen,
  readChoice,
  writeChoice,
} from "../../examples/wallboard/page/choice.js";

Deno.test("readChoice() reads queues, PBXs, the level and the warnings", () => {
  assertEquals(
    readChoice(
      "?queues=support,sales&pbx=berlin&level=30&warn=45,90&group=queue&sound=on",
    ),
    {
      queues: ["support", "sales"],
      pbxs: ["berlin"],
      level: 30,
      amber: 45,
      red: 90,
      group: "queue",
      sound: true,
    },
  );
});

Deno.test("readChoice() takes the default for what is missing or wrong", () => {
  for (
    const search of [
      "",
      "?",
      "?queues=&pbx=,",
      "?level=0&warn=x&group=name&sound=yes",
      "?level=601&warn=-1",
      "?level=1e2&warn=,",
    ]
  ) assertEquals(readChoice(search), DEFAULTS, search);
});

Deno.test("readChoice() doubles a single warning, and never lets red come before amber", () => {
  const warned = (search: string) => {
    const { amber, red } = readChoice(search);
    return [amber, red];
  };
  assertEquals(warned("?warn=30"), [30, 60]);
  assertEquals(warned("?warn=30,10"), [30, 30]);
  assertEquals(warned("?warn=,90"), [DEFAULTS.amber, 90]);
});

Deno.test("writeChoice() writes nothing of the defaults, and what readChoice() reads", () => {
  assertEquals(writeChoice(DEFAULTS), "");
  const names = fc.array(
    fc.stringMatching(/^[^,\s](?:[^,]*[^,\s])?$/u).filter((text) =>
      text.isWellFormed()
    ),
  );
  fc.assert(fc.property(
    fc.record({
      queues: names,
      pbxs: names,
      level: fc.integer({ min: 1, max: 600 }),
      amber: fc.integer({ min: 1, max: 500 }),
      more: fc.nat(500),
      group: fc.constantFrom(
        "state" as const,
        "queue" as const,
        "none" as const,
      ),
      sound: fc.boolean(),
    }),
    ({ more, ...rest }) => {
      const choice = { ...rest, red: rest.amber + more };
      assertEquals(readChoice(writeChoice(choice)), choice);
    },
  ));
});

Deno.test("A queue is chosen by its name or its key, within the chosen PBXs", () => {
  const chosen = (search: string, key: string) =>
    isQueueChosen(readChoice(search), key);
  assert(chosen("", "berlin/support"));
  assert(chosen("?queues=Support", "berlin/support"));
  assert(chosen("?queues=berlin/support", "berlin/support"));
  assert(!chosen("?queues=wien/support", "berlin/support"));
  assert(!chosen("?queues=support&pbx=wien", "berlin/support"));
  assert(chosen("?pbx=wien,berlin", "berlin/support"));
  assert(!isPbxChosen(readChoice("?pbx=wien"), "berlin"));
});
