/**
 * Helpers that the tests with real Asterisk share: where it runs, and how
 * they reach it.
 *
 * @module
 */

import { DAMI, type DAMIOptions } from "../../mod.ts";
import {
  type Asterisk,
  type AsteriskAddress,
  startAsterisk,
} from "../../tools/asterisk_instance.ts";
import { DEADLINE } from "./_arrivals.ts";
import { RawSession } from "./_raw_session.ts";
import { runChild } from "../_run_child.ts";

/** The variable that `tools/asterisk.ts` sets. */
const VARIABLE = "DAMI_ASTERISK";

/** A running Asterisk, as a test has it. */
export class AsteriskContext {
  readonly #address: AsteriskAddress;

  constructor(address: AsteriskAddress) {
    this.#address = address;
  }

  /** The major version. */
  get major(): number {
    return parseInt(this.#address.version);
  }

  /** The address of AMI, as options of DAMI. */
  get options(): { hostname: string; port: number } {
    const { hostname, port } = this.#address;
    return { hostname, port };
  }

  /** The address of AMI over TLS, and whom to trust there, as options of DAMI. */
  get tlsOptions(): {
    hostname: string;
    port: number;
    tls: { caCerts: string[]; serverName?: string };
  } {
    const { hostname, tlsPort, caCertificate } = this.#address;
    return { hostname, port: tlsPort, tls: { caCerts: [caCertificate] } };
  }

  /** The name in the certificate, beside the address. */
  get serverName(): string {
    return this.#address.serverName;
  }

  /** The user that may do everything; all others have the same secret. */
  get credentials(): { username: string; secret: string } {
    const { username, secret } = this.#address;
    return { username, secret };
  }

  /** A client that has logged in; close it with `await using`. */
  connect(options: DAMIOptions = {}): Promise<DAMI> {
    return this.connectAs(this.credentials.username, options);
  }

  /** The same for a user of one's choice. */
  async connectAs(username: string, options: DAMIOptions): Promise<DAMI> {
    const dami = new DAMI({
      timeout: DEADLINE,
      ...this.options,
      ...options,
    });
    try {
      await dami.connectAndLogin({ ...this.credentials, username });
    } catch (error) {
      dami.close();
      throw error;
    }
    return dami;
  }

  /** A session without DAMI, logged in. */
  connectRaw(): Promise<RawSession> {
    return RawSession.open(this.options, this.credentials);
  }

  /** Returns the output of `asterisk -rx`. */
  async console(command: string): Promise<string> {
    const [program = "asterisk", ...args] = this.#address.consoleCommand;
    const { code, output, errors } = await runChild(program, [
      ...args,
      command,
    ]);
    if (code !== 0) throw new Error(errors);
    return output;
  }
}

function isAddress(value: unknown): value is AsteriskAddress {
  return typeof value === "object" && value !== null &&
    "version" in value && typeof value.version === "string" &&
    "hostname" in value && typeof value.hostname === "string" &&
    "port" in value && typeof value.port === "number" &&
    "tlsPort" in value && typeof value.tlsPort === "number" &&
    "caCertificate" in value && typeof value.caCertificate === "string" &&
    "serverName" in value && typeof value.serverName === "string" &&
    "username" in value && typeof value.username === "string" &&
    "secret" in value && typeof value.secret === "string" &&
    "consoleCommand" in value && Array.isArray(value.consoleCommand) &&
    "installation" in value && typeof value.installation === "object";
}

function findAddresses(): { addresses: AsteriskAddress[]; whyNone: string } {
  const { state } = Deno.permissions.querySync({
    name: "env",
    variable: VARIABLE,
  });
  if (state !== "granted") {
    return {
      addresses: [],
      whyNone: `the environment variable ${VARIABLE} may not be read`,
    };
  }
  const text = Deno.env.get(VARIABLE);
  if (!text) {
    return {
      addresses: [],
      whyNone:
        `${VARIABLE} is not set; 'deno task asterisk' brings up Asterisk and runs them`,
    };
  }
  const parsed: unknown = JSON.parse(text);
  if (
    !Array.isArray(parsed) || parsed.length === 0 || !parsed.every(isAddress)
  ) {
    throw new TypeError(`Cannot use ${VARIABLE} as it is: ${text}`);
  }
  return { addresses: parsed, whyNone: "" };
}

const { addresses, whyNone } = findAddresses();

/** The reason why the tests with real Asterisk are skipped; `undefined` if they run. */
export const SKIPPED_BECAUSE: string | undefined = addresses.length > 0
  ? undefined
  : whyNone;

/**
 * Registers a test for each running Asterisk, or one that is skipped where
 * none runs.
 */
export function asteriskTest(
  name: string,
  fn: (asterisk: AsteriskContext) => Promise<void>,
): void {
  for (const address of addresses) {
    Deno.test(`${name} (Asterisk ${address.version})`, async () => {
      await fn(new AsteriskContext(address));
    });
  }
  if (addresses.length === 0) {
    Deno.test({ name: `${name} (no Asterisk)`, ignore: true, fn() {} });
  }
}

/**
 * Registers a test for all versions of Asterisk at once, or one that is skipped
 * where none runs.
 */
export function everyAsteriskTest(
  name: string,
  fn: (asterisks: AsteriskContext[]) => Promise<void>,
): void {
  const versions = addresses.map(({ version }) => version).join(" and ");
  Deno.test({
    name: `${name} (${versions === "" ? "no Asterisk" : versions})`,
    ignore: addresses.length === 0,
    fn: () => fn(addresses.map((address) => new AsteriskContext(address))),
  });
}

/**
 * Registers a test for each version of Asterisk that runs: it gets one of its
 * own, to be ended and started again as it likes. It has all modules where it
 * is not to be lean.
 */
export function ownAsteriskTest(
  name: string,
  fn: (asterisk: AsteriskContext, process: Asterisk) => Promise<void>,
  { lean = true }: { lean?: boolean } = {},
): void {
  for (const { version, installation } of addresses) {
    Deno.test(`${name} (Asterisk ${version})`, async () => {
      await using process = await startAsterisk({ installation, lean });
      await fn(new AsteriskContext(process), process);
    });
  }
  if (addresses.length === 0) {
    Deno.test({ name: `${name} (no Asterisk)`, ignore: true, fn() {} });
  }
}
