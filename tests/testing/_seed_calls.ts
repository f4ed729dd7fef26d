import type { DAMI, DAMIData } from "../../mod.ts";
import { assert, assertEquals } from "@std/assert";
import { until } from "../_waiting.ts";

/** The call that `Originate` makes, which every PBX names otherwise. */
export interface SeedCall {
  readonly Channel: string;
  readonly Context: string;
  readonly Exten: string | number;
}

/**
 * Makes the calls of the first DAMI's README, spelled as they are there. Its
 * QuickStart does not parse as it is printed, and so is left out.
 *
 * @returns The answer to `GetConfig` of `extensions.conf`.
 */
export async function seedCalls(
  Dami: DAMI,
  { Channel, Context, Exten }: SeedCall,
): Promise<DAMIData> {
  await Dami.listen();
  let booted = 0;
  Dami.on("FullyBooted", (_data: DAMIData) => {
    booted++;
  });
  const [content] = await Dami.to("GetConfig", {
    Filename: "extensions.conf",
    ActionId: "custom id",
  });
  assertEquals(content.ActionID, "custom id");
  let answers: readonly DAMIData[] = [];
  await Dami.to(
    "GetConfig",
    { Filename: "extensions.conf", ActionID: "custom id" },
    (data) => {
      answers = data;
    },
  );
  assertEquals(answers.length, 1);
  const peers = await Dami.to("SIPPeers", {});
  assertEquals(peers.at(-1)?.["Event"], "PeerlistComplete");
  const [queued] = await Dami.to("Originate", {
    Channel,
    Context,
    Exten,
    Priority: 1,
    Callerid: 3125551212,
    Timeout: 30000,
    Variable: "var1=23|var2=24|var3=25",
    ActionID: "ABC45678901234567890",
  });
  assertEquals(queued?.["Response"], "Success");
  const [response] = await Dami.to("Command", {
    Command: "core show version",
    ActionID: "custom id",
  });
  assert(Array.isArray(response?.["Output"]));
  assertEquals(await Dami.ping(), true);
  assertEquals(Dami.conn.remoteAddr.transport, "tcp");
  await until(() => booted === 1);
  return content;
}
