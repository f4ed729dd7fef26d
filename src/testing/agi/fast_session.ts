import { TextLineStream } from "@std/streams/text-line-stream";

/** The port of a FastAGI server whose address names none. */
const DEFAULT_PORT = 4_573;

const ENCODER = new TextEncoder();

/** The needs of {@linkcode runFastSession}. */
export interface FastSessionOptions {
  /** The address, such as `agi://127.0.0.1:4573/menu`. */
  request: string;
  environment: string;
  /** Aborted when the caller hangs up. */
  signal: AbortSignal;
  /** Runs a command; gives its answer. */
  run: (line: string) => Promise<{ answer: string }>;
}

/**
 * Connects to a FastAGI server and runs what it asks for, until it closes
 * (`launch_netscript()` and `run_agi()`, res/res_agi.c). If the caller hangs
 * up, the server gets a notice and may go on with commands for dead channels.
 *
 * @returns Whether the server could be reached.
 */
export async function runFastSession(
  { request, environment, signal, run }: FastSessionOptions,
): Promise<boolean> {
  const { hostname, port } = new URL(request.replace(/^agi:/, "http:"));
  let conn: Deno.TcpConn;
  try {
    conn = await Deno.connect({
      hostname,
      port: port === "" ? DEFAULT_PORT : Number(port),
    });
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
  const writer = conn.writable.getWriter();
  const write = (text: string) => writer.write(ENCODER.encode(text));
  const onAbort = () => void write("HANGUP\n").catch(() => {});
  signal.addEventListener("abort", onAbort);
  try {
    await write(environment);
    const lines = conn.readable.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream());
    for await (const line of lines) {
      const { answer } = await run(line);
      await write(`${answer}\n`);
    }
  } catch {
    // The server has gone, which ends it as well.
  } finally {
    signal.removeEventListener("abort", onAbort);
    await writer.close().catch(() => {});
  }
  return true;
}
