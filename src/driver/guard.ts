import { GUARD_NAME } from "../guard_name.ts";
import type { Runtime } from "../runtime/port.ts";

/**
 * The guard's program: takes the first tree as TARGET:COOKIE:SIGNAL, then reads `+ TARGET:COOKIE:SIGNAL` and `- TARGET` lines (TARGET as for kill(1): a pid, or a negative
 * process group; "any" stands for whoever carries the cookie) and, when the pipe ends because the driver is gone however it died, ends what is still registered:
 * the soft signal first, KILL a second later, and whatever carries the cookie after that. Then it removes the folders that follow the first tree, or came as
 * `x FOLDER`.
 */
const PROGRAM = `
live=$1
shift
carriers() {
  for file in $(grep -lsF "$1" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    echo "\${pid%/environ}"
  done
}
targets() {
  rest=\${1#*:}
  case $1 in
    any:*) carriers "\${rest%%:*}" ;;
    *) echo "\${1%%:*}" ;;
  esac
}
while read -r op what; do
  case $op in
    +) live="$live $what" ;;
    -) rest=; for entry in $live; do [ "\${entry%%:*}" = "$what" ] || rest="$rest $entry"; done; live=$rest ;;
    x) set -- "$@" "$what" ;;
  esac
done
[ -n "$live" ] || exit 0
trap '[ $# -eq 0 ] || rm -rf -- "$@"' EXIT
for entry in $live; do
  for target in $(targets "$entry"); do
    kill -s "\${entry##*:}" -- "$target"
    kill -s CONT -- "$target"
  done
done
for pause in 1 2 3 4 5 6 7 8 9 10; do
  left=
  for entry in $live; do
    for target in $(targets "$entry"); do kill -s 0 -- "$target" && left=1; done
  done
  [ -n "$left" ] || break
  sleep 0.1 || sleep 1
done
for entry in $live; do
  for target in $(targets "$entry"); do kill -s KILL -- "$target"; done
done
[ -d /proc/self ] || exit 0
for round in 1 2 3 4 5 6 7 8 9 10; do
  found=
  for entry in $live; do
    rest=\${entry#*:}
    for pid in $(carriers "\${rest%%:*}"); do
      found=1
      kill -s KILL "$pid"
    done
  done
  [ -n "$found" ] || exit 0
  sleep 0.1 || sleep 1
done
`;

/** What is ended when this process dies. */
export interface GuardedTree {
  /** A pid, or a negative process group, or "any" for all that carry the cookie. */
  readonly target: number | "any";
  /** The attempt's `PREKILL_ID`. */
  readonly cookie: string;
  /** The soft kill's signal, with its SIG prefix. */
  readonly signal: string;
  /** Absolute path of a folder that is removed when the tree has ended so, with all that is in it. */
  readonly tempDir?: string | undefined;
}

/**
 * A process that outlives a driver killed with KILL and then ends every tree that the driver had registered. One guard
 * serves a whole process; Windows has none (there, closing a console ends what is attached to it).
 */
export class Guard {
  static #shared: Guard | undefined;
  readonly #encoder = new TextEncoder();
  readonly #writer: WritableStreamDefaultWriter<Uint8Array> | undefined;

  private constructor(runtime: Runtime, first: readonly string[]) {
    try {
      const child = runtime.spawn({
        program: "/bin/sh",
        // The first tree as an argument: once the guard is there, the tree is guarded.
        args: ["-c", PROGRAM, GUARD_NAME, ...first],
        cwd: "/",
        env: { PATH: runtime.getEnv("PATH") ?? "/usr/bin:/bin" },
        newSession: true,
        stdin: "piped",
        stdout: "null",
        stderr: "null",
      });
      child.unref();
      this.#writer = child.stdin?.getWriter();
    } catch {
      // Without a shell there is no guard: only KILL of the driver itself then leaves a tree behind.
    }
  }

  /**
   * Has a tree ended if this process dies. The guard is started with the first tree.
   *
   * @param runtime the host
   * @param tree what is to be ended
   * @returns a function that ends the guarding, for when the tree has ended; once it has resolved, this process may end
   * without the guard taking that for its death
   */
  static protect(
    runtime: Runtime,
    { target, cookie, signal, tempDir }: GuardedTree,
  ): () => Promise<void> {
    if (runtime.os === "windows") return () => Promise.resolve();
    const tree = `${target}:${cookie}:${signal.replace(/^SIG/, "")}`;
    // A name of two lines would be taken for two.
    const folder = tempDir === undefined || tempDir.includes("\n") ? [] : [tempDir];
    const shared = Guard.#shared;
    const guard = Guard.#shared = shared ?? new Guard(runtime, [tree, ...folder]);
    if (shared !== undefined) guard.#tell(`+ ${tree}\n${folder.map((path) => `x ${path}\n`).join("")}`);
    return () => guard.#tell(`- ${target}\n`);
  }

  async #tell(line: string): Promise<void> {
    // A guard that was killed is no reason to fail the run.
    await this.#writer?.write(this.#encoder.encode(line)).catch(() => {});
  }
}
