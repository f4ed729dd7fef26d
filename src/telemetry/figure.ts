/**
 * The labels of a figure. Their values are names of queues, states and
 * directions; never a channel, a number or the name of a person.
 */
export interface Labels {
  /** The name of the PBX. */
  readonly pbx?: string;
  /** The name of a queue. */
  readonly queue?: string;
  /** A state: one of a few words. */
  readonly status?: string;
  /** The direction of bytes. */
  readonly direction?: "receive" | "transmit";
}

/** One value of a figure. */
export interface Sample {
  /** The labels, without that of the PBX. */
  readonly labels?: Labels;
  /** The value, in the unit of the figure. */
  readonly value: number;
}

/**
 * A figure, which is read when somebody asks for it.
 *
 * @typeParam T The thing that it is read from.
 */
export interface Figure<T> {
  /** Its name in OpenTelemetry, such as `dami.frames.dropped`. */
  readonly name: string;
  /** Its unit (UCUM), such as `s` or `{event}`; empty if it has none. */
  readonly unit: string;
  /** `"counter"` if it only grows. */
  readonly kind: "counter" | "gauge";
  /** Its description: a sentence without its full stop. */
  readonly description: string;
  /** Reads its values. */
  read(from: T): readonly Sample[];
}

/** The ends of names in Prometheus, by the units. */
const SUFFIXES: ReadonlyMap<string, string> = new Map([
  ["s", "_seconds"],
  ["By", "_bytes"],
  ["1", "_ratio"],
]);

/**
 * Returns the name that a figure has in Prometheus, as the exporters of
 * OpenTelemetry make it.
 *
 * @param figure The figure.
 * @returns The name.
 */
export function prometheusName(
  { name, unit, kind }: Pick<Figure<never>, "name" | "unit" | "kind">,
): string {
  const suffix = SUFFIXES.get(unit) ?? "";
  const base = name.replaceAll(".", "_");
  return `${base.endsWith(suffix) ? base : base + suffix}${
    kind === "counter" ? "_total" : ""
  }`;
}
