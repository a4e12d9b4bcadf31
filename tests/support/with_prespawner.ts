import { Prespawner, type PrespawnerOptions } from "../../src/prespawn/prespawner.ts";
import { host } from "../../src/runtime/host.ts";
import { shellRunner } from "./shell_runner.ts";
import { withTempDir } from "./with_temp_dir.ts";

/**
 * Runs a test with a prespawner whose runners are a shell script, and stops it.
 *
 * @param script text of the runner
 * @param options of the prespawner; the output is one pipe when undefined
 * @param test gets the prespawner and the directory that the runners run in
 */
export async function withPrespawner(
  script: string,
  options: Partial<PrespawnerOptions>,
  test: (prespawner: Prespawner, directory: string) => Promise<void>,
): Promise<void> {
  await withTempDir(async (directory) => {
    const start = await shellRunner(directory, script);
    const output = { kind: "piped", mergeStderr: true } as const;
    await using prespawner = new Prespawner({ start, output, ...options }, host);
    await test(prespawner, directory);
  });
}

/** The numbers that runners have written to the file `pids`, in their order. */
export function pidsIn(directory: string): number[] {
  try {
    return Deno.readTextFileSync(`${directory}/pids`).trim().split("\n").map(Number).filter((pid) => pid > 0);
  } catch {
    return [];
  }
}

/** Whether there is no such process. */
export function isGone(pid: number): boolean {
  return host.kill(pid, undefined) === "gone";
}
