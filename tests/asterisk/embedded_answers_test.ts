import { assertEquals } from "@std/assert";
import { ANSWERS, answersInTurn } from "../testing/_answers_in_turn.ts";
import {
  configurationInTurn,
  CONFIGURED,
} from "../testing/_configuration_in_turn.ts";
import { VARIABLES, variablesInTurn } from "../testing/_variables_in_turn.ts";
import { WAITED, waitEvents } from "../testing/_wait_event.ts";
import { asteriskTest, ownAsteriskTest } from "./_asterisk.ts";

asteriskTest(
  "variables and the database answer as the embedded PBX does",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    const family = `embedded${crypto.randomUUID().replaceAll("-", "")}`;
    const isOld = asterisk.major === 16;
    assertEquals(
      await answersInTurn(dami, family),
      ANSWERS.map((answer) =>
        isOld ? answer.replace("Complete|2", "Complete|1") : answer
      ),
    );
  },
);

asteriskTest(
  "variables and functions of a channel answer as the embedded PBX does",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    assertEquals(await variablesInTurn(dami), [...VARIABLES]);
  },
);

asteriskTest(
  "configuration files are written and read as on the embedded PBX",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    assertEquals(await configurationInTurn(dami), [...CONFIGURED]);
  },
);

// Any event of another test would end the waits.
ownAsteriskTest(
  "WaitEvent answers as the embedded PBX does",
  async ({ options: { port }, credentials: { secret } }) => {
    assertEquals(await waitEvents({ port, secret }), [...WAITED]);
  },
);
