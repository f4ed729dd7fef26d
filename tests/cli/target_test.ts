import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/cli/failures/command_error.ts";
import {
  resolveTarget,
  type Target,
  type TargetOptions,
} from "../../src/cli/target.ts";

function resolve(
  options: TargetOptions = {},
  environment: Readonly<Record<string, string>> = {},
): Target {
  return resolveTarget(options, (name) => environment[name]);
}

function refusal(
  options: TargetOptions,
  environment: Readonly<Record<string, string>> = {},
): string {
  return assertThrows(() => resolve(options, environment), UsageError).message;
}

Deno.test("resolveTarget() has defaults", () => {
  assertEquals(resolve(), {
    hostname: "127.0.0.1",
    port: 5038,
    tls: false,
    caFile: undefined,
    serverName: undefined,
    username: "admin",
    secret: { from: "prompt" },
  });
});

Deno.test("resolveTarget() takes an option before the URL, that before the environment", () => {
  const environment = {
    DAMI_HOSTNAME: "environment",
    DAMI_USERNAME: "eve",
    DAMI_PORT: "1",
    DAMI_SECRET: "x",
  };
  const url = "dami://uma:y@url:2";
  const options = { hostname: "option", username: "otto", port: "3" };
  const of = ({ hostname, username, port, secret }: Target) => [
    hostname,
    username,
    port,
    secret.from,
  ];
  assertEquals(of(resolve({}, environment)), [
    "environment",
    "eve",
    1,
    "environment",
  ]);
  assertEquals(of(resolve({ url }, environment)), ["url", "uma", 2, "url"]);
  assertEquals(of(resolve({ url, ...options, secret: "z" }, environment)), [
    "option",
    "otto",
    3,
    "option",
  ]);
});

Deno.test("resolveTarget() keeps the host and the port of a URL together", () => {
  const environment = { DAMI_PORT: "1" };
  assertEquals(resolve({ url: "dami://host" }, environment).port, 5038);
  assertEquals(resolve({ url: "damis://host" }, environment).port, 5039);
  assertEquals(resolve({ hostname: "host" }, environment).port, 1);
});

Deno.test("resolveTarget() reads URLs with all that they can hold", () => {
  const of = (url: string) => {
    const { hostname, port, username, secret, tls } = resolve({ url });
    return { hostname, port, username, secret, tls };
  };
  assertEquals(of("damis://zo%C3%AB:s%3Acr%40t@[::1]:7000/"), {
    hostname: "::1",
    port: 7000,
    username: "zoë",
    secret: { from: "url", value: "s:cr@t" },
    tls: true,
  });
  assertEquals(of("DAMI://Host").hostname, "Host");
});

Deno.test("resolveTarget() refuses a URL without showing it, as it may hold a secret", () => {
  for (
    const url of [
      "dami://a:s3cret@host:port",
      "http://a:s3cret@host",
      "dami://a:s3cret@host/path",
      "dami://a:s3cret@host?x=1",
      "dami://a:s3cret%@host",
      "s3cret",
    ]
  ) {
    const message = refusal({ url });
    assertEquals(message.includes("s3cret"), false, message);
  }
});

Deno.test("resolveTarget() encrypts as soon as anything says so", () => {
  const of = (
    options: TargetOptions,
    environment: Readonly<Record<string, string>> = {},
  ) => {
    const { tls, port } = resolve(options, environment);
    return [tls, port];
  };
  assertEquals(of({ tls: true }), [true, 5039]);
  assertEquals(of({ ca: "pbx.pem" }), [true, 5039]);
  assertEquals(of({}, { DAMI_TLS: "1" }), [true, 5039]);
  assertEquals(of({}, { DAMI_TLS: "0" }), [false, 5038]);
  assertEquals(of({}, { DAMI_CA: "pbx.pem" }), [true, 5039]);
  assertEquals(of({ url: "dami://host" }, { DAMI_TLS: "yes" }), [true, 5039]);
  assertEquals(of({ url: "dami://host:1", tls: true }), [true, 1]);
});

Deno.test("resolveTarget() takes a secret of the command line before those of the environment", () => {
  const environment = { DAMI_SECRET: "a", DAMI_SECRET_FILE: "f" };
  assertEquals(resolve({}, environment).secret, {
    from: "environment",
    value: "a",
  });
  assertEquals(resolve({}, { DAMI_SECRET_FILE: "f" }).secret, {
    from: "file",
    file: "f",
  });
  assertEquals(resolve({ secretFile: "g" }, environment).secret, {
    from: "file",
    file: "g",
  });
  assertEquals(resolve({ secret: "b" }, environment).secret, {
    from: "option",
    value: "b",
  });
  assertEquals(
    refusal({ secret: "b", secretFile: "g" }),
    "--secret and --secret-file cannot be combined",
  );
});

Deno.test("resolveTarget() says which port or switch cannot be used", () => {
  for (const port of ["0", "65536", "x", "-1", "1.5", ""]) {
    assertEquals(
      refusal({ port }),
      `The port must be a number from 1 to 65535, not '${port}'`,
    );
  }
  assertEquals(
    refusal({}, { DAMI_PORT: "x" }),
    "The port in DAMI_PORT must be a number from 1 to 65535, not 'x'",
  );
  assertEquals(
    refusal({}, { DAMI_TLS: "maybe" }),
    "The variable DAMI_TLS must be 1 or 0, not 'maybe'",
  );
  assertEquals(refusal({ hostname: "" }), "The host is empty: name one");
});
