import { assert, assertEquals } from "@std/assert";
import { attempt, speaksTls } from "../../../src/cli/doctor/probe.ts";
import {
  type TlsFailure,
  tlsFailureOf,
} from "../../../src/cli/failures/tls_failure.ts";

Deno.test("tlsFailureOf() reads what Deno says", () => {
  const cases: [message: string, failure: TlsFailure][] = [
    ["invalid peer certificate: UnknownIssuer", "unknown-authority"],
    [
      'invalid peer certificate: certificate not valid for name "other.test"; certificate is only valid for DnsName("pbx.test") or IpAddress(127.0.0.1)',
      "wrong-name",
    ],
    [
      'invalid peer certificate: certificate not valid for name "localhost"; certificate is not valid for any names (according to its subjectAltName extension)',
      "wrong-name",
    ],
    [
      "invalid peer certificate: certificate expired: verification time 1795561128 (UNIX), but certificate is not valid after 1609459200 (186101928 seconds ago)",
      "expired",
    ],
    [
      "invalid peer certificate: certificate not valid yet: verification time 1795561129 (UNIX), but certificate is not valid before 1893456000 (97894871 seconds in future)",
      "not-yet-valid",
    ],
    [
      "invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))",
      "is-authority",
    ],
    [
      "invalid peer certificate: Other(OtherError(UnsupportedCertVersion))",
      "old-certificate",
    ],
    ["invalid peer certificate: BadEncoding", "bad-certificate"],
    ["received fatal alert: ProtocolVersion", "old-protocol"],
    ["received corrupt message of type InvalidContentType", "not-tls"],
    ["unexpected end of file", "closed"],
  ];
  for (const [message, failure] of cases) {
    assertEquals(tlsFailureOf(message), failure, message);
    const isTls = failure !== "not-tls" && failure !== "closed";
    assertEquals(
      speaksTls({ outcome: "failed", failure, detail: message }),
      isTls,
    );
  }
});

Deno.test("attempt() tells what it came to", async () => {
  const { signal } = new AbortController();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const place = { hostname: "127.0.0.1", port };
  const open = await attempt(place, { timeout: 5_000, signal });
  assertEquals(open.reach, "open");
  assertEquals(open.ownAddress, "127.0.0.1");
  listener.close();
  const refused = await attempt(place, { timeout: 5_000, signal });
  assertEquals(refused.reach, "refused");
  assert(refused.detail !== undefined);
});

Deno.test("attempt() is given up", async () => {
  const reason = new Error("enough");
  const place = { hostname: "127.0.0.1", port: 9 };
  const outcome = await attempt(place, {
    timeout: 5_000,
    signal: AbortSignal.abort(reason),
  }).catch((error) => error);
  assertEquals(outcome, reason);
});
