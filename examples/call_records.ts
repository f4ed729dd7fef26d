/**
 * Writes the record of each call into a database of SQLite, until Ctrl-C is
 * pressed; then prints what it holds by queue and hour. A call that is written
 * twice is in it once.
 *
 * ```sh
 * deno run --allow-net --allow-env --allow-read --allow-write \
 *   examples/call_records.ts calls.db
 * ```
 *
 * @module
 */

// deno-lint-ignore-file no-console -- an example shows what it does
import { DAMI } from "@dami/dami";
import { type EndedCallRecord, LivePbx } from "@dami/dami/live";
import { DatabaseSync } from "node:sqlite";
import { findPbx } from "./pbx.ts";

const [file = "calls.db"] = Deno.args;
const database = new DatabaseSync(file);
database.exec(`
  CREATE TABLE IF NOT EXISTS calls (
    id TEXT PRIMARY KEY,
    started_at INTEGER NOT NULL,
    caller TEXT,
    dialed TEXT NOT NULL,
    queue TEXT,
    agent TEXT,
    disposition TEXT NOT NULL,
    wait_time INTEGER NOT NULL,
    talk_time INTEGER NOT NULL,
    total_time INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT
`);
const insert = database.prepare(
  "INSERT OR REPLACE INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
);

/** Writes a record: what is asked for often in columns, all of it as JSON. */
function write(record: EndedCallRecord): void {
  const visit = record.queues.at(-1);
  insert.run(
    record.id,
    Math.round(record.startedAt),
    record.caller?.number ?? null,
    record.dialed,
    visit?.queue ?? null,
    visit?.member ?? record.answeredBy?.device ?? null,
    record.disposition,
    Math.round(record.waitTime),
    Math.round(record.talkTime),
    Math.round(record.totalTime),
    JSON.stringify(record),
  );
}

/** Prints what became of the calls, by queue and hour. */
function report(): void {
  const rows = database.prepare(`
    SELECT
      coalesce(queue, '-') AS queue,
      strftime('%Y-%m-%d %H:00', started_at / 1000, 'unixepoch', 'localtime') AS hour,
      count(*) AS calls,
      sum(disposition = 'connected') AS connected,
      sum(disposition = 'abandoned') AS abandoned,
      round(avg(wait_time) / 1000, 1) AS average_wait
    FROM calls GROUP BY 1, 2 ORDER BY 1, 2
  `).all();
  console.log("queue\thour\tcalls\tconnected\tabandoned\taverage wait (s)");
  for (const row of rows) console.log(Object.values(row).join("\t"));
}

const { address, user } = findPbx();
const dami = new DAMI({ ...address, reconnect: true });
await dami.connectAndLogin(user);
const pbx = await LivePbx.start(dami);
console.log(`Writing to ${file}; press Ctrl-C to stop`);

Deno.addSignalListener("SIGINT", async () => {
  pbx.stop();
  await dami.disconnect();
  report();
  database.close();
  Deno.exit();
});

for await (const change of pbx.changes()) {
  if (change.type !== "call-ended") continue;
  write(change.record);
  const { disposition, dialed, queues } = change.record;
  console.log(`${queues.at(-1)?.queue ?? dialed}: ${disposition}`);
}
