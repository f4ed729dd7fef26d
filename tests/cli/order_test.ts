import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/cli/failures/command_error.ts";
import { readOrder } from "../../src/cli/order.ts";

Deno.test("readOrder() reads headers, repeated ones as an array", () => {
  assertEquals(readOrder(["Ping"]), { action: "Ping", data: {} });
  assertEquals(
    readOrder([
      "Originate",
      "Channel=PJSIP/1",
      "Variable=A=1",
      "Variable=B=",
      "Data=",
    ]),
    {
      action: "Originate",
      data: { Channel: "PJSIP/1", Variable: ["A=1", "B="], Data: "" },
    },
  );
  assertThrows(() => readOrder(["Ping", "=x"]), UsageError);
  assertThrows(() => readOrder([]), UsageError);
});

Deno.test("readOrder() takes all words after Command for the command of the console", () => {
  const commandOf = (...words: string[]) => readOrder(words).data;
  const expected = { Command: "core show channels" };
  assertEquals(commandOf("Command", "core", "show", "channels"), expected);
  assertEquals(commandOf("command", "core show channels"), expected);
  assertEquals(commandOf("Command", "Command=core show channels"), expected);
  assertEquals(commandOf("Command", "database", "put", "a", "b=c"), {
    Command: "database put a b=c",
  });
  assertEquals(commandOf("Command", "ActionID=1", "Command=x"), {
    ActionID: "1",
    Command: "x",
  });
});
