import { assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import { HeaderOrder } from "../../src/wire/header_order.ts";

Deno.test("HeaderOrder.of() gives the same order for the same headers, to whatever connection", () => {
  const headers = [
    { name: "Event", converts: false },
    { name: "Exten", converts: false },
  ];
  const order = HeaderOrder.of(headers);
  assertStrictEquals(HeaderOrder.of(structuredClone(headers)), order);
  const numbers = headers.map(({ name }) => ({ name, converts: true }));
  assertNotStrictEquals(HeaderOrder.of(numbers), order);
  assertNotStrictEquals(HeaderOrder.of(headers.toReversed()), order);
  const more = [...headers, { name: "Priority", converts: true }];
  assertNotStrictEquals(HeaderOrder.of(more), order);
});
