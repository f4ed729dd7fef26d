/**
 * Writes every call that ends into a database, and misses none: also not those
 * that ended while it was not running. It reads the bus, so that it needs a
 * bridge (`dami bridge`), and no connection to a PBX.
 *
 * ```sh
 * deno task example --allow-read --allow-write examples/nats/cdr_writer.ts calls.sqlite
 * ```
 *
 * The server of NATS remembers its place. What was written and not
 * acknowledged when it was killed comes again, and is left out by its id.
 *
 * | environment variable | what it sets |
 * | --- | --- |
 * | `DAMI_NATS` | the server of NATS (`127.0.0.1:4222`) |
 *
 * @module
 */

// deno-lint-ignore-file no-console -- it says what it does
import { NatsBus } from "@dami/dami/nats";
import { connect } from "@nats-io/transport-node";
import { DatabaseSync } from "node:sqlite";

const [file = "calls.sqlite"] = Deno.args;

using database = new DatabaseSync(file);
database.exec(`
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS calls (
    id TEXT PRIMARY KEY, pbx TEXT NOT NULL, ended_at TEXT NOT NULL,
    uniqueid TEXT NOT NULL, linkedid TEXT NOT NULL, channel TEXT NOT NULL,
    caller TEXT NOT NULL, connected TEXT NOT NULL, cause INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS gaps (
    pbx TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
    reason TEXT NOT NULL, missed INTEGER, PRIMARY KEY (pbx, since, until)
  ) STRICT;
`);
const addCall = database.prepare(
  "INSERT OR IGNORE INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
);
const addGap = database.prepare(
  "INSERT OR IGNORE INTO gaps VALUES (?, ?, ?, ?, ?)",
);

const nats = await connect({
  servers: Deno.env.get("DAMI_NATS") ?? "127.0.0.1:4222",
  maxReconnectAttempts: -1,
});
using bus = await NatsBus.open(nats);
const items = bus.events({ name: "Hangup", durable: "cdr", since: "all" });
await items.opened;
console.log(`Writing to ${file}; press Ctrl-C to stop`);
for await (const { id, pbx, at, event, gap, ack } of items) {
  if (gap !== undefined) {
    const { from, to, reason, missed = null } = gap;
    addGap.run(pbx, from.toISOString(), to.toISOString(), reason, missed);
    console.log(`${pbx}: calls may be missing from ${from} to ${to}`);
  } else {
    addCall.run(
      id,
      pbx,
      at.toISOString(),
      String(event.Uniqueid),
      String(event.Linkedid),
      String(event.Channel),
      String(event.CallerIDNum ?? ""),
      String(event.ConnectedLineNum ?? ""),
      Number(event.Cause ?? 0),
    );
  }
  // After the write: what is lost in between comes again.
  ack();
}
