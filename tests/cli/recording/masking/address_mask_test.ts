import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { AddressMask } from "../../../../src/cli/recording/masking/address_mask.ts";

const mask = new AddressMask(new Uint8Array(32).fill(1));

Deno.test("a public address becomes one for tests, always the same", () => {
  const masked = mask.maskV4("203.0.113.7");
  assertMatch(masked, /^198\.1[89]\.\d{1,3}\.\d{1,3}$/);
  assertEquals(mask.maskV4("203.0.113.7"), masked);
  assertNotEquals(mask.maskV4("203.0.113.8"), masked);
  const six = mask.maskV6("2a00:1450:4001::68");
  assertMatch(six, /^2001:db8::[0-9a-f]{4}:[0-9a-f]{4}$/);
  assertEquals(mask.maskV6("2A00:1450:4001::68"), six);
});

Deno.test("no public address stays", () => {
  const parts = fc.tuple(
    fc.integer({ min: 1, max: 223 }),
    fc.nat(255),
    fc.nat(255),
    fc.nat(255),
  );
  const own = /^(?:10|127|100|172|192|169)\./;
  fc.assert(fc.property(parts, (numbers) => {
    const address = numbers.join(".");
    fc.pre(!own.test(address));
    assertNotEquals(mask.maskV4(address), address);
  }));
});

Deno.test("private addresses stay", () => {
  const addresses = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.1.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "224.0.1.75",
    "255.255.255.255",
  ];
  for (const address of addresses) assertEquals(mask.maskV4(address), address);
  for (const address of ["::", "::1", "fe80::1", "fd00::1", "ff02::1"]) {
    assertEquals(mask.maskV6(address), address);
  }
  for (const address of ["172.15.0.1", "172.32.0.1", "100.63.0.1"]) {
    assertNotEquals(mask.maskV4(address), address);
  }
});

Deno.test("what is no address stays", () => {
  for (const text of ["12:30:45", "a:b:c", "1:2:3:4:5:6:7:8:9"]) {
    assertEquals(mask.maskV6(text), text);
  }
});
