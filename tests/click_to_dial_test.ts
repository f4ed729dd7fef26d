import { AmiServer } from "@dami/dami/testing";
import { assertEquals } from "@std/assert";
import { Child } from "./_child.ts";
import { within } from "./_waiting.ts";

const DEADLINE = 60_000;

/** The example, which runs in a process of its own beside the PBX. */
class ClickToDial implements AsyncDisposable {
  readonly #child: Child;
  readonly #url: string;

  private constructor(child: Child, url: string) {
    this.#child = child;
    this.#url = url;
  }

  static async start({ port }: AmiServer): Promise<ClickToDial> {
    const child = new Child([
      "run",
      "--no-prompt",
      "--allow-net=127.0.0.1",
      "--allow-env",
      "examples/click_to_dial.ts",
    ], { DAMI_PORT: String(port) });
    const output = await child.until("press Ctrl-C to stop\n");
    const [url = ""] = /http:[^\s;]+/.exec(output) ?? [];
    return new ClickToDial(child, url);
  }

  async dial(
    query: string,
    init: RequestInit = {},
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.#url}/?${query}`, {
      method: "POST",
      ...init,
    });
    return { status: response.status, text: await response.text() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
  }
}

Deno.test("examples/click_to_dial.ts answers when the call was answered, was busy or could not be made", async () => {
  await using server = AmiServer.start({
    ringTime: 1,
    talkTime: 1,
    endpoints: [
      { name: "6001", contact: "sip:a" },
      { name: "6002", contact: "sip:b", onCall: "busy" },
      { name: "6003" },
    ],
  });
  await using example = await ClickToDial.start(server);
  assertEquals(await within(example.dial("from=6001&to=6002"), DEADLINE), {
    status: 200,
    text: '{"outcome":"answered"}',
  });
  const busy = await within(example.dial("from=6002&to=6001"), DEADLINE);
  assertEquals(busy.status, 409);
  assertEquals(JSON.parse(busy.text).outcome, "busy");
  const offline = await within(example.dial("from=6003&to=6001"), DEADLINE);
  assertEquals([offline.status, offline.text], [
    404,
    '{"outcome":"unreachable"}',
  ]);
  const wrong = await example.dial("from=6001%0d%0aX&to=6002");
  assertEquals(wrong.status, 400);
});

Deno.test("examples/click_to_dial.ts hangs up when its client goes away", async () => {
  await using server = AmiServer.start({ ringTime: 600_000 });
  await using example = await ClickToDial.start(server);
  const controller = new AbortController();
  const dialling = example.dial("from=6001&to=6002", {
    signal: controller.signal,
  }).catch(() => "gone");
  const action = await within(server.next("Originate"), DEADLINE);
  controller.abort();
  assertEquals(await dialling, "gone");
  const hangup = await within(server.next("Hangup"), DEADLINE);
  assertEquals(hangup.get("Channel"), action.get("ChannelId"));
});
