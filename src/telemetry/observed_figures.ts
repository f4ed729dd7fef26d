import type {
  BatchObservableCallback,
  Meter,
  Observable,
} from "@opentelemetry/api";
import { attributesOf } from "./attributes.ts";
import { BOUND_FIGURES, LabelBound } from "./readings.ts";
import {
  type FigureInfo,
  type FigureSources,
  listenerSection,
  section,
  sectionsOf,
} from "./sections.ts";

function instrumentOf(
  meter: Meter,
  { name, unit, description, kind }: FigureInfo,
): Observable {
  const options = { unit, description };
  return kind === "counter"
    ? meter.createObservableCounter(name, options)
    : meter.createObservableGauge(name, options);
}

/**
 * Reports the figures whenever they are exported, and does nothing in between.
 *
 * @param meter Makes the instruments.
 * @param sources What the figures are read from.
 * @param max The most values of one figure.
 * @returns A function that ends it.
 */
export function observeFigures(
  meter: Meter,
  sources: FigureSources,
  max: number,
): () => void {
  const { clients } = sources;
  let bound = new LabelBound(max);
  const sections = [
    ...sectionsOf(sources),
    ...clients === undefined ? [] : [listenerSection(clients)],
    section(BOUND_FIGURES, () => [{ pbx: undefined, of: bound }]),
  ];
  const instruments = new Map(
    sections.flatMap(({ figures }) => figures)
      .map((figure) => [figure, instrumentOf(meter, figure)]),
  );
  const callback: BatchObservableCallback = (result) => {
    bound = new LabelBound(max);
    for (const each of sections) {
      for (const [figure, samples] of each.read(bound)) {
        const instrument = instruments.get(figure);
        if (instrument === undefined) continue;
        for (const { labels, value } of samples) {
          result.observe(instrument, value, attributesOf(labels));
        }
      }
    }
  };
  const observables = [...instruments.values()];
  meter.addBatchObservableCallback(callback, observables);
  return () => meter.removeBatchObservableCallback(callback, observables);
}
