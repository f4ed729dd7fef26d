import { assertEquals, assertRejects } from "@std/assert";
import { AmiServer } from "../../../src/testing/ami_server.ts";
import { names, RawClient, value } from "../_raw_client.ts";

Deno.test("on() scripts a frame, with the ActionID put in second", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const remove = server.on("ping", () => ({ Response: "Success", A: [1, 2] }));
  await client.send("Action: PING\r\nActionID: 7\r\n\r\n");
  assertEquals(await client.frame(), [
    ["Response", "Success"],
    ["ActionID", "7"],
    ["A", "1"],
    ["A", "2"],
  ]);
  remove();
  await client.send("Action: PING\r\nActionID: 8\r\n\r\n");
  assertEquals(value(await client.frame(), "Ping"), "Pong");
});

Deno.test("on() scripts frames, raw text, nothing, and promises of them", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  server.on("List", () => Promise.resolve([{ Response: "a" }, { Event: "b" }]));
  server.on("Text", () => "Response: Follows\r\nraw\n--END COMMAND--\r\n\r\n");
  server.on("Nothing", () => {});
  await client.send(
    ["Nothing", "List", "Text"].map((name, index) =>
      `Action: ${name}\r\nActionID: ${index}\r\n\r\n`
    ).join(""),
  );
  assertEquals(await client.frames(2), [
    [["Response", "a"], ["ActionID", "1"]],
    [["Event", "b"], ["ActionID", "1"]],
  ]);
  assertEquals(await client.line(), "Response: Follows");
});

Deno.test("the newest script counts, and standard() asks the PBX itself", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  let count = 0;
  server.on("Ping", () => ({ Response: "Error" }));
  server.on("Ping", (_action, _client, standard) => {
    count++;
    return standard();
  });
  await client.send("Action: Ping\r\n\r\n");
  assertEquals(value(await client.frame(), "Ping"), "Pong");
  assertEquals(count, 1);
});

Deno.test("a scripted Login that succeeds logs the client in", async () => {
  await using server = AmiServer.start();
  server.on("Login", () => ({ Response: "Success", Message: "Welcome" }));
  using client = await RawClient.connect(server.port);
  await client.line();
  await client.send("Action: Login\r\nUsername: eve\r\n\r\n");
  assertEquals(value(await client.frame(), "Message"), "Welcome");
  assertEquals(server.clients[0]?.username, "eve");
  server.emit({ Event: "X" });
  assertEquals(value(await client.frame(), "Event"), "X");
});

Deno.test("a removed script uncovers the one before", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const removeFirst = server.on("Ping", () => ({ Response: "first" }));
  const removeSecond = server.on("Ping", () => ({ Response: "second" }));
  const ask = async (): Promise<string> => {
    await client.send("Action: Ping\r\n\r\n");
    return value(await client.frame(), "Response");
  };
  assertEquals(await ask(), "second");
  removeSecond();
  removeSecond();
  assertEquals(await ask(), "first");
  removeFirst();
  assertEquals(await ask(), "Success");
});

Deno.test("a script runs before the login, standard() refuses there", async () => {
  await using server = AmiServer.start();
  server.on("Early", () => ({ Response: "Success", Message: "early" }));
  server.on("Ping", (_action, _client, standard) => standard());
  using client = await RawClient.connect(server.port);
  await client.line();
  await client.send("Action: Early\r\n\r\nAction: Ping\r\n\r\n");
  const [early, ping] = await client.frames(2);
  assertEquals(value(early, "Message"), "early");
  assertEquals(value(ping, "Message"), "Permission denied");
});

Deno.test("an action that nobody knows and one without a name are refused", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  await client.send("Action: Nonsense\r\n\r\nActionID: 2\r\n\r\n");
  assertEquals(await client.frames(2), [
    [
      ["Response", "Error"],
      [
        "Message",
        "Invalid/unknown command: Nonsense. " +
        "Use Action: ListCommands to show available commands.",
      ],
    ],
    [
      ["Response", "Error"],
      ["ActionID", "2"],
      ["Message", "Missing action in request"],
    ],
  ]);
});

Deno.test("the names of scripted actions are sorted in, without those removed", async () => {
  await using server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  server.on("atxfer", () => {});
  server.on("PING", () => {});
  server.on("Gone", () => {})();
  await client.send("Action: ListCommands\r\n\r\n");
  const listed = names(await client.frame()).slice(1);
  assertEquals(listed.slice(0, 3), ["AGI", "atxfer", "BlindTransfer"]);
  assertEquals(listed.includes("Ping"), true);
  assertEquals(listed.includes("PING"), false);
  assertEquals(listed.includes("Gone"), false);
});

Deno.test("several scripts that fail are reported as one error", async () => {
  const server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  const errors = [new RangeError("now"), new TypeError("later")];
  server.on("Now", () => {
    throw errors[0];
  });
  server.on("Later", () => Promise.reject(errors[1]));
  await client.send("Action: Now\r\n\r\nAction: Later\r\n\r\n");
  const answers = await client.frames(2);
  assertEquals(answers.map((frame) => value(frame, "Message")), [
    "The script of the test threw: now",
    "The script of the test threw: later",
  ]);
  const error = await assertRejects(() => server.close(), AggregateError);
  assertEquals(error.errors, errors);
});

Deno.test("a script that returns something else than an answer counts as one that failed", async () => {
  const server = AmiServer.start();
  using client = await RawClient.loggedIn(server.port);
  // As an untyped test would do it.
  const malformed = (text: string) => JSON.parse(text);
  server.on("Now", () => malformed('{ "Response": null }'));
  server.on("Later", () => Promise.resolve(malformed('[{ "A": null }]')));
  server.on("Null", () => Promise.resolve(malformed("null")));
  server.on("Number", () => malformed("5"));
  const actions = ["Now", "Later", "Null", "Number"];
  for (const [index, name] of actions.entries()) {
    await client.send(`Action: ${name}\r\nActionID: ${index}\r\n\r\n`);
    const frame = await client.frame();
    assertEquals(value(frame, "Response"), "Error");
    assertEquals(value(frame, "ActionID"), `${index}`);
  }
  const error = await assertRejects(() => server.close(), AggregateError);
  assertEquals(error.errors.length, actions.length);
});

Deno.test("a script that throws undefined makes close() throw", async () => {
  const throwers = [
    () => {
      throw undefined;
    },
    () => Promise.reject(undefined),
  ];
  for (const thrower of throwers) {
    const server = AmiServer.start();
    using client = await RawClient.loggedIn(server.port);
    server.on("Ping", thrower);
    await client.send("Action: Ping\r\n\r\n");
    assertEquals(
      value(await client.frame(), "Message"),
      "The script of the test threw: undefined",
    );
    const thrown = await server.close().then(() => "nothing", (error) => error);
    assertEquals(thrown, undefined);
  }
});
