import type { HookedDriverOptions } from "../driver/hooked_driver.ts";
import { checkHooksDir } from "../hooks/load_pre_kill_hook.ts";
import { createSessionDir } from "../hooks/sample/session_dir.ts";
import type { Runtime } from "../runtime/port.ts";

/**
 * Checks the folders that the user named before the command is started: a wrong one is told now, not after a hang.
 *
 * @param settings what the driver is given
 * @param runtime the host
 * @throws {UsageError} when the hooks folder cannot be used
 * @throws {HostError} when the session directory cannot be written to
 */
export function checkFolders(settings: HookedDriverOptions, runtime: Runtime): void {
  if (settings.hooksDir !== undefined) checkHooksDir(runtime, runtime.os, settings.hooksDir);
  if (settings.sessionDir !== undefined) {
    createSessionDir(runtime, settings.sessionDir, performance.timeOrigin).check();
  }
}
