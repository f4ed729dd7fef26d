import { AmiResponseError } from "../../../mod.ts";
import {
  type LivePbx,
  MissingEventsError,
  type SnapshotKind,
} from "../../live/live_pbx.ts";
import type { Target } from "../target.ts";
import { isUnknownAction, refusalOf } from "../failures/refusal.ts";

/** Every kind of snapshot. */
const KINDS: Readonly<Record<SnapshotKind, true>> = {
  channels: true,
  parking: true,
  bridges: true,
  queues: true,
  devices: true,
  extensions: true,
  endpoints: true,
};

function isKind(kind: string): kind is SnapshotKind {
  return kind in KINDS;
}

/** A snapshot that the PBX did not give. */
export interface Problem {
  /** Its kind. */
  readonly kind: SnapshotKind;
  /** The reason, for people to read. */
  readonly error: Error;
}

/**
 * Returns the kinds of snapshots that are not wanted.
 *
 * @param wanted The kinds that are.
 * @returns All others.
 */
export function kindsWithout(wanted: readonly SnapshotKind[]): SnapshotKind[] {
  return Object.keys(KINDS).filter(isKind).filter((kind) =>
    !wanted.includes(kind)
  );
}

/**
 * Returns the snapshots that the PBX should have given, and did not. A PBX
 * without the module of an action has nothing that it could list.
 *
 * @param pbx The live PBX.
 * @param target The place that the command connects to.
 * @returns The kinds, each with the reason.
 */
export function problemsOf(
  { problems }: Pick<LivePbx, "problems">,
  target: Target,
): Problem[] {
  return [...problems].flatMap(([kind, error]) => {
    // The list is shown; a separate line says that it is no longer live.
    if (error instanceof MissingEventsError) return [];
    if (!(error instanceof AmiResponseError)) return [{ kind, error }];
    return isUnknownAction(error)
      ? []
      : [{ kind, error: refusalOf(error, target) }];
  });
}
