import { numberRefusal } from "../options/option_checks.ts";
import type { Figure, Labels, Sample } from "./figure.ts";
import type { OfPbx } from "./sources.ts";

/** The default of the option `maxLabelSets`. */
export const MAX_LABEL_SETS = 5_000;

/**
 * Checks the option `maxLabelSets`.
 *
 * @param max Its value.
 * @throws {TypeError | RangeError} If it is not a whole number from 1 on.
 */
export function checkMaxLabelSets(max: number): void {
  if (Number.isSafeInteger(max) && max >= 1) return;
  throw numberRefusal("maxLabelSets", "a positive integer", max);
}

/** A limit for the number of values of one metric. */
export class LabelBound {
  readonly #max: number;
  #dropped = 0;

  /** @param max The most values of one figure. */
  constructor(max: number) {
    this.#max = max;
  }

  /** The number of values that were left out. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Reads the values of a figure of all PBXs, up to the bound.
   *
   * @param figure The figure.
   * @param readings What it is read from.
   * @returns The values, with the name of the PBX among their labels.
   */
  *samples<T>(
    figure: Figure<T>,
    readings: readonly OfPbx<T>[],
  ): Generator<Required<Sample>> {
    let count = 0;
    for (const { pbx, of } of readings) {
      for (const { labels, value } of figure.read(of)) {
        if (++count > this.#max) this.#dropped++;
        else yield { labels: withPbx(labels, pbx), value };
      }
    }
  }
}

/** The figure of what a bound has left out; it is read behind the others. */
export const BOUND_FIGURES: readonly Figure<LabelBound>[] = [{
  name: "dami.label_sets.dropped",
  unit: "",
  kind: "gauge",
  description: "Values left out because a metric has too many of them",
  read: ({ dropped }) => [{ value: dropped }],
}];

/**
 * Adds the name of the PBX to labels.
 *
 * @param labels The labels.
 * @param pbx The name of the PBX, if it has one.
 * @returns All labels.
 */
export function withPbx(
  labels: Labels | undefined,
  pbx: string | undefined,
): Labels {
  return pbx === undefined ? { ...labels } : { pbx, ...labels };
}
