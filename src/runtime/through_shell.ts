import type { SpawnCommand } from "./port.ts";

/** Both streams are appended to the file that is the first argument. */
export const INTO_LOG = 'log=$1; shift; exec "$@" >>"$log" 2>&1';
/** Both streams become standard output. */
export const INTO_ONE_STREAM = 'exec "$@" 2>&1';

/**
 * Has a shell connect the output of a command and become it (`exec`), so that the pid stays.
 *
 * @param command what is to run
 * @param path of its program; a bare name is one in the working directory
 * @param script what connects the output: one of the scripts here
 * @param first arguments of the script, before the command
 * @returns what to spawn
 */
export function throughShell<Command extends Pick<SpawnCommand, "program" | "args">>(
  command: Command,
  path: string,
  script: string,
  ...first: string[]
): Command {
  const file = path.includes("/") ? path : `./${path}`;
  return { ...command, program: "/bin/sh", args: ["-c", script, "sh", ...first, file, ...command.args] };
}
