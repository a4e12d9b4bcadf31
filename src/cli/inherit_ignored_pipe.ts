import { signalActions } from "../driver/interrupts.ts";
import type { Runtime } from "../runtime/port.ts";

const SHELLS = new Set(["sh", "ash", "bash", "busybox", "dash", "fish", "ksh", "mksh", "yash", "zsh"]);

/**
 * Lets a command ignore SIGPIPE where the shell around prekill does (`trap '' PIPE`). Deno, Node and Bun ignore it for
 * themselves and give it back its default action in every child, so that only the shell's own state tells.
 *
 * @param command what to run
 * @param runtime the host
 * @returns the command, through a shell that ignores SIGPIPE if need be
 */
export function inheritIgnoredPipe(
  command: readonly [string, ...string[]],
  runtime: Runtime,
): readonly [string, ...string[]] {
  const parent = runtime.files.readText(`/proc/${runtime.parentPid}/comm`)?.trim() ?? "";
  if (!SHELLS.has(parent) || !signalActions(runtime, runtime.parentPid).ignores("SIGPIPE")) return command;
  return ["/bin/sh", "-c", `trap "" PIPE; exec "$@"`, "sh", ...command];
}
