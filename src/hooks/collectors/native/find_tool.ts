import { findProgram } from "../../../runtime/find_program.ts";
import type { Runtime } from "../../../runtime/port.ts";

/**
 * Looks for a tool in prekill's own `PATH`.
 *
 * @param runtime the host
 * @param name the command
 * @returns its path; undefined when it is missing or may not be executed
 */
export function findTool(runtime: Runtime, name: string): string | undefined {
  const found = findProgram(runtime.files, name, { searchPath: runtime.getEnv("PATH") });
  return found.kind === "found" ? found.path : undefined;
}
