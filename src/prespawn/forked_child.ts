import type { Exit } from "../outcome.ts";
import type { Child, Runtime } from "../runtime/port.ts";
import { withResolvers } from "../std/with_resolvers.ts";
import { createLister } from "../tree/create_lister.ts";
import { isDead, type ProcessEntry } from "../tree/process_entry.ts";

/** How often an orphan is looked at until it is gone. */
const LOOK_PAUSE_MS = 5;
/** What has not ended by then hangs in the kernel; whoever drives it finds it alive. */
const MAX_LOOKS = 1000;

/** A process that a fork server has started. */
export class ForkedChild {
  readonly child: Child;
  readonly #runtime: Runtime;
  readonly #identity: ProcessEntry | undefined;
  readonly #exited = withResolvers<Exit>();

  /**
   * @param pid of the process, which leads a session
   * @param runtime the host
   */
  constructor(pid: number, runtime: Runtime) {
    this.#runtime = runtime;
    this.#identity = runtime.os === "linux" ? createLister(runtime).read(pid) : undefined;
    this.child = {
      pid,
      exited: this.#exited.promise,
      stdin: undefined,
      stdout: undefined,
      stderr: undefined,
      // Whoever has the server stops it; until then the server keeps the event loop.
      unref: () => {},
    };
  }

  /** Its parent has told how it ended. */
  settle(exit: Exit): void {
    this.#exited.resolve(exit);
  }

  /**
   * Its parent is gone, so nobody will ever know how it ends: it is made to end by KILL, and that is its exit.
   *
   * @returns when it has ended
   */
  async orphan(): Promise<void> {
    const { pid } = this.child;
    // The number may be another's by now.
    for (let look = 0; look < MAX_LOOKS && this.#isSame(); look++) {
      this.#runtime.kill(-pid, "SIGKILL");
      this.#runtime.kill(pid, "SIGKILL");
      await new Promise((resolve) => setTimeout(resolve, LOOK_PAUSE_MS));
    }
    this.settle({ kind: "signalled", signal: "SIGKILL" });
  }

  #isSame(): boolean {
    const { pid } = this.child;
    // Elsewhere a program would have to be asked for each.
    if (this.#runtime.os !== "linux") return this.#runtime.kill(pid, undefined) !== "gone";
    const entry = createLister(this.#runtime).read(pid);
    return entry !== undefined && !isDead(entry) && entry.startTime === this.#identity?.startTime;
  }
}
