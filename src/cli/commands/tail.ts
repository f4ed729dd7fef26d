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

/** The time without an event after which a person is told what to do (milliseconds). */
const SILENCE = 10_000;

/** The request of the command line. */
interface Request {
  /** The names of the events; every event if there are none. */
  names: ReadonlySet<string>;
  /** The conditions that every shown event meets. */
  conditions: readonly Condition[];
  /** The number of events to show. */
  count: number;
  /** For how long (milliseconds). */
  time: number | undefined;
  /** The form in which an event is written. */
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
    using _silence = this.#reportSilence();
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
      `Only ${this.#shown} of ${count} events arrived in time: wait longer with --for`,
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
      this.#mark(`Connection lost, reconnecting${why}`);
    });
    dami.addEventListener("gap", ({ detail: { from, to } }) => {
      const seconds = (to.getTime() - from.getTime()) / 1_000;
      const times = [from, to].map((time) => timeOfDay(time.getTime()));
      this.#mark(
        `Reconnected; events were missed from ${times.join(" to ")} (${
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

  /** Says to a person, and to no program, that it waits, and what to do if nothing comes. */
  #reportSilence(): Disposable | undefined {
    if (!Deno.stderr.isTerminal()) return undefined;
    const { target: { hostname, port }, tell } = this.#context;
    tell(`Connected to ${hostname}:${port}, waiting for events`);
    const [name] = this.#request.names;
    const command = `dami doctor${
      name === undefined ? "" : ` --event ${name}`
    }`;
    const timer = setTimeout(() => {
      if (this.#shown > 0) return;
      tell(
        `No event for ${
          SILENCE / 1_000
        } seconds: run ${command} to find out whether they can come`,
      );
    }, SILENCE);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  }

  /** A name that is not known may be one of the user's own, or mistyped. */
  async #doubtNames(): Promise<void> {
    const { EVENT_NAMES } = await import("../names.ts");
    const known = new Set(EVENT_NAMES.map((name) => name.toLowerCase()));
    for (const name of this.#request.names) {
      if (known.has(name.toLowerCase())) continue;
      const [best] = nearest(name, EVENT_NAMES);
      const end = best === undefined
        ? ", so only a program can send it"
        : `: did you mean '${best}'?`;
      this.#context.tell(`Asterisk has no event '${name}' of its own${end}`);
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
    `Shows events as they arrive: every event, or those with the given names, in
which * and ? are wildcards. It reconnects when the connection is lost; a line
that begins with --- reports the interval in which events were missed (with
--json, on stderr).`,
  options: {
    json: {
      short: "j",
      summary: "Print one JSON object for each event, with the time as $time",
    },
    full: { short: "f", summary: "Show all headers of each event" },
    where: {
      short: "w",
      value: "HEADER=PATTERN",
      summary:
        "Only events that match (!= for those that do not); all conditions apply",
    },
    count: {
      short: "n",
      value: "NUMBER",
      summary: "End after this many events; fewer within --for are a failure",
    },
    for: { value: "TIME", summary: "End after this time, such as 30s or 5m" },
  },
  examples: [
    { line: "dami tail", summary: "All events" },
    {
      line: "dami tail Hangup 'Queue*'",
      summary: "Hangups, and everything about queues",
    },
    {
      line: "dami tail --where 'Channel=PJSIP/6001-*' --full",
      summary: "Everything about one phone",
    },
    {
      line: `dami tail --json Hangup | jq --unbuffered '."Cause-txt"'`,
      summary: "The causes of hangups",
    },
    {
      line: "dami tail FullyBooted --count 1 --for 5m",
      summary: "Wait until the PBX is up, at most five minutes",
    },
  ],
  completes: "event",
  run: (context) => new Tail(context, readRequest(context)).run(),
};
