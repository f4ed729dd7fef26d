import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { CLASSES } from "../../../src/options/classes.ts";
import {
  asLine,
  classesInForce,
  classesMeant,
  printedClasses,
} from "../../../src/cli/doctor/classes.ts";

Deno.test("classesInForce() reads a line as Asterisk does", () => {
  const cases: [line: string, classes: string][] = [
    ["", ""],
    ["none", ""],
    ["call", "call"],
    ["call,agent", "call,agent"],
    ["all", "all"],
    ["call,all", "all"],
    // Measured with 16 and 22: a blank is a part of the name.
    ["call, agent, foo", "call"],
    // All but the last element are beginnings of names.
    ["c,user", "call,command,user,config,cdr,cc"],
    ["user,c", "user"],
    // Measured: an empty element at the end does not count, but the one before it is a beginning then.
    ["all,", "all"],
    ["user,", "user"],
    ["a,,b", "all"],
    ["Call", ""],
  ];
  for (const [line, classes] of cases) {
    assertEquals(asLine(classesInForce(line)), classes, line);
  }
});

Deno.test("classesInForce() undoes asLine()", () => {
  fc.assert(fc.property(fc.subarray([...CLASSES]), (names) => {
    assertEquals(classesInForce(asLine(names)), new Set(names));
  }));
});

Deno.test("classesMeant() reads a line as its writer meant it", () => {
  assertEquals(classesMeant("call, Agent,foo , none"), {
    classes: new Set(["call", "agent"]),
    unknown: ["foo"],
  });
  assertEquals(classesMeant("all").classes.size, CLASSES.length);
  assertEquals(classesMeant("").classes.size, 0);
});

Deno.test("printedClasses() reads what the console prints", () => {
  assertEquals([...printedClasses("<none>")], []);
  assertEquals([...printedClasses("call,agent")], ["call", "agent"]);
  assertEquals(
    asLine(printedClasses(`${CLASSES.join(",")},all`)),
    "all",
  );
});

Deno.test("asLine() keeps Asterisk's order", () => {
  assertEquals(asLine(["user", "call", "user"]), "call,user");
  assertEquals(asLine([]), "");
});
