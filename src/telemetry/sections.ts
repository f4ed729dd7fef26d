import { BRIDGE_FIGURES, BRIDGE_PBX_FIGURES } from "./bridge_figures.ts";
import { CLIENT_FIGURES, LISTENER_FIGURES } from "./client_figures.ts";
import type { Figure, Sample } from "./figure.ts";
import { LIVE_FIGURES, LIVENESS_FIGURES } from "./live_figures.ts";
import type { LabelBound } from "./label_bound.ts";
import { readClients, readLives } from "./readings.ts";
import {
  type ClientSource,
  livesOf,
  type LiveSource,
  type OfPbx,
  type TelemetryBridge,
} from "./sources.ts";

/** The sources of figures. The figures of a missing one are left out. */
export interface FigureSources {
  /** One client, or a fleet. */
  readonly clients: ClientSource | undefined;
  /** The live state of one PBX, or of a fleet. */
  readonly live: LiveSource | undefined;
  /** A bridge to NATS. */
  readonly bridge: TelemetryBridge | undefined;
}

/** A figure, whatever it is read from. */
export type FigureInfo = Omit<Figure<never>, "read">;

/** Figures that are read from the same things. */
export interface Section {
  /** The figures. */
  readonly figures: readonly FigureInfo[];
  /**
   * Reads the values of all figures.
   *
   * @param bound The bound for the number of values of each.
   * @returns Each figure with its values.
   */
  read(
    bound: LabelBound,
  ): Iterable<readonly [FigureInfo, Iterable<Required<Sample>>]>;
}

/**
 * Makes a section of figures.
 *
 * @param figures The figures.
 * @param readAll Reads the things that they are read from.
 * @returns The section.
 */
export function section<T>(
  figures: readonly Figure<T>[],
  readAll: () => readonly OfPbx<T>[],
): Section {
  return {
    figures,
    *read(bound) {
      const readings = readAll();
      for (const figure of figures) {
        yield [figure, bound.samples(figure, readings)];
      }
    },
  };
}

/**
 * Returns the figures that sources have.
 *
 * @param sources The sources.
 * @returns The figures, in the order in which they are shown.
 */
export function sectionsOf(
  { clients, live, bridge }: FigureSources,
): Section[] {
  return [
    ...clients === undefined
      ? []
      : [section(CLIENT_FIGURES, () => readClients(clients))],
    ...live === undefined ? [] : [
      section(LIVENESS_FIGURES, () => livesOf(live)),
      section(LIVE_FIGURES, () => readLives(live)),
    ],
    ...bridge === undefined ? [] : [
      section(BRIDGE_FIGURES, () => [{ pbx: undefined, of: bridge.stats() }]),
      section(
        BRIDGE_PBX_FIGURES,
        () => [...bridge.stats().pbxs].map(([pbx, of]) => ({ pbx, of })),
      ),
    ],
  ];
}

/**
 * Returns the time of listeners as counters. Prometheus has it as a histogram
 * instead.
 *
 * @param clients One client, or a fleet.
 * @returns The figures.
 */
export function listenerSection(clients: ClientSource): Section {
  return section(LISTENER_FIGURES, () => readClients(clients));
}
