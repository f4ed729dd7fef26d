import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Calendar } from "../../../src/live/figures/calendar_day.ts";

const HOUR = 3_600_000;

Deno.test("a day begins at midnight of its time zone", () => {
  const noon = Date.UTC(2026, 5, 15, 12);
  const day = (timeZone: string) => {
    const { start, end } = new Calendar(timeZone).dayOf(noon);
    return [new Date(start).toISOString(), (end - start) / HOUR];
  };
  assertEquals(day("UTC"), ["2026-06-15T00:00:00.000Z", 24]);
  assertEquals(day("Europe/Berlin"), ["2026-06-14T22:00:00.000Z", 24]);
  assertEquals(day("Asia/Kolkata"), ["2026-06-14T18:30:00.000Z", 24]);
  assertEquals(day("Pacific/Auckland"), ["2026-06-15T12:00:00.000Z", 24]);
});

Deno.test("a day on which clocks are changed is longer or shorter", () => {
  const calendar = new Calendar("Europe/Berlin");
  const hours = (month: number, date: number) => {
    const { start, end } = calendar.dayOf(Date.UTC(2026, month, date, 12));
    return (end - start) / HOUR;
  };
  assertEquals([hours(2, 29), hours(9, 25), hours(9, 26)], [23, 25, 24]);
  // In Lebanon, the day has no midnight.
  const { start, end } = new Calendar("Asia/Beirut")
    .dayOf(Date.UTC(2026, 2, 29, 12));
  assertEquals((end - start) / HOUR, 23);
});

Deno.test("days follow one another without a gap, wherever and whenever", () => {
  const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Beirut"];
  fc.assert(fc.property(
    fc.constantFrom(...zones),
    fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) }),
    (zone, at) => {
      const day = new Calendar(zone).dayOf(at);
      assert(day.start <= at && at < day.end);
      const next = new Calendar(zone).dayOf(day.end);
      assertEquals(next.start, day.end);
    },
  ));
});

Deno.test("an unknown time zone is refused", () => {
  assertThrows(
    () => new Calendar("Mars/Olympus"),
    RangeError,
    "Cannot use option 'timeZone' as there is no such time zone: current value is Mars/Olympus",
  );
});
