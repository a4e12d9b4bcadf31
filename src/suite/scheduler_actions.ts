import type { SuiteEventBody, TestStatus } from "../suite_events.ts";
import type { SuiteTest } from "./suite_options.ts";

/** Why no further test is started. */
export type StopReason = Omit<SuiteEventBody & { kind: "stopping" }, "kind">;

/** What is to be done next, in this order. */
export type SchedulerAction =
  | { readonly kind: "start"; readonly test: SuiteTest; readonly attempt: number }
  /** Tell of it; `isDue` follows after `afterMs`, unless it is at the end. */
  | {
    readonly kind: "plan-retry";
    readonly test: SuiteTest;
    readonly attempt: number;
    readonly afterMs: number;
    readonly atEnd: boolean;
  }
  /** The machine refused to start it: `isDue` follows after `afterMs`, with fewer tests at the same time. */
  | { readonly kind: "wait"; readonly test: SuiteTest; readonly afterMs: number; readonly jobs: number }
  | {
    readonly kind: "settle";
    readonly test: SuiteTest;
    readonly status: TestStatus;
    readonly attempts: number;
  }
  | { readonly kind: "stopping"; readonly stop: StopReason }
  /** End these attempts: politely the first time, at once when asked again. */
  | { readonly kind: "end"; readonly tests: readonly SuiteTest[]; readonly signal: string | undefined }
  /** Every test is settled. */
  | { readonly kind: "done" };
