import { ActiveClock } from "../../../src/driver/active_clock.ts";
import { ForwardedActivity } from "../../../src/driver/activity.ts";
import type { DriverOptions } from "../../../src/driver/driver_options.ts";
import { Limits } from "../../../src/driver/limits.ts";
import type { MachineInput } from "../../../src/driver/machine.ts";
import { assertEquals } from "../../support/assert.ts";
import { FakeTimers } from "../../support/fake_timers.ts";

function setUp(limits: Partial<DriverOptions>): {
  timers: FakeTimers;
  activity: ForwardedActivity;
  limits: Limits;
  reports: { atMs: number; input: MachineInput }[];
} {
  const timers = new FakeTimers();
  const clock = new ActiveClock(timers);
  const activity = new ForwardedActivity(clock);
  const reports: { atMs: number; input: MachineInput }[] = [];
  const watch = new Limits(clock, { command: ["x"], ...limits }, activity, (input) => {
    reports.push({ atMs: timers.nowMs(), input });
  });
  watch.start(clock.nowMs());
  return { timers, activity, limits: watch, reports };
}

Deno.test("Limits report half time and the timeout, when the wall clock limit runs out", () => {
  const { timers, reports, limits } = setUp({ timeoutMs: 10_000 });
  timers.advance(20_000);
  assertEquals(reports, [
    { atMs: 5_000, input: { kind: "half-time" } },
    { atMs: 10_000, input: { kind: "limit", limit: "timeout" } },
  ]);
  assertEquals(limits.dueMs, 10_000);
});

Deno.test("Limits have nothing due at half time, so that a limit called from outside is not late", () => {
  const { timers, limits } = setUp({ timeoutMs: 10_000, slowAfterMs: 6_000 });
  timers.advance(7_000);
  assertEquals(limits.dueMs, 0);
});

Deno.test("Limits report idle after the last output, when the process falls silent", () => {
  const { timers, activity, reports } = setUp({ idleTimeoutMs: 3_000 });
  for (let second = 0; second < 10; second++) {
    timers.advance(1_000);
    activity.touch();
  }
  timers.advance(2_999);
  assertEquals(reports, []);
  timers.advance(1);
  assertEquals(reports, [{ atMs: 13_000, input: { kind: "limit", limit: "idle" } }]);
});

Deno.test("Limits do not report startup, when there was output in time", () => {
  const { timers, activity, reports } = setUp({ startupTimeoutMs: 1_000 });
  timers.advance(999);
  activity.touch();
  timers.advance(5_000);
  assertEquals(reports, []);
});

Deno.test("Limits report startup, when there was no output at all", () => {
  const { timers, reports } = setUp({ startupTimeoutMs: 1_000 });
  timers.advance(5_000);
  assertEquals(reports, [{ atMs: 1_000, input: { kind: "limit", limit: "startup" } }]);
});

Deno.test("Limits report exit, when a finished process does not end", () => {
  const { timers, limits, reports } = setUp({ exitTimeoutMs: 500 });
  timers.advance(10_000);
  limits.finished();
  timers.advance(10_000);
  assertEquals(reports, [{ atMs: 10_500, input: { kind: "limit", limit: "exit" } }]);
});

Deno.test("Limits report nothing, when stopped or without limits", () => {
  const { timers, limits, reports } = setUp({ timeoutMs: 1_000, idleTimeoutMs: 500, slowAfterMs: 200 });
  limits.stop();
  timers.advance(5_000);
  assertEquals(reports, []);
  const none = setUp({ timeoutMs: 0, idleTimeoutMs: Infinity });
  none.timers.advance(100_000);
  assertEquals(none.reports, []);
});
