import { withResolvers } from "../std/with_resolvers.ts";
import type { Exit } from "../outcome.ts";
import { listenWithDeno } from "./deno_signals.ts";
import { openPosixSpawn, type PosixSpawn } from "./deno_posix_spawn.ts";
import type { Child, FileSpawnCommand } from "./port.ts";
import { signalName } from "../signals.ts";

/** Children are asked for so often even when no signal has told of an end: one signal may stand for several. */
const LOOK_PAUSE_MS = 1000;

interface Running {
  readonly resolve: (exit: Exit) => void;
  isRef: boolean;
}

/** Children that were started here and have not been reaped. */
const running = new Map<number, Running>();
let library: PosixSpawn | undefined;
let isOpen = false;
let isListening = false;
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Starts a child with posix_spawn(3) of the C library, which `Deno.Command` cannot do for the leader of a session: it
 * copies the page tables of this process for each, and needs a shell to connect a file. Linux only, and only where
 * `--allow-ffi` is granted already.
 *
 * @param command what to start
 * @returns the child; undefined when it cannot be started this way
 */
export async function spawnIntoFileWithDeno(command: FileSpawnCommand): Promise<Child | undefined> {
  if (!isOpen) {
    isOpen = true;
    library = openPosixSpawn();
  }
  if (library === undefined) return undefined;
  listen();
  const pid = await library.spawn(command);
  if (pid === undefined) return undefined;
  const { promise, resolve } = withResolvers<Exit>();
  const entry: Running = { resolve, isRef: true };
  running.set(pid, entry);
  // It may have ended before its number was known here.
  reap([[pid, entry]]);
  return {
    pid,
    exited: promise,
    stdin: undefined,
    stdout: undefined,
    stderr: undefined,
    unref() {
      entry.isRef = false;
      keepAlive();
    },
  };
}

/** A listener of Deno's does not keep the event loop alive; the timer does. */
function listen(): void {
  if (isListening) return;
  isListening = true;
  listenWithDeno("SIGCHLD", () => reap(running));
}

function reap(entries: Iterable<readonly [pid: number, Running]>): void {
  for (const [pid, entry] of entries) {
    const status = library!.wait(pid);
    if (status === undefined) continue;
    running.delete(pid);
    entry.resolve(toExit(status));
  }
  keepAlive();
}

function keepAlive(): void {
  const isNeeded = running.size > 0 && [...running.values()].some(({ isRef }) => isRef);
  if (isNeeded && timer === undefined) timer = setInterval(() => reap(running), LOOK_PAUSE_MS);
  if (!isNeeded && timer !== undefined) {
    clearInterval(timer);
    timer = undefined;
  }
}

/** wait(2): the low seven bits are the signal, 0 for an exit, whose code is in the next eight. */
function toExit(status: number): Exit {
  const signal = status & 0x7f;
  return signal === 0
    ? { kind: "exited", code: (status >> 8) & 0xff }
    : { kind: "signalled", signal: signalName(signal) };
}
