import { ActiveClock } from "../../../src/driver/active_clock.ts";
import { assertEquals } from "../../support/assert.ts";
import { FakeTimers } from "../../support/fake_timers.ts";

Deno.test("ActiveClock.at() calls back at the time, once", () => {
  const timers = new FakeTimers();
  const clock = new ActiveClock(timers);
  let calls = 0;
  clock.at(10_000, () => calls++);
  timers.advance(9_999);
  assertEquals(calls, 0);
  timers.advance(1);
  assertEquals(calls, 1);
  timers.advance(60_000);
  assertEquals(calls, 1);
});

Deno.test("ActiveClock.at() does not count the time, when the driver was stopped", () => {
  const timers = new FakeTimers();
  const clock = new ActiveClock(timers);
  let firedAtMs: number | undefined;
  clock.at(10_000, () => firedAtMs = timers.nowMs());
  timers.advance(4_000);
  timers.suspend(3_600_000);
  timers.advance(5_000);
  assertEquals(firedAtMs, undefined);
  timers.advance(2_000);
  assertEquals(typeof firedAtMs, "number");
});

Deno.test("ActiveClock.at() does not count a second, when the driver was stopped that long", () => {
  const timers = new FakeTimers();
  const clock = new ActiveClock(timers);
  let firedAtMs: number | undefined;
  clock.at(1_000, () => firedAtMs = timers.nowMs());
  timers.advance(400);
  timers.suspend(1_000);
  timers.advance(400);
  assertEquals(firedAtMs, undefined);
  timers.advance(300);
  assertEquals(typeof firedAtMs, "number");
});

Deno.test("ActiveClock.at() leaves no timer behind, when cancelled or done", () => {
  const timers = new FakeTimers();
  const clock = new ActiveClock(timers);
  const cancel = clock.at(10_000, () => {});
  cancel();
  assertEquals(timers.pendingCount, 0);
  clock.at(100, () => {});
  timers.advance(100);
  assertEquals(timers.pendingCount, 0);
});

Deno.test("ActiveClock.at() waits its time, when it is longer than a timer can be set to", () => {
  const timers = new FakeTimers();
  const clock = new ActiveClock(timers);
  let calls = 0;
  clock.at(2 ** 31 + 1000, () => calls++);
  // Past the heartbeats one by one would take for ever: only the arithmetic of one long sleep is checked.
  timers.advance(1000);
  assertEquals(calls, 0);
});

Deno.test("ActiveClock stands still while it is paused, and what was due comes so much later", () => {
  const timers = new FakeTimers();
  const clock = new ActiveClock(timers);
  let calls = 0;
  clock.at(1000, () => calls++);
  timers.advance(600);
  clock.pause();
  timers.advance(5000);
  assertEquals([clock.nowMs(), calls], [600, 0]);
  clock.continue();
  timers.advance(399);
  assertEquals(calls, 0);
  timers.advance(1);
  assertEquals(calls, 1);
});
