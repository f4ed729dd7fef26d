import { assertEquals, assertRejects } from "@std/assert";
import { SharedQuestions } from "../../src/nats/shared_questions.ts";

/** A PBX that answers when the test says so. */
class Asked {
  readonly answers: PromiseWithResolvers<number>[] = [];
  readonly ask = (): Promise<number> => {
    const answer = Promise.withResolvers<number>();
    this.answers.push(answer);
    return answer.promise;
  };
}

Deno.test("SharedQuestions asks once for all that come while it waits", async () => {
  const pbx = new Asked();
  const shared = new SharedQuestions<number>();
  const first = shared.ask("x", pbx.ask);
  const others = [1, 2, 3].map(() => shared.ask("x", pbx.ask));
  assertEquals(pbx.answers.length, 1);
  pbx.answers[0]?.resolve(1);
  assertEquals(await first, 1);
  // An answer that is older than the question is not given.
  await Promise.resolve();
  assertEquals(pbx.answers.length, 2);
  pbx.answers[1]?.resolve(2);
  assertEquals(await Promise.all(others), [2, 2, 2]);
  assertEquals(pbx.answers.length, 2);
});

Deno.test("SharedQuestions asks again when nobody waits", async () => {
  const pbx = new Asked();
  const shared = new SharedQuestions<number>();
  for (const value of [1, 2, 3]) {
    const answer = shared.ask("x", pbx.ask);
    pbx.answers.at(-1)?.resolve(value);
    assertEquals(await answer, value);
  }
});

Deno.test("SharedQuestions keeps different questions apart", () => {
  const pbx = new Asked();
  const shared = new SharedQuestions<number>();
  void shared.ask("x", pbx.ask);
  void shared.ask("y", pbx.ask);
  assertEquals(pbx.answers.length, 2);
});

Deno.test("SharedQuestions asks on after a failure", async () => {
  const pbx = new Asked();
  const shared = new SharedQuestions<number>();
  const first = shared.ask("x", pbx.ask);
  const second = shared.ask("x", pbx.ask);
  pbx.answers[0]?.reject(new Error("no"));
  await assertRejects(() => first, Error, "no");
  await Promise.resolve();
  pbx.answers[1]?.resolve(2);
  assertEquals(await second, 2);
});
