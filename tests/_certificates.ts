/** Certificates for tests of encrypted connections. */

import { makeCertificates } from "../tools/asterisk_certificates.ts";

/** The certificates of a server and its clients. */
export interface Certificates {
  authority: string;
  server: { cert: string; key: string };
}

/** `undefined` where there is no openssl. */
async function certificates(): Promise<Certificates | undefined> {
  const folder = await Deno.makeTempDir();
  try {
    const authority = await makeCertificates(folder);
    const pem = await Deno.readTextFile(`${folder}/server.pem`);
    return { authority, server: { cert: pem, key: pem } };
  } catch (error) {
    if (error instanceof Error && error.message.includes("no 'openssl'")) {
      // deno-lint-ignore no-console -- says why tests are skipped
      console.log(`The tests of TLS are skipped: ${error.message}`);
      return undefined;
    }
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const made = await certificates();

/** A test that needs certificates. */
export function tlsTest(
  name: string,
  fn: (certificates: Certificates) => Promise<void>,
  options: Pick<Deno.TestDefinition, "ignore" | "permissions"> = {},
): void {
  Deno.test({
    ...options,
    name,
    ignore: made === undefined || options.ignore === true,
    async fn() {
      if (made !== undefined) await fn(made);
    },
  });
}
