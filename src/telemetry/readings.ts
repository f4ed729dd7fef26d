import type { ClientReading } from "./client_figures.ts";
import { isCurrent, type LiveReading } from "./live_figures.ts";
import {
  clientsOf,
  type ClientSource,
  livesOf,
  type LiveSource,
  type OfPbx,
} from "./sources.ts";

/**
 * Reads the counters of every client.
 *
 * @param source One client, or a fleet.
 * @returns The counters of each.
 */
export function readClients(source: ClientSource): OfPbx<ClientReading>[] {
  return clientsOf(source).map(({ pbx, of }) => ({
    pbx,
    of: { state: of.state, stats: of.stats() },
  }));
}

/**
 * Reads the live state of every PBX whose live state is up to date.
 *
 * @param source The live state of one PBX, or of a fleet.
 * @returns The live states.
 */
export function readLives(source: LiveSource): OfPbx<LiveReading>[] {
  const now = Date.now();
  return livesOf(source).flatMap(({ pbx, of: live }) =>
    live !== undefined && isCurrent(live) ? [{ pbx, of: { live, now } }] : []
  );
}
