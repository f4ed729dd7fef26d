import type { DAMI, DAMIData } from "../../../mod.ts";
import type { Command, CommandContext } from "../command.ts";
import { CommandError, SUCCESS } from "../failures/command_error.ts";
import { readCount } from "../values/count.ts";
import { clock, readDuration } from "../values/duration.ts";
import { eventLine, fullEvent, timeOfDay } from "../terminal/event_line.ts";
import { JsonLines } from "../terminal/json_lines.ts";
import { nearest } from "../failures/nearest.ts";
import {
  type Condition,
  hasWildcards,
  readCondition,
  wildcards,
} from "../values/pattern.ts";
import { printable } from "../terminal/printable.ts";

/** What the command line asks for. */
interface Request {
  /** The names of the events; every event if there are none. */
  names: ReadonlySet<string>;
  /** What all events that are shown have in common. */
  conditions: readonly Condition[];
  /** How many events to show. */
  count: number;
  /** For how long (milliseconds). */
  time: number | undefined;
  /** How an event is written. */
  format: "line" | "full" | "json";
}

function readRequest({ args }: CommandContext): Request {
  const conditions = args.texts("where").map(readCondition);
  const names = new Map(
    args.words.map((name) => [name.toLowerCase(), name] as const),
  );
  const patterns = [...names.values()].filter(hasWildcards);
  if (patterns.length > 0) {
    // Among patterns a mere name is one as well.
    const isWanted = [...names.values()].map(wildcards);
    conditions.unshift((event) =>
      isWanted.some((matches) => matches(String(event["Event"])))
    );
    names.clear();
  }
  const count = args.text("count");
  const time = args.text("for");
  return {
    names: new Set(names.values()),
    conditions,
    count: count === undefined ? Infinity : readCount(count, "--count"),
    time: time === undefined ? undefined : readDuration(time, "--for"),
    format: args.has("json") ? "json" : args.has("full") ? "full" : "line",
  };
}

/** The time, which is the same for all events that are read at once. */
class Clock {
  #now = 0;

  /** Milliseconds since 1970. */
  get now(): number {
    if (this.#now === 0) {
      this.#now = Date.now();
      setTimeout(() => this.#now = 0, 0);
    }
    return this.#now;
  }
}

/** Shows events until enough came, or it is told to end. */
class Tail {
  readonly #context: CommandContext;
  readonly #request: Request;
  readonly #end = Promise.withResolvers<void>();
  readonly #json = new JsonLines();
  readonly #clock = new Clock();
  #shown = 0;
  #leftOut = 0;
  #problem: unknown;

  constructor(context: CommandContext, request: Request) {
    this.#context = context;
    this.#request = request;
    // It may come to its end before anybody waits for it.
    this.#end.promise.catch(() => {});
  }

  async run(): Promise<number> {
    const { signal } = this.#context;
    const { names, count, time } = this.#request;
    await using dami = await this.#context.connect(
      { reconnect: true },
      (dami) => this.#prepare(dami),
    );
    if (names.size > 0) await this.#doubtNames();
    const onAbort = () => this.#end.reject(signal.reason);
    signal.addEventListener("abort", onAbort);
    const timer = time === undefined
      ? undefined
      : setTimeout(() => this.#end.resolve(), time);
    try {
      signal.throwIfAborted();
      await dami.listen();
      await this.#end.promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
    if (count === Infinity || this.#shown >= count) return SUCCESS;
    throw new CommandError(
      `Only ${this.#shown} of ${count} events came in time: wait longer with --for`,
    );
  }

  #prepare(dami: DAMI): void {
    const { names } = this.#request;
    const listener = (event: DAMIData) => this.#onEvent(event);
    if (names.size === 0) dami.on("*", listener);
    for (const name of names) dami.on<string>(name, listener);
    dami.addEventListener("disconnect", ({ detail: { reason, error } }) => {
      if (reason !== "lost") return;
      const why = error === undefined ? "" : `: ${error.message}`;
      this.#mark(`The connection was lost and is made again${why}`);
    });
    dami.addEventListener("gap", ({ detail: { from, to } }) => {
      const seconds = (to.getTime() - from.getTime()) / 1_000;
      const times = [from, to].map((time) => timeOfDay(time.getTime()));
      this.#mark(
        `Connected again; events were missed from ${times.join(" to ")} (${
          clock(seconds)
        })`,
      );
    });
    dami.addEventListener("error", ({ error, message }) => {
      this.#problem = error;
      if (dami.state !== "closed") this.#context.tell(message);
    });
    dami.addEventListener("close", () => {
      this.#end.reject(
        this.#problem ?? new CommandError("The connection was closed"),
      );
    });
  }

  /** A name that is not known may be one of the user's own, or mistyped. */
  async #doubtNames(): Promise<void> {
    const { EVENT_NAMES } = await import("../names.ts");
    const known = new Set(EVENT_NAMES.map((name) => name.toLowerCase()));
    for (const name of this.#request.names) {
      if (known.has(name.toLowerCase())) continue;
      const [best] = nearest(name, EVENT_NAMES);
      if (best === undefined) continue;
      this.#context.tell(
        `Asterisk has no event '${name}' of its own: perhaps '${best}' is meant`,
      );
    }
  }

  #onEvent(event: DAMIData): void {
    const { conditions, count } = this.#request;
    if (this.#shown >= count) return;
    for (const condition of conditions) {
      if (!condition(event)) return;
    }
    if (!this.#write(event)) {
      this.#leftOut++;
      return;
    }
    if (this.#leftOut > 0) {
      const leftOut = this.#leftOut;
      this.#leftOut = 0;
      this.#mark(
        `${leftOut} events were left out before the last one, as the output is read too slowly`,
      );
    }
    this.#shown++;
    if (this.#shown >= count) this.#end.resolve();
  }

  #write(event: DAMIData): boolean {
    const { output, terminal } = this.#context;
    const now = this.#clock.now;
    switch (this.#request.format) {
      case "json": {
        const buffer = output.begin();
        if (buffer === undefined) return false;
        this.#json.write(buffer, event, now);
        return true;
      }
      case "full":
        return output.write(`${fullEvent(event, now, terminal)}\n`);
      case "line":
        return output.write(`${eventLine(event, now, terminal)}\n`);
    }
  }

  /** Says something between the events, and beside them where a program reads them. */
  #mark(sentence: string): void {
    const { output, terminal, tell } = this.#context;
    if (this.#request.format === "json") return tell(sentence);
    const time = timeOfDay(Date.now());
    output.line(terminal.paint("yellow", `--- ${time} ${printable(sentence)}`));
  }
}

/** `dami tail`: shows events as they come. */
export const tail: Command = {
  usage: "[EVENT…]",
  description:
    `Shows events as they come: every event, or those of the names given, in which
* and ? are wildcards. A lost connection is made again, and a line that begins
with --- says from when to when events were missed; with --json, stderr does.`,
  options: {
    json: {
      short: "j",
      summary: "One JSON object for each event, with the time as $time",
    },
    full: { short: "f", summary: "All headers of each event" },
    where: {
      short: "w",
      value: "HEADER=PATTERN",
      summary: "Only events like this, or unlike with !=; all must hold",
    },
    count: {
      short: "n",
      value: "NUMBER",
      summary: "End after so many; fewer in the time of --for is a failure",
    },
    for: { value: "TIME", summary: "End after so long, such as 30s or 5m" },
  },
  examples: [
    { line: "dami tail", summary: "All events" },
    {
      line: "dami tail Hangup 'Queue*'",
      summary: "Who hangs up, and what happens in the queues",
    },
    {
      line: "dami tail --where 'Channel=PJSIP/6001-*' --full",
      summary: "All about one phone",
    },
    {
      line: `dami tail --json Hangup | jq --unbuffered '."Cause-txt"'`,
      summary: "Why calls end",
    },
    {
      line: "dami tail FullyBooted --count 1 --for 5m",
      summary: "Wait until the PBX is up, for five minutes at most",
    },
  ],
  completes: "event",
  run: (context) => new Tail(context, readRequest(context)).run(),
};
