import { waitUntil } from "../tests/support/wait_until.ts";

/** A tree of processes to sample or to end. */
export interface ProcessTree extends AsyncDisposable {
  readonly pid: number;
  /** Resolves when the main process has ended. */
  readonly ended: Promise<unknown>;
}

/**
 * The command of a tree: a Perl process that forks, all of them asleep.
 *
 * @param count processes altogether
 * @returns program and arguments
 */
export function treeCommand(count: number): [string, ...string[]] {
  return ["perl", "-e", `for (2 .. ${count}) { fork or last } sleep 1000`];
}

/**
 * Starts `treeCommand` in a session of its own and waits until all processes are there.
 *
 * @param count processes altogether
 * @returns the tree; disposing of it kills it
 */
export async function startTree(count: number): Promise<ProcessTree> {
  const [program, ...args] = treeCommand(count);
  const child = new Deno.Command(program, {
    args,
    detached: true,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  })
    .spawn();
  await waitUntil(`${count} processes are there`, () => countSession(child.pid) === count);
  return {
    pid: child.pid,
    ended: child.status,
    [Symbol.asyncDispose]: async () => {
      try {
        Deno.kill(-child.pid, "SIGKILL");
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
      await child.status;
    },
  };
}

/**
 * Counts the live processes of a session.
 *
 * @param sessionId pid of its leader, which may have ended
 * @returns how many there are, zombies not counted
 */
export function countSession(sessionId: number): number {
  let count = 0;
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = Deno.readTextFileSync(`/proc/${name}/stat`);
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (Number(fields[3]) === sessionId && fields[0] !== "Z" && fields[0] !== "X") count++;
    } catch {
      // It has ended since the listing.
    }
  }
  return count;
}
