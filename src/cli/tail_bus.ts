import type { DAMIData } from "../../mod.ts";
import type { BusGapDetail, BusItem } from "../nats/nats.ts";
import type { CommandContext } from "./command.ts";
import { CommandError, SUCCESS, UsageError } from "./failures/command_error.ts";
import { ALL, isChosen } from "./pbx_choice.ts";
import { eventLine, fullEvent, timeOfDay } from "./terminal/event_line.ts";
import { JsonLines } from "./terminal/json_lines.ts";
import { printable } from "./terminal/printable.ts";
import type { Request } from "./tail_request.ts";
import { readDuration } from "./values/duration.ts";
import { hasWildcards } from "./values/pattern.ts";

/**
 * Shows the events on the bus, until enough have arrived or the command ends.
 *
 * @param context The context of the command.
 * @param request The events to show.
 * @returns The exit status.
 */
export async function tailBus(
  context: CommandContext,
  request: Request,
): Promise<number> {
  const { args, signal } = context;
  const { time, count } = request;
  const since = args.text("since");
  if (context.bus === undefined) throw new UsageError("--nats is missing");
  const bus = await context.bus();
  using stack = new DisposableStack();
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), time ?? MAX_TIME);
  stack.defer(() => clearTimeout(timer));
  const patterns = args.texts("pbx");
  const isExact = patterns.length > 0 &&
    !patterns.some((each) => hasWildcards(each) || each === ALL);
  const items = bus.events({
    ...(isExact && { pbx: patterns }),
    signal: AbortSignal.any([signal, ended.signal]),
    since: since === undefined
      ? "now"
      : new Date(Date.now() - readDuration(since, "--since")),
  });
  const shown = new BusTail(context, request);
  try {
    for await (const item of items) {
      await shown.show(item);
      if (shown.count >= count) return SUCCESS;
    }
  } catch (error) {
    if (signal.aborted || !ended.signal.aborted) throw error;
  }
  if (count === Infinity) return SUCCESS;
  throw new CommandError(
    `Only ${shown.count} of ${count} events arrived in time: wait longer with --for`,
  );
}

/** The longest time of a timer (milliseconds). */
const MAX_TIME = 2 ** 31 - 1;

/** Writes the items that are wanted. */
class BusTail {
  readonly #context: CommandContext;
  readonly #request: Request;
  /** In lower case. */
  readonly #names: ReadonlySet<string>;
  readonly #isChosen: (pbx: string) => boolean;
  readonly #json = new Map<string, JsonLines>();
  /** The number of events that were shown. */
  count = 0;

  constructor(context: CommandContext, request: Request) {
    this.#context = context;
    this.#request = request;
    this.#isChosen = isChosen(context.args.texts("pbx"));
    this.#names = new Set([...request.names].map((name) => name.toLowerCase()));
  }

  /** Shows an item, if it is wanted. */
  async show(item: BusItem): Promise<void> {
    if (!this.#isChosen(item.pbx)) return;
    if (item.gap !== undefined) return this.#mark(item.pbx, item.gap);
    const { conditions } = this.#request;
    const { event, pbx, at } = item;
    const name = String(event.Event).toLowerCase();
    if (this.#names.size > 0 && !this.#names.has(name)) return;
    if (!conditions.every((condition) => condition(event))) return;
    this.count++;
    // The bus keeps what arrives in the meantime, so that nothing has to be left out.
    while (!this.#write(pbx, event, at.getTime())) {
      await this.#context.output.flush();
    }
  }

  #write(pbx: string, event: DAMIData, at: number): boolean {
    const { output, terminal } = this.#context;
    switch (this.#request.format) {
      case "json": {
        let json = this.#json.get(pbx);
        if (json === undefined) this.#json.set(pbx, json = new JsonLines(pbx));
        const buffer = output.begin();
        if (buffer !== undefined) json.write(buffer, event, at);
        return buffer !== undefined;
      }
      case "full":
        return output.write(`${fullEvent(event, at, terminal, pbx)}\n`);
      case "line":
        return output.write(`${eventLine(event, at, terminal, pbx)}\n`);
    }
  }

  #mark(pbx: string, { from, to, reason, missed }: BusGapDetail): void {
    const { output, terminal, tell } = this.#context;
    const times = [from, to].map((time) => timeOfDay(time.getTime()));
    const count = missed === undefined ? "" : `, ${missed} events`;
    const sentence = `${pbx}: events were missed from ${
      times.join(" to ")
    } (${reason}${count})`;
    if (this.#request.format === "json") return tell(sentence);
    output.line(terminal.paint("yellow", `--- ${printable(sentence)}`));
  }
}
