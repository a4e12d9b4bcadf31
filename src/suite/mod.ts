/**
 * Many tests, each in a process of its own: finding them, running them, carrying on a run that was killed. What happens is told
 * as `SuiteEvent`s, which the entry point `report` makes reports of.
 *
 * @example Run the tests of a project, and name those that did not pass
 * ```ts
 * import { discoverTests, host, loadConfig, runSuite } from "./mod.ts";
 *
 * const cwd = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${cwd}/test_it`, "#!/bin/sh\nexit 3\n", { mode: 0o755 });
 * const config = loadConfig(host.files, { cwd });
 * const { tests } = await discoverTests({ paths: [], config, cwd }, host);
 * const failed: string[] = [];
 * for await (const event of runSuite(tests, { ...config.run, cwd, sessionDir: `${cwd}/.prekill/first` })) {
 *   if (event.kind === "test-settled" && event.status !== "passed") failed.push(event.name);
 * }
 * if (failed.join() !== "test_it") throw new Error("unexpected");
 * await Deno.remove(cwd, { recursive: true });
 * ```
 *
 * @module
 */
export { host } from "../runtime/host.ts";
export type * from "../runtime/port.ts";
export type * from "../suite_events.ts";
export type * from "../outcome.ts";
export type * from "../hook_record.ts";
export type { Diagnosis } from "../sample_document.ts";
export type { LeakPolicy } from "../driver/driver_options.ts";
export { HostError, UsageError } from "../errors.ts";
export { loadConfig, type LoadConfigOptions } from "./config/load_config.ts";
export type * from "./config/suite_config.ts";
export { discoverTests } from "./discovery/discover_tests.ts";
export type * from "./discovery/discover_options.ts";
export { type EarlierRun, type ReadRun, readRun } from "./resume/read_run.ts";
export { runSuite } from "./run_suite.ts";
export type * from "./suite_options.ts";
export type * from "./suite_run.ts";
