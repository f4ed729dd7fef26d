import type {
  BatchObservableCallback,
  Meter,
  Observable,
} from "@opentelemetry/api";
import { attributesOf } from "./attributes.ts";
import { CLIENT_FIGURES, LISTENER_FIGURES } from "./client_figures.ts";
import type { Figure } from "./figure.ts";
import { LIVE_FIGURES, LIVENESS_FIGURES } from "./live_figures.ts";
import {
  BOUND_FIGURES,
  LabelBound,
  readClients,
  readLives,
} from "./readings.ts";
import {
  type ClientSource,
  livesOf,
  type LiveSource,
  type OfPbx,
} from "./sources.ts";

/** What figures are read from. */
export interface ObservedSources {
  /** One client or a fleet, if its figures are wanted. */
  readonly clients: ClientSource | undefined;
  /** The live state, if its figures are wanted. */
  readonly live: LiveSource | undefined;
}

/** A figure and the instrument that it is reported by. */
type Instruments<T> = readonly (readonly [Figure<T>, Observable])[];

function instrumentsOf<T>(
  meter: Meter,
  figures: readonly Figure<T>[],
): Instruments<T> {
  return figures.map((figure) => {
    const { name, unit, description } = figure;
    const options = { unit, description };
    return [
      figure,
      figure.kind === "counter"
        ? meter.createObservableCounter(name, options)
        : meter.createObservableGauge(name, options),
    ];
  });
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
  { clients, live }: ObservedSources,
  max: number,
): () => void {
  const ofClients = instrumentsOf(
    meter,
    clients === undefined ? [] : [...CLIENT_FIGURES, ...LISTENER_FIGURES],
  );
  const ofLive = instrumentsOf(meter, live === undefined ? [] : LIVE_FIGURES);
  const ofLiveness = instrumentsOf(
    meter,
    live === undefined ? [] : LIVENESS_FIGURES,
  );
  const ofBound = instrumentsOf(meter, BOUND_FIGURES);
  const callback: BatchObservableCallback = (result) => {
    const bound = new LabelBound(max);
    const report = <T>(
      instruments: Instruments<T>,
      readings: readonly OfPbx<T>[],
    ) => {
      for (const [figure, instrument] of instruments) {
        for (const { labels, value } of bound.samples(figure, readings)) {
          result.observe(instrument, value, attributesOf(labels));
        }
      }
    };
    if (clients !== undefined) report(ofClients, readClients(clients));
    if (live !== undefined) {
      report(ofLiveness, livesOf(live));
      report(ofLive, readLives(live));
    }
    report(ofBound, [{ pbx: undefined, of: bound }]);
  };
  const observables = [
    ...ofClients.map(([, instrument]) => instrument),
    ...ofLive.map(([, instrument]) => instrument),
    ...ofLiveness.map(([, instrument]) => instrument),
    ...ofBound.map(([, instrument]) => instrument),
  ];
  meter.addBatchObservableCallback(callback, observables);
  return () => meter.removeBatchObservableCallback(callback, observables);
}
