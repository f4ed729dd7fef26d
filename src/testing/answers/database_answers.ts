import type { Pbx } from "../calls/pbx.ts";
import { errorFrame } from "../server/frame_writer.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";
import { list } from "./list_answers.ts";

const NOT_FOUND = "Database entry not found";

/** An entry of the database, by its family and key. */
interface Entry {
  readonly family: string;
  readonly key: string;
  /** The name under which it is kept. */
  readonly path: string;
}

/** Reads the place of an entry; returns the refusal if it is wrong (main/db.c). */
function entryOf(action: ReceivedAction): Entry | string {
  const family = action.get("Family") ?? "";
  const key = action.get("Key") ?? "";
  if (family === "") return "No family specified";
  if (key === "") return "No key specified";
  return { family, key, path: `/${family}/${key}` };
}

/** Writes an entry. */
export function dbPut({ database }: Pbx, action: ReceivedAction): AmiAnswer {
  const entry = entryOf(action);
  if (typeof entry === "string") return errorFrame(entry);
  database.set(entry.path, action.get("Val") ?? "");
  return { Response: "Success", Message: "Updated database successfully" };
}

/** Reads an entry, as a list of one. */
export function dbGet({ database }: Pbx, action: ReceivedAction): AmiAnswer {
  const entry = entryOf(action);
  if (typeof entry === "string") return errorFrame(entry);
  const { family: Family, key: Key, path } = entry;
  const Val = database.get(path);
  if (Val === undefined) return errorFrame(NOT_FOUND);
  const item = { Event: "DBGetResponse", Family, Key, Val };
  return list("Result will follow", [item], "DBGetComplete");
}

/** Deletes an entry. */
export function dbDel({ database }: Pbx, action: ReceivedAction): AmiAnswer {
  const entry = entryOf(action);
  if (typeof entry === "string") return errorFrame(entry);
  return database.delete(entry.path)
    ? { Response: "Success", Message: "Key deleted successfully" }
    : errorFrame("Database entry could not be deleted");
}

/** Returns the names of the entries of a family, or of a part of it. */
function pathsOf({ database }: Pbx, action: ReceivedAction): string[] {
  const family = action.get("Family") ?? "";
  const key = action.get("Key") ?? "";
  const parts = [family, key].filter((part) => part !== "");
  const prefix = parts.map((part) => `/${part}`).join("");
  return [...database.keys()]
    .filter((path) => path === prefix || path.startsWith(`${prefix}/`))
    .toSorted();
}

/** Deletes a family, or a part of it. */
export function dbDelTree(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  if ((action.get("Family") ?? "") === "") {
    return errorFrame("No family specified.");
  }
  const paths = pathsOf(pbx, action);
  if (paths.length === 0) return errorFrame(NOT_FOUND);
  for (const path of paths) pbx.database.delete(path);
  return { Response: "Success", Message: "Key tree deleted successfully" };
}

/** Lists a family, a part of it, or everything. */
export function dbGetTree(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const items = pathsOf(pbx, action).map((path) => ({
    Event: "DBGetTreeResponse",
    Key: path,
    Val: pbx.database.get(path) ?? "",
  }));
  return list("Result will follow", items, "DBGetTreeComplete");
}
