import { StallWatch } from "../../../src/suite/stall_watch.ts";
import { assertEquals } from "../../support/assert.ts";
import { FakeTimers } from "../../support/fake_timers.ts";

function watched(): { timers: FakeTimers; stalls: number[]; watch: StallWatch } {
  const timers = new FakeTimers();
  const stalls: number[] = [];
  return { timers, stalls, watch: new StallWatch(timers, (stalledMs) => stalls.push(stalledMs)) };
}

Deno.test("StallWatch says nothing, while the loop runs, or is late by little", () => {
  const { timers, stalls, watch } = watched();
  watch.start();
  timers.advance(60_000);
  timers.suspend(1400);
  timers.advance(1);
  assertEquals(stalls, []);
  watch.stop();
});

Deno.test("StallWatch tells how late the loop was, once for each stall", () => {
  const { timers, stalls, watch } = watched();
  watch.start();
  timers.suspend(5000);
  timers.advance(10_000);
  timers.suspend(3000);
  timers.advance(10_000);
  assertEquals(stalls, [4500, 2500]);
  watch.stop();
});

Deno.test("StallWatch does not count the time in which it was stopped", () => {
  const { timers, stalls, watch } = watched();
  watch.start();
  watch.stop();
  assertEquals(timers.pendingCount, 0);
  timers.suspend(60_000);
  watch.start();
  watch.start();
  assertEquals(timers.pendingCount, 1);
  timers.advance(1000);
  assertEquals(stalls, []);
  watch.stop();
});
