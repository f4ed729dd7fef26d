/** A family of samples in the text format of Prometheus. */
export interface Family {
  /** The name of the metric. */
  readonly name: string;
  /** Its type. */
  readonly type: "counter" | "gauge" | "histogram";
  /** Its description. */
  readonly help: string;
}

/** The labels of a sample by their names, in the order in which they are written. */
export type LabelPairs = Readonly<Record<string, string>>;

/** The content type of the text format. */
export const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Writes the text format of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats/).
 */
export class PrometheusText {
  readonly #lines: string[] = [];
  /** The family whose samples come next; it is written with the first of them. */
  #next: Family | undefined;

  /**
   * Begins a family. One without samples is not written.
   *
   * @param family The family.
   */
  begin(family: Family): void {
    this.#next = family;
  }

  /**
   * Writes a sample of the family that was begun last.
   *
   * @param name The name of the metric; that of the family, with an ending for a histogram.
   * @param labels Its labels.
   * @param value Its value.
   */
  sample(name: string, labels: LabelPairs, value: number): void {
    if (this.#next !== undefined) {
      const { name: family, help, type } = this.#next;
      this.#lines.push(
        `# HELP ${family} ${escapedHelp(help)}`,
        `# TYPE ${family} ${type}`,
      );
      this.#next = undefined;
    }
    this.#lines.push(`${name}${labelText(labels)} ${numberText(value)}`);
  }

  /** Returns the text so far. */
  toString(): string {
    return this.#lines.map((line) => `${line}\n`).join("");
  }
}

function labelText(labels: LabelPairs): string {
  const pairs = Object.entries(labels);
  if (pairs.length === 0) return "";
  const texts = pairs.map(([name, value]) => `${name}="${escaped(value)}"`);
  return `{${texts.join(",")}}`;
}

function escapedHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escaped(text: string): string {
  return escapedHelp(text).replaceAll('"', '\\"');
}

function numberText(value: number): string {
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : String(value);
}
