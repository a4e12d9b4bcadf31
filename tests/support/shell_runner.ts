import type { WarmStart } from "../../src/prespawn/warm_start.ts";

/** Reads its job to the end, and exits with the number that `main` ends with. */
export const WAITING = `echo ready > "$PREKILL_READY"
job=$(cat)
case $job in ""|null) exit 0 ;; esac
main=\${job#*'"main":"'}
main=\${main%%'"'*}`;

/**
 * A start of a runner that is a shell script.
 *
 * @param directory where the script is written, and where it runs
 * @param script its text; `WAITING` is the part of a good one that ends with the job in `$job` and the path in `$main`
 * @param name tells runners in one directory apart
 * @returns how it is started, with a short environment
 */
export async function shellRunner(directory: string, script: string, name = "runner.sh"): Promise<WarmStart> {
  const runnerFile = `${directory}/${name}`;
  await Deno.writeTextFile(runnerFile, script);
  return {
    runner: "shell",
    command: ["/bin/sh", runnerFile],
    runnerFile,
    cwd: directory,
    env: { PATH: "/usr/bin:/bin" },
    preloads: [],
  };
}
