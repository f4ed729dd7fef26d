import { connect, credsAuthenticator } from "@nats-io/transport-node";
import type { CommandContext } from "./command.ts";
import { CommandError, UsageError } from "./failures/command_error.ts";
import { readTextFile } from "./secret.ts";
import { errorText } from "../error_text.ts";

/** A connection to NATS. */
export type NatsConnection = Awaited<ReturnType<typeof connect>>;

/** The options of a connection to NATS. */
type Options = NonNullable<Parameters<typeof connect>[0]>;

/**
 * Connects to the NATS of the command line, and stays connected.
 *
 * @param context The context of the command.
 * @returns The connection.
 * @throws {UsageError} If an option is missing.
 * @throws {CommandError} If it cannot connect.
 */
export async function connectNats(
  { args, tell, signal }: Pick<CommandContext, "args" | "tell" | "signal">,
): Promise<NatsConnection> {
  const servers = args.text("nats");
  if (servers === undefined) {
    throw new UsageError("--nats is missing: it names the NATS server");
  }
  const options: Options = {
    servers,
    name: "dami",
    maxReconnectAttempts: -1,
    ...await credentialsOf(args),
    ...await tlsOf(args),
  };
  signal.throwIfAborted();
  try {
    const nats = await connect(options);
    void report(nats, tell);
    return nats;
  } catch (error) {
    const why = errorText(error);
    throw new CommandError(`Cannot connect to NATS at ${servers}: ${why}`);
  }
}

async function credentialsOf(
  args: CommandContext["args"],
): Promise<Partial<Options>> {
  const creds = args.text("nats-creds");
  if (creds !== undefined) {
    const text = await readTextFile(creds, "--nats-creds");
    return {
      authenticator: credsAuthenticator(new TextEncoder().encode(text)),
    };
  }
  const user = args.text("nats-user");
  if (user === undefined) return {};
  const file = args.text("nats-password-file");
  if (file === undefined) {
    throw new UsageError("--nats-user needs --nats-password-file");
  }
  const [pass = ""] = (await readTextFile(file, "--nats-password-file"))
    .split(/\r?\n/, 1);
  return { user, pass };
}

async function tlsOf(args: CommandContext["args"]): Promise<Partial<Options>> {
  const file = args.text("nats-ca");
  if (file === undefined) return {};
  return { tls: { ca: await readTextFile(file, "--nats-ca") } };
}

/** Reports when the connection is lost, and when it is restored. Never rejects. */
async function report(
  nats: NatsConnection,
  tell: CommandContext["tell"],
): Promise<void> {
  for await (const { type } of nats.status()) {
    if (type === "disconnect" && !nats.isClosed()) {
      tell("Connection to NATS lost, reconnecting");
    }
    if (type === "reconnect") tell("Reconnected to NATS");
  }
}
