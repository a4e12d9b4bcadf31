/**
 * Finds out why a process hangs, before it kills it.
 *
 * `ProcessDriver` starts one process, watches its limits and ends its whole tree; derive from it to decide what happens
 * before the kill. `HookedDriver` has prekill's own look at the process built in. `sampleProcess` explains a process
 * that runs already. `Prespawner` keeps processes ready. `discoverTests` finds tests, `runSuite` runs them, each in a process of its own, and tells of them as
 * events; `RunFold`, `renderJunit` and the other reporters make of those what people and CI systems read. The parts are entry
 * points of their own, too: `hooks`, `suite`, `prespawn`, `report`.
 *
 * @example Explain a hang and end it
 * ```ts
 * import { HookedDriver, parseDuration } from "./mod.ts";
 *
 * const sessionDir = await Deno.makeTempDir();
 * await using driver = new HookedDriver({
 *   command: ["sleep", "60"],
 *   timeoutMs: parseDuration("300ms"),
 *   sampleTimeMs: 50,
 *   sessionDir,
 * });
 * const { outcome, hook } = await driver.run();
 * if (outcome.kind !== "timed-out" || hook?.diagnosis?.cause !== "sleep") throw new Error("unexpected");
 * await Deno.remove(sessionDir, { recursive: true });
 * ```
 *
 * @module
 */
export { formatDuration, parseDuration } from "./src/duration.ts";
export { HostError, UsageError } from "./src/errors.ts";
export { parseSignal } from "./src/signals.ts";
export type * from "./src/outcome.ts";
export type * from "./src/hook_record.ts";
export type * from "./src/sample_document.ts";
export type * from "./src/driver/driver_options.ts";
export type * from "./src/hooks/hook.ts";
export type { LightSample } from "./src/hooks/light_sample.ts";
export type * from "./src/driver/attempt_view.ts";
export { ProcessDriver } from "./src/driver/process_driver.ts";
export { HookedDriver, type HookedDriverOptions } from "./src/driver/hooked_driver.ts";
export {
  loadPreKillHook,
  type LoadPreKillHookOptions,
  type PreKillHook,
} from "./src/hooks/load_pre_kill_hook.ts";
export { reportOptions } from "./src/cli/render_run.ts";
export { renderVerdict } from "./src/hooks/sample/render_verdict.ts";
export * from "./src/suite/mod.ts";
export * from "./src/prespawn/mod.ts";
export * from "./src/report/mod.ts";
export type { LookedAtTree, TreeLooks } from "./src/driver/tree_looks.ts";
export type { DriverShare } from "./src/driver/tree_sweeper.ts";
export type { Clock } from "./src/driver/active_clock.ts";
export { sampleProcess, type SampleProcessOptions } from "./src/hooks/sample_process.ts";
export type { ProcessEntry, ProcessIdentity } from "./src/tree/process_entry.ts";
export type { ProcessLister } from "./src/tree/process_lister.ts";
export type * from "./src/runtime/port.ts";
