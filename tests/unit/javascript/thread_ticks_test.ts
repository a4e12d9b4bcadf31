import { findBusyThread } from "../../../src/hooks/collectors/javascript/thread_ticks.ts";
import { assertEquals } from "../../support/assert.ts";

const BEFORE = new Map([[1, 100], [2, 10], [3, 10]]);

Deno.test("findBusyThread() finds the one thread that stands out", () => {
  assertEquals(findBusyThread(BEFORE, new Map([[1, 300], [2, 60], [3, 12]]), 1), 2);
  assertEquals(findBusyThread(BEFORE, new Map([[1, 300], [2, 60], [3, 50]]), 1), undefined);
  assertEquals(findBusyThread(BEFORE, new Map([[1, 300], [2, 11], [3, 10]]), 1), undefined);
  // A thread that is new may have used its time at any moment.
  assertEquals(findBusyThread(BEFORE, new Map([[1, 300], [4, 900]]), 1), undefined);
  assertEquals(findBusyThread(undefined, BEFORE, 1), undefined);
});
