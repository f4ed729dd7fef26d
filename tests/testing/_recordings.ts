import {
  parseRecording,
  type RecordedPiece,
  type Recording,
  writeEnd,
  writeHead,
  writePiece,
} from "../../src/testing/recording/recording.ts";

/** A piece of a session: when, which way, and its text with CRLF at each line feed. */
export type Written = readonly [at: number, mark: "<" | ">", text: string];

const encoder = new TextEncoder();

/** A piece whose lines end as those of Asterisk do. */
function piece([at, mark, text]: Written): RecordedPiece {
  return {
    at,
    direction: mark === "<" ? "received" : "sent",
    bytes: encoder.encode(text.replaceAll("\n", "\r\n")),
  };
}

/** The text of a recording. */
export function recordingText(
  pieces: readonly Written[],
  end?: { at: number; by: "pbx" | "client" },
): string {
  const head = writeHead({
    recorded: "2026-11-22T16:27:57.904Z",
    masked: { numbers: false, names: false, addresses: false },
  });
  return head + pieces.map((each) => writePiece(piece(each))).join("") +
    (end === undefined ? "" : writeEnd(end.at, end.by));
}

/** A recording. */
export function recordingOf(
  pieces: readonly Written[],
  end?: { at: number; by: "pbx" | "client" },
): Recording {
  return parseRecording(recordingText(pieces, end));
}

/** The beginning of a session: the greeting and a login at 100 ms. */
export const LOGIN: readonly Written[] = [
  [0, "<", "Asterisk Call Manager/11.0.0\n"],
  [
    1,
    ">",
    "Action: Login\nActionID: a1\nUsername: admin\nSecret: ********\n\n",
  ],
  [
    100,
    "<",
    "Response: Success\nActionID: a1\nMessage: Authentication accepted\n\n",
  ],
];

/** A file with the recording, which is removed in the end. */
export async function recordingFile(
  pieces: readonly Written[],
  end?: { at: number; by: "pbx" | "client" },
): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempFile({ suffix: ".dami" });
  await Deno.writeTextFile(path, recordingText(pieces, end));
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path) };
}
