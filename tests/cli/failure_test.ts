import { AmiConnectionError, type ConnectionFailure } from "../../mod.ts";
import { assertEquals } from "@std/assert";
import { explain } from "../../src/cli/failure.ts";
import { resolveTarget, type Target } from "../../src/cli/target.ts";

const TARGET = resolveTarget({ hostname: "pbx" }, () => undefined);

function sentence(
  failure: ConnectionFailure,
  target: Target = TARGET,
  cause?: Error,
): string | undefined {
  const message = "Cannot connect: give 'tls.caCerts'";
  const options = { failure, ...cause === undefined ? {} : { cause } };
  return explain(new AmiConnectionError(message, options), target).sentence;
}

Deno.test("explain() tells no greeting from a wrong greeting", () => {
  assertEquals(
    sentence("no-greeting"),
    "No greeting came from pbx:5038: the PBX hangs or has too many connections that wait for a login, or the port is wrong, or add --tls if it is encrypted; run dami doctor to find out which",
  );
  assertEquals(
    sentence("not-ami"),
    "What listens at pbx:5038 is not the manager interface of Asterisk: check --port",
  );
});

Deno.test("explain() names options of the command where encryption fails", () => {
  const tls = resolveTarget({ hostname: "pbx", tls: true }, () => undefined);
  const cases: [detail: string, sentence: string][] = [
    [
      "received corrupt message of type InvalidContentType",
      "The port pbx:5039 is not encrypted: leave out --tls and --ca, or use the port of encrypted connections with --port (5039 by default)",
    ],
    [
      "invalid peer certificate: UnknownIssuer",
      "Cannot trust the certificate of pbx:5039: pass it, or that of its authority, with --ca",
    ],
    [
      'invalid peer certificate: certificate not valid for name "pbx"',
      `The certificate of pbx:5039 is not for 'pbx': pass the name in it with --server-name (invalid peer certificate: certificate not valid for name "pbx")`,
    ],
    [
      "unexpected end of file",
      "Cannot encrypt the connection to pbx:5039 (unexpected end of file): run dami doctor to find out why",
    ],
  ];
  for (const [detail, expected] of cases) {
    assertEquals(sentence("tls", tls, new Error(detail)), expected);
  }
});

Deno.test("explain() names the keys of the fleet file where a PBX is from one", () => {
  const fleet = { file: "f.json", pbx: "berlin", others: [] };
  const target = { ...TARGET, fleet };
  assertEquals(
    sentence("refused", target),
    "Nothing listens at pbx:5038: start Asterisk with 'enabled = yes' in manager.conf, correct 'hostname' and 'port' in f.json, or run dami doctor --fleet f.json --pbx berlin to find out why",
  );
  assertEquals(
    sentence("no-greeting", target),
    "No greeting came from pbx:5038: the PBX hangs or has too many connections that wait for a login, or the port is wrong, or add 'tls' in f.json if it is encrypted; run dami doctor --fleet f.json --pbx berlin to find out which",
  );
  // Of several hosts, the message says what is wrong with which.
  assertEquals(
    sentence("refused", { ...TARGET, fleet: { ...fleet, others: ["pbx2"] } }),
    "Cannot connect: give 'tls.caCerts'",
  );
});
