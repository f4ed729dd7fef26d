import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { AgiLostError } from "../../src/agi/errors.ts";
import { AsyncSession } from "../../src/agi/async_session.ts";
import type { AgiAnswer } from "../../src/agi/answer.ts";
import { ANSWER } from "./_answers.ts";

const ENCODER = new TextEncoder();

function encode(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += /\w/.test(character)
      ? character
      : `%${byte.toString(16).padStart(2, "0")}`;
  }
  return text.slice(0, 2_047);
}

/** The part of Asterisk that runs commands and reads its own answers. */
class Channel {
  #pipe = new Uint8Array();
  #count = 0;
  /** `true` if anything was lost. */
  isCut = false;
  readonly session: AsyncSession;
  readonly #answers: Map<string, string>;

  constructor(answers: Map<string, string>) {
    this.#answers = answers;
    this.session = new AsyncSession({
      start: { Channel: "A", Uniqueid: "1.1", Env: "agi_request%3A%20x%0A%0A" },
      onGone() {},
      nextId: () => `id-${++this.#count}`,
      act: async ({ Command, CommandID }) => {
        await Promise.resolve();
        this.#run(`${Command}`, `${CommandID}`);
      },
    });
  }

  #run(command: string, CommandId: string): void {
    const [, , , echo = ""] = command.split(" ");
    const answer = this.#answers.get(command) ?? `200 result=1 (${echo})`;
    const bytes = ENCODER.encode(`${answer}\n`);
    const pipe = new Uint8Array([...this.#pipe, ...bytes]);
    const chunk = pipe.subarray(0, 1_024);
    this.#pipe = pipe.slice(1_024);
    const Result = encode(chunk);
    if (Result.length >= 2_045) this.isCut = true;
    this.session.executed({ Event: "AsyncAGIExec", CommandId, Result });
  }
}

Deno.test("Each command gets its own answer, or a part of it, or is told that it is lost", async () => {
  const answers = fc.array(ANSWER, { minLength: 1, maxLength: 12 });
  const isTogether = fc.boolean();
  await fc.assert(
    fc.asyncProperty(answers, isTogether, async (given, isTogether) => {
      const byCommand = new Map(
        given.map((answer, index) => [`C ${index}`, answer]),
      );
      const channel = new Channel(byCommand);
      const results: PromiseSettledResult<AgiAnswer>[] = [];
      const sent: Promise<AgiAnswer>[] = [];
      for (const command of byCommand.keys()) {
        const promise = channel.session.send(command);
        if (isTogether) sent.push(promise);
        else results.push(...await Promise.allSettled([promise]));
      }
      results.push(...await Promise.allSettled(sent));
      for (const [index, result] of results.entries()) {
        if (result.status === "rejected") {
          assert(result.reason instanceof AgiLostError);
          assert(channel.isCut && isTogether);
        } else if (result.value.truncated) {
          assert(channel.isCut);
          assert(given[index]?.startsWith(result.value.raw));
        } else {
          assertEquals(result.value.raw, given[index]);
        }
      }
    }),
    { numRuns: 400 },
  );
});
