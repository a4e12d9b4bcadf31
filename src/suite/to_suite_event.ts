import type { DriverEvent } from "../driver/driver_options.ts";
import type { SuiteEventBody } from "../suite_events.ts";

/**
 * What an event of a driver is in a run.
 *
 * @param event of the driver
 * @param testId the test
 * @param attempt from 1
 * @returns undefined for what is of no interest there, or told at the end of the attempt
 */
export function toSuiteEvent(
  event: DriverEvent,
  testId: string,
  attempt: number,
): SuiteEventBody | undefined {
  switch (event.kind) {
    case "attempt-started":
      return { kind: event.kind, testId, attempt, pid: event.pid, command: event.command };
    case "slow":
      return { kind: event.kind, testId, elapsedMs: event.elapsedMs };
    case "light-sample": {
      const { elapsedMs, diagnosis } = event;
      return { kind: event.kind, testId, elapsedMs, summary: diagnosis.summary };
    }
    case "limit-reached":
      return { kind: event.kind, testId, limit: event.limit, limitMs: event.limitMs };
    case "sampling":
      return { kind: event.kind, testId, reason: event.reason };
    case "sampled":
      return { kind: event.kind, testId, hook: event.hook };
    case "exited":
      return { kind: event.kind, testId, exit: event.exit };
    case "signal-sent":
    case "leak":
    case "attempt-settled":
      return undefined;
  }
}
