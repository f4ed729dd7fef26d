/**
 * Returns the headers that a line with bare line feeds stands for: it is a slip
 * of Asterisk, or one header whose value holds them.
 *
 * @param line A line that holds bare line feeds, after the first one of its frame.
 * @param firstLine The first line of its frame.
 * @returns The headers.
 */
export function headersOf(line: string, firstLine: string): string[] {
  if (line.startsWith("Message:")) {
    // Many acknowledgements end in an extra line feed (res/res_pjsip/pjsip_configuration.c).
    return [line.replace(/\n+$/, "")];
  }
  // Two headers with a bare line feed between them (apps/app_agent_pool.c).
  return line.startsWith("CallStarted:") && firstLine === "Event: Agents"
    ? line.split("\n")
    : [line];
}

/** A line feed that does not end a line. */
const BARE_LINE_FEED = /[^\r]\n/;

/**
 * Cuts a plain frame into its lines.
 *
 * @param text The frame, with the empty line after it.
 * @returns Its lines, without their ends.
 */
export function linesOf(text: string): string[] {
  const lines = text.split("\r\n");
  // After the last line, and after the empty one.
  lines.length -= 2;
  if (!BARE_LINE_FEED.test(text)) return lines;
  const [first = ""] = lines;
  return lines.flatMap((line) =>
    line.includes("\n") ? headersOf(line, first) : line
  );
}
