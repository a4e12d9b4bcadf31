import { describeTimers } from "../../../src/hooks/collectors/javascript/find_timers.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("describeTimers() says what a timer calls, when, and how often", () => {
  assertEquals(
    describeTimers([[3_539_600, null, "renewToken"], [-20, 5000, ""], [90_000, null, 7], [1540, null]])
      .map(({ words }) => words),
    [
      "a timer that calls renewToken, due in 59 min",
      "a timer, due now, every 5 s",
      "a timer, due in 1 min 30 s",
      "a timer, due in 1.5 s",
    ],
  );
  assertEquals(describeTimers([[-20, 5000, ""]])[0]?.timer, { dueMs: -20, everyMs: 5000 });
});

Deno.test("describeTimers() takes nothing on trust", () => {
  for (const timers of [undefined, null, 7, {}, [], [null, 7, {}], [["soon"]]]) {
    assertEquals(describeTimers(timers), []);
  }
  assertEquals(describeTimers(Array.from({ length: 500 }, () => [1])).length, 20);
});
