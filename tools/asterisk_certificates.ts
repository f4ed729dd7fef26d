/**
 * The certificates of a running Asterisk, for tests of TLS.
 *
 * @module
 */

import { LOOPBACK } from "./free_ports.ts";

/** The name in the certificate of the server, beside the loopback address. */
export const SERVER_NAME = "pbx.test";

/** Independent of what the machine's own `openssl.cnf` says. */
const CONFIGURATION = `
[req]
distinguished_name = empty
[empty]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:${SERVER_NAME}, IP:${LOOPBACK}
`;

const NEW_KEY = [
  "-newkey",
  "ec",
  "-pkeyopt",
  "ec_paramgen_curve:prime256v1",
  "-nodes",
];

/** The certificates are needed for minutes only. */
const LIFETIME = ["-days", "2"];

/**
 * Makes an authority, and the certificate of a server that it signs, with
 * `openssl`.
 *
 * @param folder Where `server.pem` is put: the certificate and its key.
 * @returns The certificate of the authority, as PEM.
 */
export async function makeCertificates(folder: string): Promise<string> {
  const work = await Deno.makeTempDir({ prefix: "dami-" });
  try {
    await Deno.writeTextFile(`${work}/openssl.cnf`, CONFIGURATION);
    await openssl(work, [
      ...["req", "-x509", "-config", "openssl.cnf", ...NEW_KEY, ...LIFETIME],
      ...["-subj", "/CN=Authority of the tests", "-extensions", "authority"],
      ...["-keyout", "authority.key", "-out", "authority.pem"],
    ]);
    await openssl(work, [
      ...["req", "-config", "openssl.cnf", ...NEW_KEY],
      ...["-subj", `/CN=${SERVER_NAME}`],
      ...["-keyout", "server.key", "-out", "server.csr"],
    ]);
    await openssl(work, [
      ...["x509", "-req", "-in", "server.csr", ...LIFETIME],
      ...["-CA", "authority.pem", "-CAkey", "authority.key"],
      ...["-set_serial", `${Date.now()}`],
      ...["-extfile", "openssl.cnf", "-extensions", "server"],
      ...["-out", "server.crt"],
    ]);
    const [certificate, key] = await Promise.all(
      ["server.crt", "server.key"].map((name) =>
        Deno.readTextFile(`${work}/${name}`)
      ),
    );
    await Deno.writeTextFile(`${folder}/server.pem`, `${certificate}${key}`);
    return await Deno.readTextFile(`${work}/authority.pem`);
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

async function openssl(cwd: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("openssl", {
    args: [...args],
    cwd,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output().catch((error: unknown) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      "Cannot make certificates: there is no 'openssl' on the PATH (apt-get install openssl)",
    );
  });
  if (!success) {
    throw new Error(
      `Cannot make certificates: 'openssl ${args.join(" ")}' failed:\n${
        new TextDecoder().decode(stderr)
      }`,
    );
  }
}
