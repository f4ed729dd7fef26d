import type { Logger } from "../logger.ts";
import type { Journal } from "./journal.ts";
import type { Lease, LeaseRecord } from "./lease.ts";
import type { Want } from "./lease_notice.ts";
import type { LeaseBoard } from "./lease_board.ts";
import type { Link } from "./link.ts";
import type { Slots } from "./slots.ts";
import type { SpoolBudget } from "./spool_budget.ts";

/** The context that the bridges of all PBXs share. */
export interface BridgeContext {
  /** The id of the bridge. */
  readonly holder: string;
  /** Duration of a lease (milliseconds). */
  readonly ttl: number;
  /** Time that the stream keeps events (milliseconds). */
  readonly maxAge: number;
  /** Returns the size of the greatest message that the server takes (bytes). */
  readonly maxPayload: () => number;
  /** The bounds of all spools. */
  readonly budget: SpoolBudget;
  /** Limits what is stored at the same time. */
  readonly slots: Slots;
  /** The stream. */
  readonly journal: Journal;
  /** The leases, as they are seen. */
  readonly board: LeaseBoard;
  /** The connection. */
  readonly link: Link;
  /** Gets the log lines, if there is a logger. */
  readonly logger: Logger | undefined;
  /** Asks for the lease of a PBX. */
  acquire(pbx: string): Promise<Lease | undefined>;
  /** Makes what the bridge says of a PBX. */
  record(pbx: string): LeaseRecord;
  /** Reports whether a PBX is connected. */
  isReady(pbx: string): boolean;
  /** Returns the number of PBXs that this bridge holds. */
  held(): number;
  /** Announces that this bridge would take over a PBX, unless another one has said so. Never rejects. */
  want(pbx: string, want: Want): Promise<void>;
  /** Reports whether an action is under way on a PBX. */
  isServing(pbx: string): boolean;
  /** Takes the news that a PBX is held, or no longer is, and whether its lease will be given back. */
  report(type: "hold" | "release", pbx: string, isGiven: boolean): void;
}
