import type { Check } from "./check.ts";
import { type Finding, inManagerConf, listed } from "./finding.ts";
import { noPlace, type Place } from "./known.ts";
import type { Patient } from "./patient.ts";
import { isLoopback } from "./port.ts";
import { close, encrypt, type Greeting, greetingAt } from "./probe.ts";
import type { TlsFailure } from "../failures/tls_failure.ts";

/** The facts about the encryption of the connection. */
export type EncryptionFacts =
  | { readonly outcome: "plain"; readonly isLocal: boolean }
  | { readonly outcome: "trusted"; readonly serverName: string }
  | {
    readonly outcome: "failed";
    readonly failure: TlsFailure;
    readonly detail: string;
    /** The name that was wanted. */
    readonly serverName: string;
    /** The place where it was tried, as `openssl s_client` takes it. */
    readonly where: string;
    /** The greeting without encryption, if it is not encrypted. */
    readonly plain?: Greeting;
  };

/**
 * Judges an attempt to encrypt.
 *
 * @param facts The facts.
 * @returns The findings.
 */
export function judgeEncryption(facts: EncryptionFacts): Finding[] {
  switch (facts.outcome) {
    case "plain":
      return [plainFinding(facts.isLocal)];
    case "trusted":
      return [{
        level: "ok",
        what:
          `The connection is encrypted, and the certificate is for ${facts.serverName}`,
      }];
    case "failed":
      return [failedFinding(facts)];
  }
}

function plainFinding(isLocal: boolean): Finding {
  if (isLocal) {
    return {
      level: "ok",
      what: "Nothing is encrypted, but nothing leaves this machine",
    };
  }
  return {
    level: "warning",
    what:
      "Nothing is encrypted: the secret and everything else crosses the network in plain text",
    advice: [
      inManagerConf(
        "general",
        "tlsenable = yes",
        "tlsbindaddr = 0.0.0.0:5039",
        "tlscertfile = /etc/asterisk/…pem",
      ),
      "Then connect with --tls, and --ca for the certificate",
    ],
  };
}

/** A certificate that Deno takes; measured with OpenSSL 3. */
function newCertificate(serverName: string): string[] {
  const kind = /^[\d.]+$|:/.test(serverName) ? "IP" : "DNS";
  return [
    "To make an acceptable certificate with OpenSSL 3: " +
    "openssl req -x509 -newkey rsa:2048 -nodes -days 825 " +
    `-subj /CN=${serverName} -addext basicConstraints=critical,CA:FALSE ` +
    `-addext subjectAltName=${kind}:${serverName} ` +
    "-keyout asterisk.key -out asterisk.crt",
    `${
      inManagerConf(
        "general",
        "tlscertfile = /etc/asterisk/asterisk.crt",
        "tlsprivatekey = /etc/asterisk/asterisk.key",
      )
    }, and --ca asterisk.crt here`,
  ];
}

/** Returns the date at which a certificate ended or begins, which Deno gives in seconds since 1970. */
function dateIn(detail: string, word: string): string {
  const seconds = Number(/not valid (?:after|before) (\d+)/.exec(detail)?.[1]);
  if (Number.isNaN(seconds)) return "";
  const date = new Date(seconds * 1_000).toISOString().slice(0, 10);
  return `, ${word} ${date}`;
}

/** The names that are in a certificate, as Deno lists them. */
function namesIn(detail: string): string {
  const names = [...detail.matchAll(/(?:DnsName|IpAddress)\("?([^)"]+)"?\)/g)]
    .map(([, name = ""]) => name);
  return names.length === 0
    ? ", nor for any other name"
    : `, but for ${listed(names)}`;
}

function failedFinding(
  facts: Extract<EncryptionFacts, { outcome: "failed" }>,
): Finding {
  const { failure, detail, serverName, where } = facts;
  const problem = (what: string, ...advice: string[]): Finding => ({
    level: "problem",
    what,
    advice,
  });
  const show =
    `openssl s_client -connect ${where} -servername ${serverName} -showcerts`;
  switch (failure) {
    case "unknown-authority":
      return problem(
        "The certificate is not signed by an authority that this machine trusts",
        `Pass the certificate of the authority (or the certificate itself, if it is self-signed) with --ca; this shows it: ${show}`,
      );
    case "wrong-name":
      return problem(
        `The certificate is not for ${serverName}${namesIn(detail)}`,
        "Pass the name in it with --server-name",
        "Only subjectAltName counts: a certificate with only a common name (CN) is valid for no name",
        ...newCertificate(serverName),
      );
    case "expired":
      return problem(
        `The certificate has expired${dateIn(detail, "since")}`,
        // Asterisk does not read an unchanged file again; measured with 16 and 22.
        'Create a new one and load it: touch /etc/asterisk/manager.conf; asterisk -rx "manager reload"',
        "If it should be valid, the clock of this machine is wrong",
        ...newCertificate(serverName),
      );
    case "not-yet-valid":
      return problem(
        `The certificate is not valid yet${dateIn(detail, "until")}`,
        "One of the two clocks is wrong: compare 'date' here and on the PBX",
      );
    case "is-authority":
      return problem(
        "The certificate claims to belong to an authority (CA:TRUE), as 'openssl req -x509' makes it, and not to a server; --ca cannot change that",
        ...newCertificate(serverName),
      );
    case "old-certificate":
      return problem(
        "The certificate is of X.509 version 1, as Asterisk's ast_tls_cert makes it, and only version 3 can hold a name",
        ...newCertificate(serverName),
      );
    case "bad-certificate":
      return problem(
        `The certificate is not accepted (${detail})`,
        `This shows it: ${show}`,
        ...newCertificate(serverName),
      );
    case "old-protocol":
      return problem(
        `The PBX does not speak TLS 1.2 or 1.3 (${detail})`,
        `Remove tlscipher, and the options that disable them, from ${
          inManagerConf("general", "tlsenable = yes")
        }, and update OpenSSL there`,
      );
    case "not-tls":
      return notTls(facts);
    case "closed":
      return problem(
        `The connection was closed before it was encrypted (${detail})`,
        "Check that the key belongs to the certificate and that Asterisk may read it: its log has a line from tcptls.c",
        inManagerConf(
          "general",
          "tlscertfile = …",
          "tlsprivatekey = …",
        ),
      );
    case "silent":
      return problem(
        `No answer to the start of TLS (${detail})`,
        `Check --port: encrypted connections use 5039 by default, and ${
          inManagerConf("general", "tlsbindaddr = 0.0.0.0:5039")
        } sets it`,
      );
  }
}

function notTls(
  { plain }: Extract<EncryptionFacts, { outcome: "failed" }>,
): Finding {
  const isAmi = plain?.kind === "ami";
  return {
    level: "problem",
    what: isAmi
      ? "The port speaks AMI, but is not encrypted"
      : "The port does not speak TLS",
    advice: [
      isAmi
        ? "Leave out --tls and --ca, or use the port of encrypted connections, by default 5039"
        : "Check --port: encrypted connections use 5039 by default",
      inManagerConf("general", "tlsenable = yes", "tlsbindaddr = 0.0.0.0:5039"),
    ],
  };
}

async function examine(
  place: Place,
  patient: Patient,
): Promise<EncryptionFacts> {
  const { trust, hostname, port } = patient;
  if (trust === undefined) {
    return { outcome: "plain", isLocal: isLoopback(place.hostname) };
  }
  const { serverName } = trust;
  const result = await encrypt(place, trust, patient);
  if (result.outcome === "trusted") {
    close(result.conn);
    return { outcome: "trusted", serverName };
  }
  const plain = result.failure === "not-tls"
    ? await greetingAt(place, patient)
    : undefined;
  return {
    ...result,
    serverName,
    where: hostname.includes(":")
      ? `[${hostname}]:${port}`
      : `${hostname}:${port}`,
    ...plain === undefined ? {} : { plain },
  };
}

/** The check that the connection is encrypted, and that the peer can be trusted. */
export const encryption: Check = {
  title: "Encryption",
  obstacle: noPlace,
  async make(known, patient) {
    if (known.place === undefined) return [];
    const facts = await examine(known.place, patient);
    known.isTrusted = facts.outcome === "trusted";
    return judgeEncryption(facts);
  },
};
