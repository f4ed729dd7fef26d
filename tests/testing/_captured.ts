import { parseFrame, type RawFrame, value } from "./_raw_client.ts";

const FOLDER = new URL("../captures/", import.meta.url);

/** The frames of a real session, without the greeting. */
export async function captured(file: string): Promise<RawFrame[]> {
  const text = await Deno.readTextFile(new URL(file, FOLDER));
  const session = text.slice(text.indexOf("\r\n") + 2);
  return session.split("\r\n\r\n")
    .map((frame) => frame.replace(/^\r\n/, ""))
    .filter((frame) => frame !== "")
    .map(parseFrame);
}

/** The frames of a real session that carry an ActionID. */
export async function capturedAnswer(
  file: string,
  actionId: string,
): Promise<RawFrame[]> {
  const frames = await captured(file);
  return frames.filter((frame) => value(frame, "ActionID") === actionId);
}
