import { assert, assertEquals, assertRejects } from "@std/assert";
import { AgiCall } from "../../src/agi/agi_call.ts";
import { parseAnswer } from "../../src/agi/answer.ts";
import {
  AgiCommandError,
  AgiHangupError,
  AgiTruncatedError,
} from "../../src/agi/errors.ts";
import type { AgiLink } from "../../src/agi/link.ts";
import { agiWords } from "../../src/testing/agi/agi_words.ts";
import { readXml } from "../../tools/generate_catalog.ts";

/** A way to a call that answers everything alike, and keeps what was sent. */
class Recorder implements AgiLink {
  readonly env = {};
  readonly channel = "PJSIP/6001-1";
  readonly uniqueid = "1.1";
  readonly signal = new AbortController().signal;
  readonly lines: string[] = [];
  isHungUp = false;
  readonly #answer: string;
  readonly #isCut: boolean;

  constructor(answer = "200 result=1 (x)", isCut = false) {
    this.#answer = answer;
    this.#isCut = isCut;
  }

  send(line: string) {
    this.lines.push(line);
    return Promise.resolve(parseAnswer(this.#answer, this.#isCut));
  }
}

/** Every method, with all that it takes. */
const METHODS: Readonly<
  Record<string, (call: AgiCall) => Promise<unknown>>
> = {
  answer: (call) => call.answer(),
  asyncagiBreak: (call) => call.asyncagiBreak(),
  channelStatus: (call) => call.channelStatus({ channel: "A" }),
  controlStreamFile: (call) =>
    call.controlStreamFile("f", {
      escapeDigits: "1",
      skip: 1,
      forwardDigit: "2",
      rewindDigit: "3",
      pauseDigit: "4",
      offset: 5,
    }),
  databaseDel: (call) => call.databaseDel("f", "k"),
  databaseDeltree: (call) => call.databaseDeltree("f", "k"),
  databaseGet: (call) => call.databaseGet("f", "k"),
  databasePut: (call) => call.databasePut("f", "k", "v"),
  exec: (call) => call.exec("Dial", ["PJSIP/6001", 30]),
  getData: (call) => call.getData("f", { timeout: 1, maxDigits: 2 }),
  getFullVariable: (call) => call.getFullVariable("e", { channel: "A" }),
  getOption: (call) => call.getOption("f", { escapeDigits: "1", timeout: 2 }),
  getVariable: (call) => call.getVariable("V"),
  gosub: (call) => call.gosub("c", "e", 1, "a"),
  hangup: (call) => call.hangup({ channel: "A" }),
  noop: (call) => call.noop(),
  receiveChar: (call) => call.receiveChar(1),
  receiveText: (call) => call.receiveText(1),
  recordFile: (call) =>
    call.recordFile("f", "wav", {
      escapeDigits: "#",
      timeout: 1,
      sampleOffset: 2,
      beep: true,
      silence: 3,
    }),
  sayAlpha: (call) => call.sayAlpha("a", { escapeDigits: "1" }),
  sayDate: (call) => call.sayDate(new Date(5_000), { escapeDigits: "1" }),
  sayDatetime: (call) =>
    call.sayDatetime(5, { format: "HM", timezone: "UTC", escapeDigits: "1" }),
  sayDigits: (call) => call.sayDigits("12", { escapeDigits: "1" }),
  sayNumber: (call) => call.sayNumber(12, { gender: "f" }),
  sayPhonetic: (call) => call.sayPhonetic("a"),
  sayTime: (call) => call.sayTime(new Date(5_999)),
  sendImage: (call) => call.sendImage("i"),
  sendText: (call) => call.sendText("two words"),
  setAutohangup: (call) => call.setAutohangup(0),
  setCallerid: (call) => call.setCallerid('"Zoë" <12>'),
  setContext: (call) => call.setContext("c"),
  setExtension: (call) => call.setExtension("e"),
  setMusic: (call) => call.setMusic(true, "default"),
  setPriority: (call) => call.setPriority(1),
  setVariable: (call) => call.setVariable("V", "v"),
  speechActivateGrammar: (call) => call.speechActivateGrammar("g"),
  speechCreate: (call) => call.speechCreate("e"),
  speechDeactivateGrammar: (call) => call.speechDeactivateGrammar("g"),
  speechDestroy: (call) => call.speechDestroy(),
  speechLoadGrammar: (call) => call.speechLoadGrammar("g", "/g"),
  speechRecognize: (call) => call.speechRecognize("p", 1, { sampleOffset: 2 }),
  speechSet: (call) => call.speechSet("n", "v"),
  speechUnloadGrammar: (call) => call.speechUnloadGrammar("g"),
  streamFile: (call) =>
    call.streamFile("f", { escapeDigits: "1", sampleOffset: 2 }),
  tddMode: (call) => call.tddMode("on"),
  verbose: (call) => call.verbose("m", 3),
  waitForDigit: (call) => call.waitForDigit(1),
};

/** Returns a command's name in the words that Asterisk documents. */
function wordsOf(method: string): string {
  return method === "asyncagiBreak"
    ? "asyncagi break"
    : method.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Reads the commands of Asterisk's documentation, with the number of their parameters. */
function documented(xml: string): Map<string, number> {
  const commands = new Map<string, number>();
  for (
    const [, name = "", body = ""] of xml.matchAll(
      /<agi name="([^"]+)"[^>]*>(.*?)<\/agi>/gs,
    )
  ) {
    const [, syntax = ""] = /<syntax>(.*?)<\/syntax>/s.exec(body) ?? [];
    commands.set(name, syntax.match(/<parameter /g)?.length ?? 0);
  }
  return commands;
}

async function readDocumented(
  version: string,
): Promise<Map<string, number> | undefined> {
  try {
    return documented(await readXml(version));
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotCapable;
    if (isMissing) return undefined;
    throw error;
  }
}

for (const version of ["16", "22"]) {
  const commands = await readDocumented(version);
  Deno.test({
    name:
      `There is a method for each command that Asterisk ${version} documents, with all its parameters`,
    ignore: commands === undefined,
    async fn() {
      const names = Object.keys(METHODS).map(wordsOf);
      assertEquals(names.sort(), [...commands?.keys() ?? []].sort());
      for (const [method, run] of Object.entries(METHODS)) {
        const recorder = new Recorder();
        await run(new AgiCall(recorder));
        const name = wordsOf(method);
        const words = agiWords(recorder.lines[0] ?? "");
        const count = name.split(" ").length;
        assertEquals(words.slice(0, count).join(" ").toLowerCase(), name);
        // A gender, and nothing else, may be left out here.
        const isWhole = words.length - count === commands?.get(name);
        assert(isWhole, `${name}: ${words.join(" ")}`);
      }
    },
  });
}

Deno.test("The methods are all that a call has beside its properties and send()", () => {
  const methods = Object.getOwnPropertyNames(AgiCall.prototype).filter((name) =>
    !["constructor", "env", "channel", "uniqueid", "signal", "send"].includes(
      name,
    )
  );
  assertEquals(methods.sort(), Object.keys(METHODS).sort());
});

Deno.test("Arguments that are left out before others get Asterisk's defaults", async () => {
  const recorder = new Recorder("200 result=0 endpos=-1");
  const call = new AgiCall(recorder);
  await call.controlStreamFile("f");
  await call.controlStreamFile("f", { offset: 9 });
  await call.controlStreamFile("f", { rewindDigit: "7" });
  await call.recordFile("f", "wav", { silence: 2 });
  assertEquals(recorder.lines, [
    'CONTROL STREAM FILE f ""',
    'CONTROL STREAM FILE f "" 3000 # * "" 9',
    'CONTROL STREAM FILE f "" 3000 # 7',
    "RECORD FILE f wav # -1 s=2",
  ]);
});

/** Runs a command that is answered so. */
function answered<T>(
  answer: string,
  run: (call: AgiCall) => Promise<T>,
): Promise<T> {
  return run(new AgiCall(new Recorder(answer)));
}

Deno.test("Results are what the command says", async () => {
  assertEquals(
    await answered("200 result=49 endpos=8000", (call) => call.streamFile("f")),
    { digit: "1", endpos: 8_000 },
  );
  assertEquals(
    await answered("200 result=0 endpos=1", (call) => call.getOption("f")),
    { digit: undefined, endpos: 1 },
  );
  assertEquals(
    await answered("200 result=012 (timeout)", (call) => call.getData("f")),
    { digits: "012", timedOut: true },
  );
  assertEquals(
    await answered("200 result=*1", (call) => call.getData("f")),
    { digits: "*1", timedOut: false },
  );
  assertEquals(
    await answered(
      "200 result=35 (dtmf) endpos=80",
      (call) => call.recordFile("f", "wav"),
    ),
    { digit: "#", reason: "dtmf", endpos: 80 },
  );
  assertEquals(
    await answered("200 result=0", (call) => call.getVariable("V")),
    undefined,
  );
  assertEquals(
    await answered("200 result=1 ()", (call) => call.getVariable("V")),
    "",
  );
  assertEquals(
    await answered("200 result=-1", (call) => call.channelStatus()),
    undefined,
  );
  assertEquals(
    await answered("200 result=6", (call) => call.channelStatus()),
    6,
  );
  assertEquals(await answered("200 result=-1", (call) => call.hangup()), false);
  assertEquals(
    await answered("200 result=233", (call) => call.receiveChar(1)),
    "é",
  );
  assertEquals(
    await answered("200 result=0 (timeout)", (call) => call.receiveChar(1)),
    undefined,
  );
  assertEquals(
    await answered("200 result=0", (call) => call.tddMode("on")),
    false,
  );
});

Deno.test("Speech is read with its scores, texts and grammars", async () => {
  const speech = await answered(
    '200 result=1 (speech) endpos=1200 results=2 score0=900 text0="yes please" grammar0=yesno score1=10 text1="no" grammar1=yesno',
    (call) => call.speechRecognize("p", 3),
  );
  assertEquals(speech, {
    reason: "speech",
    digit: undefined,
    endpos: 1_200,
    results: [
      { score: 900, text: "yes please", grammar: "yesno" },
      { score: 10, text: "no", grammar: "yesno" },
    ],
  });
  const digit = await answered(
    "200 result=1 (digit) digit=5 endpos=7",
    (call) => call.speechRecognize("p", 3),
  );
  assertEquals(digit, { reason: "digit", digit: "5", endpos: 7, results: [] });
});

Deno.test("A failure is told from a hang-up by what the link knows after another command", async () => {
  const failing = new Recorder("200 result=-1");
  await assertRejects(() => new AgiCall(failing).exec("Dial"), AgiCommandError);
  assertEquals(failing.lines, ["EXEC Dial", "NOOP"]);
  const ended = new Recorder("200 result=-1");
  ended.isHungUp = true;
  await assertRejects(() => new AgiCall(ended).exec("Dial"), AgiHangupError);
});

Deno.test("A value that was cut is an error, never a part of it", async () => {
  const call = new AgiCall(new Recorder("200 result=1 (abc", true));
  for (
    const read of [
      () => call.getVariable("V"),
      () => call.getFullVariable("V"),
      () => call.databaseGet("f", "k"),
      () => call.receiveText(1),
    ]
  ) await assertRejects(read, AgiTruncatedError);
});
