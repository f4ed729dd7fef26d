/** The fate of a login with every kind of peer. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  AmiAuthenticationError,
  AmiClosedError,
  AmiConnectionError,
  AmiTimeoutError,
  type ConnectionFailure,
  DAMI,
  type DAMIOptions,
} from "../mod.ts";
import { CREDENTIALS } from "./_dami.ts";
import { type ScriptedPeer, ScriptedServer } from "./_scripted_server.ts";
import { within } from "./_waiting.ts";

function damiOf(server: ScriptedServer, options: DAMIOptions = {}): DAMI {
  const { hostname, port } = server;
  return new DAMI({ hostname, port, ...options });
}

Deno.test("connectAndLogin() sends Action, ActionID, Username and Secret", async () => {
  const received = Promise.withResolvers<readonly string[]>();
  await using server = ScriptedServer.start(async (peer) => {
    received.resolve((await peer.logIn()).lines);
    await peer.closed();
  });
  using dami = damiOf(server);
  assertEquals(dami.state, "idle");
  await dami.connectAndLogin(CREDENTIALS);
  assertEquals(dami.state, "ready");
  assertEquals(dami.conn.remoteAddr.transport, "tcp");
  const [action, actionId, ...rest] = await received.promise;
  assertEquals(action, "Action: Login");
  assert(/^ActionID: dami-[0-9a-f]{16}-1$/.test(actionId ?? ""));
  assertEquals(rest, ["Username: admin", "Secret: mysecret"]);
});

for (
  const [events, header] of [
    [true, ""],
    [false, "off"],
    ["call,agent", "call,agent"],
  ] as const
) {
  Deno.test(`connectAndLogin() asks for the events that the option says: ${events}`, async () => {
    const received = Promise.withResolvers<string>();
    await using server = ScriptedServer.start(async (peer) => {
      received.resolve((await peer.logIn()).get("Events"));
      await peer.closed();
    });
    using dami = damiOf(server, { events });
    await dami.connectAndLogin(CREDENTIALS);
    assertEquals(await received.promise, header);
  });
}

Deno.test("connectAndLogin() rejects a refused login, and keeps the secret out of the error", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.write("Asterisk Call Manager/11.0.0\r\n");
    const login = await peer.next();
    await peer.frame(
      "Response: Error",
      `ActionID: ${login?.id}`,
      "Message: Authentication failed",
    );
  });
  using dami = damiOf(server);
  const error = await assertRejects(
    () => within(dami.connectAndLogin(CREDENTIALS)),
    AmiAuthenticationError,
    'as "admin": the PBX says "Authentication failed"',
  );
  assertEquals(error.username, "admin");
  assertEquals(error.code, "AMI_AUTHENTICATION");
  assert(!Deno.inspect(error).includes("mysecret"));
  assertEquals(dami.state, "closed");
});

/** Peers that are no PBX, or not for long. */
const BAD_PEERS: {
  name: string;
  script: (peer: ScriptedPeer) => Promise<void>;
  failure: ConnectionFailure;
  message: string;
}[] = [
  {
    name: "an SSH server",
    script: async (peer) => {
      await peer.write("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
      await peer.closed();
    },
    failure: "not-ami",
    message: 'it greets with "SSH-2.0-OpenSSH_9.2p1 Debian-2"',
  },
  {
    name: "an HTTP server that has had enough",
    script: async (peer) => {
      await peer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
      await peer.closed();
    },
    failure: "not-ami",
    message: 'it greets with "HTTP/1.1 400 Bad Request"',
  },
  {
    name: "a server that says nothing",
    script: (peer) => peer.closed(),
    failure: "no-greeting",
    message: "no AMI greeting came within 100 ms",
  },
  {
    name: "a server that says something that is no line",
    script: async (peer) => {
      await peer.write("Asterisk Call Manager/11");
      await peer.closed();
    },
    failure: "no-greeting",
    message: "no AMI greeting came within 100 ms",
  },
  {
    name: "a server that sends bytes of another protocol",
    script: async (peer) => {
      await peer.write(Uint8Array.of(0x15, 3, 1, 0, 2, 2, 0x0a, 0xff, 0xfe));
      await peer.closed();
    },
    failure: "not-ami",
    message: "it is not an Asterisk Manager Interface",
  },
  {
    name: "a server that closes at once",
    script: () => Promise.resolve(),
    failure: "no-greeting",
    message: "closed the connection without an AMI greeting",
  },
  {
    name: "a server that closes before the login is answered",
    script: async (peer) => {
      await peer.write("Asterisk Call Manager/11.0.0\r\n");
      await peer.next();
    },
    failure: "lost",
    message: "was lost",
  },
  {
    name: "a server that closes in the middle of its answer",
    script: async (peer) => {
      await peer.write("Asterisk Call Manager/11.0.0\r\n");
      const login = await peer.next();
      await peer.write(`Response: Success\r\nActionID: ${login?.id}\r\n`);
    },
    failure: "lost",
    message: "was lost",
  },
];

for (const { name, script, failure, message } of BAD_PEERS) {
  Deno.test(`connectAndLogin() rejects in time and leaks nothing with ${name}`, async () => {
    await using server = ScriptedServer.start(script);
    using dami = damiOf(server, { connectTimeout: 100 });
    const error = await assertRejects(
      () => within(dami.connectAndLogin(CREDENTIALS)),
      AmiConnectionError,
      message,
    );
    assertEquals(error.failure, failure);
    assertEquals(error.code, "AMI_CONNECTION");
    assertEquals(dami.state, "closed");
  });
}

Deno.test("connectAndLogin() rejects if the login is not answered in time", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.write("Asterisk Call Manager/11.0.0\r\n");
    await peer.closed();
  });
  using dami = damiOf(server, { timeout: 50 });
  const error = await assertRejects(
    () => within(dami.connectAndLogin(CREDENTIALS)),
    AmiTimeoutError,
  );
  assertEquals(error.action, "Login");
  assertEquals(dami.state, "closed");
});

Deno.test("connectAndLogin() settles if the connection ends right after the answer", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.logIn();
  });
  using dami = damiOf(server);
  const closed = new Promise((resolve) =>
    dami.addEventListener("close", resolve, { once: true })
  );
  try {
    await within(dami.connectAndLogin(CREDENTIALS));
    await within(closed);
  } catch (error) {
    assert(error instanceof AmiConnectionError);
    assertEquals(error.failure, "lost");
  }
  assertEquals(dami.state, "closed");
});

Deno.test("connectAndLogin() accepts a greeting in pieces, and what comes right after it", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    for (const byte of "Asterisk Call Manager/11.0.0\r\n") {
      await peer.write(byte);
    }
    const login = await peer.next();
    await peer.frame("Event: Early", "A: b");
    await peer.frame("Response: Success", `ActionID: ${login?.id}`);
    await peer.closed();
  });
  using dami = damiOf(server);
  await within(dami.connectAndLogin(CREDENTIALS));
});

for (
  const greeting of [
    "Asterisk Call Manager/1.0\r\n",
    "Asterisk Call Manager/13.0.0\n",
    "Asterisk Call Manager Proxy/1.21\r\n",
    "OpenPBX Call Manager/1.0\r\n",
  ]
) {
  Deno.test(`connectAndLogin() takes ${JSON.stringify(greeting)} for a PBX`, async () => {
    const lineEnd = greeting.endsWith("\r\n") ? "\r\n" : "\n";
    await using server = ScriptedServer.start(async (peer) => {
      await peer.write(greeting);
      const login = await peer.next();
      await peer.write(
        ["Response: Success", `ActionID: ${login?.id}`, "", ""].join(lineEnd),
      );
      await peer.closed();
    });
    using dami = damiOf(server);
    await within(dami.connectAndLogin(CREDENTIALS));
    assertEquals(dami.state, "ready");
  });
}

Deno.test("connectAndLogin() refuses to connect twice at once, and harms nothing", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.logIn();
    await peer.closed();
  });
  using dami = damiOf(server);
  const first = dami.connectAndLogin(CREDENTIALS);
  await assertRejects(
    () => dami.connectAndLogin(CREDENTIALS),
    TypeError,
    "is already connecting",
  );
  await first;
  await assertRejects(
    () => dami.connectAndLogin(CREDENTIALS),
    TypeError,
    "is already ready",
  );
  assertEquals(dami.state, "ready");
});

Deno.test("connectAndLogin() connects again after close(), and after a refused connection", async () => {
  await using server = ScriptedServer.start(async (peer) => {
    await peer.logIn();
    await peer.closed();
  });
  using dami = damiOf(server);
  await dami.connectAndLogin(CREDENTIALS);
  dami.close();
  assertEquals(dami.state, "closed");
  await dami.connectAndLogin(CREDENTIALS);
  assertEquals(dami.state, "ready");
});

Deno.test("close() ends an attempt to connect, at any stage, and another may follow at once", async () => {
  let greets = false;
  await using server = ScriptedServer.start(async (peer) => {
    if (greets) await peer.write("Asterisk Call Manager/11.0.0\r\n");
    const login = await peer.next();
    if (login?.get("Username") === "second") {
      await peer.frame("Response: Success", `ActionID: ${login.id}`);
    }
    await peer.closed();
  });
  using dami = damiOf(server);
  for (const stage of ["connect", "greeting", "login"]) {
    greets = stage === "login";
    const connected = new Promise((resolve) =>
      dami.addEventListener("connect", resolve, { once: true })
    );
    const attempt = dami.connectAndLogin(CREDENTIALS);
    const rejected = assertRejects(() => within(attempt), AmiClosedError);
    if (stage === "greeting") await new Promise((go) => setTimeout(go, 5));
    if (stage === "login") await connected;
    dami.close();
    assertEquals(dami.state, "closed");
    await rejected;
  }
  const first = dami.connectAndLogin(CREDENTIALS);
  dami.close();
  const second = dami.connectAndLogin({ username: "second", secret: "s" });
  await assertRejects(() => first, AmiClosedError);
  await within(second);
  assertEquals(dami.state, "ready");
});

Deno.test("conn throws before there is a connection", () => {
  const dami = new DAMI();
  const read = () => dami.conn;
  try {
    read();
  } catch (error) {
    assert(error instanceof AmiClosedError);
    return;
  }
  throw new Error("Expected an error");
});
