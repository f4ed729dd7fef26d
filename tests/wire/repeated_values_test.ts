import { assertEquals } from "@std/assert";
import { RepeatedValues } from "../../src/wire/repeated_values.ts";

Deno.test("RepeatedValues leaves every value as it is, from the first header on", () => {
  const repeated = new RepeatedValues();
  const frames = [
    ["the frame", "Item", "PJSIP/6001-00000001", "", "1"],
    ["another frame", "Item", "PJSIP/6001-00000002", "", "1"],
    [
      "another frame",
      "Item",
      "PJSIP/6001-00000002",
      "José 🐊 日本語の名前",
      "",
    ],
    ["the frame", "", "x", "José 🐊 日本語の名前", "1"],
    ["the frame", "Item"],
  ];
  const names = ["Event", "Channel", "CallerIDName", "Priority"];
  for (const frame of frames) {
    const values = [...frame];
    repeated.share(names, values, 1);
    assertEquals(values, frame);
  }
});
