/** The reason why a connection cannot be encrypted. */
export type TlsFailure =
  | "unknown-authority"
  | "wrong-name"
  | "expired"
  | "not-yet-valid"
  | "is-authority"
  | "old-certificate"
  | "bad-certificate"
  | "old-protocol"
  | "not-tls"
  | "closed"
  | "silent";

/** The meanings of the messages of Deno 2.9 (from its rustls 0.23), measured with certificates and servers of each kind. */
const TLS_FAILURES: readonly (readonly [RegExp, TlsFailure])[] = [
  [/UnknownIssuer/, "unknown-authority"],
  [/not valid for (?:name|any)/, "wrong-name"],
  [/certificate expired/i, "expired"],
  [/not valid yet/i, "not-yet-valid"],
  [/CaUsedAsEndEntity/, "is-authority"],
  [/UnsupportedCertVersion/, "old-certificate"],
  [/certificate/i, "bad-certificate"],
  [/ProtocolVersion|HandshakeFailure|protocol version/i, "old-protocol"],
  [/corrupt message/i, "not-tls"],
];

/**
 * Returns the meaning of a message of Deno about TLS.
 *
 * @param detail The message.
 * @returns The reason.
 */
export function tlsFailureOf(detail: string): TlsFailure {
  return TLS_FAILURES.find(([pattern]) => pattern.test(detail))?.[1] ??
    "closed";
}
