import type { WarmTest, WarmTestOptions } from "./warm_test.ts";
import { RUNNER_VARIABLES } from "./warm_start.ts";

/**
 * A shell that opens the file of the runner's readiness as 3 and what is to be preloaded as 4, and becomes Bun: which keeps
 * the environment that it is started with, and hands it on to children and workers.
 */
const SCRIPT = `exec 3>"$${RUNNER_VARIABLES.ready}" 4<<END
$${RUNNER_VARIABLES.preload}
END
unset ${RUNNER_VARIABLES.ready} ${RUNNER_VARIABLES.preload}
program=$(command -v -- "$1")
shift
exec "$program" "$@"`;
/** Options with which Bun runs something else than a file in this one process. */
const WITHOUT_FILE =
  /^(?:-[bFieph]|--(?:bun|filter|workspaces|parallel|sequential|isolate|shell|watch|hot|check|interactive|eval|print|help|inspect[a-z-]*)(?:=.*)?)$/s;
/** A file: other words may be names of scripts in `package.json`. */
const PATH = /^\.{0,2}\//;

/**
 * How a Bun is started before its turn: by the cold command with the runner program as its first `--preload`. It is of use for
 * this one file only, because Bun decides on the main module before any program can run; it reads the file later.
 *
 * @param command of a cold start: a Bun, `run` or `test`, its options, the file and its arguments
 * @param options what goes with it
 * @returns the start; undefined when it does not run a file
 */
export function bunStart(
  [bun, subcommand, ...rest]: readonly [string, ...string[]],
  { cwd, env, preloads, runnerFile }: WarmTestOptions,
): WarmTest | undefined {
  if (subcommand !== "run" && subcommand !== "test") return undefined;
  const at = rest.findIndex((word) => PATH.test(word));
  if (at < 0 || rest.slice(0, at).some((word) => WITHOUT_FILE.test(word))) return undefined;
  return {
    start: {
      runner: subcommand === "test" ? "bun-test" : "bun",
      command: ["/bin/sh", "-c", SCRIPT, "sh", bun, subcommand, `--preload=${runnerFile}`, ...rest],
      runnerFile,
      cwd,
      env,
      preloads,
    },
    main: rest[at]!,
    args: rest.slice(at + 1),
  };
}
