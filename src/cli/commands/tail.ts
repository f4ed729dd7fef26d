import type { DAMI, DAMIData } from "../../../mod.ts";
import type { Command, CommandContext } from "../command.ts";
import {
  CommandError,
  SUCCESS,
  UsageError,
} from "../failures/command_error.ts";
import { clock } from "../values/duration.ts";
import { eventLine, fullEvent, timeOfDay } from "../terminal/event_line.ts";
import { JsonLines } from "../terminal/json_lines.ts";
import { readRequest, type Request } from "../tail_request.ts";
import { nearest } from "../failures/nearest.ts";
import { printable } from "../terminal/printable.ts";

/** The time without an event after which the user gets advice (milliseconds). */
const SILENCE = 10_000;

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

/** The clients of all PBXs, which log off at the end. */
class Clients implements AsyncDisposable {
  readonly all: DAMI[] = [];

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.all.map((client) => client[Symbol.asyncDispose]()));
  }
}

/** A PBX whose events are shown. */
interface Source {
  readonly context: CommandContext;
  readonly json: JsonLines;
  /** The name of the PBX as it is shown, if it is of a fleet. */
  readonly label: string | undefined;
  /** The error that was reported last, which may be why the connection was closed. */
  problem: unknown;
}

/** Shows events until enough have arrived, or the command ends. */
class Tail {
  readonly #context: CommandContext;
  readonly #request: Request;
  readonly #end = Promise.withResolvers<void>();
  readonly #clock = new Clock();
  #open = 0;
  #isEnding = false;
  #shown = 0;
  #leftOut = 0;

  constructor(context: CommandContext, request: Request) {
    this.#context = context;
    this.#request = request;
    // It may end before anybody waits for it.
    this.#end.promise.catch(() => {});
  }

  async run(): Promise<number> {
    const { signal } = this.#context;
    const { names, count, time } = this.#request;
    const contexts = await this.#context.pbxs();
    const width = Math.max(...contexts.map(({ pbx = "" }) => pbx.length));
    const sources = contexts.map((context): Source => ({
      context,
      json: new JsonLines(context.pbx),
      label: context.pbx?.padEnd(width),
      problem: undefined,
    }));
    this.#open = sources.length;
    await using clients = new Clients();
    if (this.#isFleet) {
      for (const source of sources) void this.#keepConnected(source, clients);
    } else {
      for (const source of sources) await this.#connect(source, clients);
    }
    if (names.size > 0) await this.#doubtNames();
    using _silence = this.#reportSilence(sources.length);
    const onAbort = () => this.#end.reject(signal.reason);
    signal.addEventListener("abort", onAbort);
    const timer = time === undefined
      ? undefined
      : setTimeout(() => this.#end.resolve(), time);
    try {
      signal.throwIfAborted();
      for (const client of clients.all) await client.listen();
      await this.#end.promise;
    } finally {
      this.#isEnding = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
    if (count === Infinity || this.#shown >= count) return SUCCESS;
    throw new CommandError(
      `Only ${this.#shown} of ${count} events arrived in time: wait longer with --for`,
    );
  }

  get #isFleet(): boolean {
    return this.#context.args.has("fleet");
  }

  async #connect(source: Source, clients: Clients): Promise<void> {
    clients.all.push(
      await source.context.connect(
        { reconnect: true },
        (dami) => this.#prepare(source, dami),
      ),
    );
  }

  /** Connects one PBX of a fleet. One that is down does not end the command. */
  async #keepConnected(source: Source, clients: Clients): Promise<void> {
    const { context } = source;
    try {
      await context.connect(
        { reconnect: { firstConnection: true } },
        (dami) => {
          clients.all.push(dami);
          this.#prepare(source, dami);
          dami.addEventListener("reconnecting", ({ detail }) => {
            // Later, its loss is reported instead.
            if (detail.attempt !== 2 || dami.state !== "connecting") return;
            void this.#explain(source, detail.error, "trying again");
          });
          void dami.listen();
        },
      );
    } catch (error) {
      source.problem = error;
      await this.#onClosed(source);
    }
  }

  /** Reports what went wrong with one PBX of a fleet. */
  async #explain(
    { context }: Source,
    error: unknown,
    what: string,
  ): Promise<void> {
    const { explain } = await import("../failure.ts");
    const { sentence } = explain(error, context.target);
    if (sentence !== undefined) context.tell(`${sentence} (${what})`);
  }

  #prepare(source: Source, dami: DAMI): void {
    const { names } = this.#request;
    const { context, label } = source;
    const listener = (event: DAMIData) => this.#onEvent(event, source);
    if (names.size === 0) dami.on("*", listener);
    for (const name of names) dami.on<string>(name, listener);
    const mark = (sentence: string) =>
      this.#mark(
        label === undefined ? sentence : `${context.pbx}: ${sentence}`,
      );
    dami.addEventListener("disconnect", ({ detail: { reason, error } }) => {
      if (reason !== "lost") return;
      const why = error === undefined ? "" : `: ${error.message}`;
      mark(`Connection lost, reconnecting${why}`);
    });
    dami.addEventListener("gap", ({ detail: { from, to } }) => {
      const seconds = (to.getTime() - from.getTime()) / 1_000;
      const times = [from, to].map((time) => timeOfDay(time.getTime()));
      mark(
        `Reconnected; events were missed from ${times.join(" to ")} (${
          clock(seconds)
        })`,
      );
    });
    let hasLoggedIn = false;
    dami.addEventListener("login", () => hasLoggedIn = true);
    dami.addEventListener("error", ({ error, message }) => {
      source.problem = error;
      if (dami.state !== "closed") context.tell(message);
    });
    dami.addEventListener("close", () => {
      // Otherwise the promise of the login has the reason.
      if (hasLoggedIn) void this.#onClosed(source);
    });
  }

  /** There will be no further events of a PBX. */
  async #onClosed(source: Source): Promise<void> {
    if (this.#isEnding) return;
    this.#open--;
    const error = source.problem ??
      new CommandError("The connection was closed");
    if (this.#open === 0) return this.#end.reject(error);
    await this.#explain(source, error, "the others go on");
  }

  /** Tells a user, but not a program, that it is waiting, and what to do if nothing arrives. */
  #reportSilence(pbxs: number): Disposable | undefined {
    if (!Deno.stderr.isTerminal()) return undefined;
    const { args, target: { hostname, port }, tell } = this.#context;
    const fleet = args.text("fleet");
    tell(
      fleet === undefined
        ? `Connected to ${hostname}:${port}, waiting for events`
        : `Waiting for events of ${pbxs} PBXs`,
    );
    const [name] = this.#request.names;
    const command = [
      "dami doctor",
      ...(fleet === undefined ? [] : [`--fleet ${fleet}`]),
      ...(name === undefined ? [] : [`--event ${name}`]),
    ].join(" ");
    const timer = setTimeout(() => {
      if (this.#shown > 0) return;
      tell(
        `No event for ${
          SILENCE / 1_000
        } seconds: run ${command} to find out whether they can arrive`,
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
        ? ", so it can only come from a program"
        : `: did you mean '${best}'?`;
      this.#context.tell(`Asterisk has no event '${name}' of its own${end}`);
    }
  }

  #onEvent(event: DAMIData, source: Source): void {
    const { conditions, count } = this.#request;
    if (this.#shown >= count) return;
    for (const condition of conditions) {
      if (!condition(event)) return;
    }
    if (!this.#write(event, source)) {
      this.#leftOut++;
      return;
    }
    if (this.#leftOut > 0) {
      const leftOut = this.#leftOut;
      this.#leftOut = 0;
      this.#mark(
        `${leftOut} events were dropped before this one, because the output is read too slowly`,
      );
    }
    this.#shown++;
    if (this.#shown >= count) this.#end.resolve();
  }

  #write(event: DAMIData, { json, label }: Source): boolean {
    const { output, terminal } = this.#context;
    const now = this.#clock.now;
    switch (this.#request.format) {
      case "json": {
        const buffer = output.begin();
        if (buffer === undefined) return false;
        json.write(buffer, event, now);
        return true;
      }
      case "full":
        return output.write(`${fullEvent(event, now, terminal, label)}\n`);
      case "line":
        return output.write(`${eventLine(event, now, terminal, label)}\n`);
    }
  }

  /** Prints a sentence between the events, or on stderr if a program reads them. */
  #mark(sentence: string): void {
    const { output, terminal, tell } = this.#context;
    if (this.#request.format === "json") return tell(sentence);
    const time = timeOfDay(Date.now());
    output.line(terminal.paint("yellow", `--- ${time} ${printable(sentence)}`));
  }
}

/** `dami tail`: shows events as they arrive. */
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
      summary:
        "Print one JSON object per event, with $time (and $pbx with --fleet)",
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
    since: {
      value: "TIME",
      summary: "With --nats: start this long ago, such as 1h",
    },
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
      line: "dami tail --fleet fleet.json --pbx 'berlin*' Hangup",
      summary: "Hangups on several PBXs",
    },
    {
      line: "dami tail --nats nats.example:4222 --since 1h Hangup",
      summary: "Hangups of the last hour and from now on, read from NATS",
    },
    {
      line: "dami tail FullyBooted --count 1 --for 5m",
      summary: "Wait until the PBX is up, at most five minutes",
    },
  ],
  completes: "event",
  fleet: true,
  bus: true,
  run: async (context) => {
    const request = readRequest(context);
    if (!context.args.has("nats")) {
      if (!context.args.has("since")) {
        return await new Tail(context, request).run();
      }
      throw new UsageError("--since needs --nats: a PBX keeps no events");
    }
    // Loaded here: most runs connect to the PBX.
    const { tailBus } = await import("../tail_bus.ts");
    return await tailBus(context, request);
  },
};
