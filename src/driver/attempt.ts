import type { Leak } from "../outcome.ts";
import type { Child, Runtime } from "../runtime/port.ts";
import { createLister } from "../tree/create_lister.ts";
import type { ProcessEntry, ProcessIdentity } from "../tree/process_entry.ts";
import type { Clock } from "./active_clock.ts";
import { afterMoment } from "./after_moment.ts";
import { type Activity, CounterActivity, ForwardedActivity, LogActivity } from "./activity.ts";
import { AttemptTree } from "./attempt_tree.ts";
import type { AttemptView } from "./attempt_view.ts";
import type { DriverOptions, OutputTarget } from "./driver_options.ts";
import { Guard } from "./guard.ts";
import { describeLeaks } from "./leaks.ts";
import { OutputPump } from "./output_pump.ts";
import { startConnected } from "./redirect.ts";
import { decodeTail } from "./tail_buffer.ts";
import type { DriverShare } from "./tree_sweeper.ts";

/** Of open(2) on Linux. */
const O_CLOEXEC = 0o2000000;
const DEFAULT_TAIL_BYTES = 16_384;
const DEFAULT_DRAIN_TIMEOUT_MS = 200;
const LONGEST_EMPTYING_PAUSE_MS = 8;

/** One started process with all that is attached to it: its tree, its output, its place with the guard. */
export class Attempt implements AttemptView {
  readonly child: Child;
  readonly tree: AttemptTree;
  readonly activity: Activity;
  readonly #runtime: Runtime;
  readonly #output: OutputTarget;
  readonly #tailBytes: number;
  readonly #drainTimeoutMs: number;
  readonly #pump: OutputPump | undefined;
  readonly #share: DriverShare | undefined;
  readonly #cookie: string;
  readonly #startMs = performance.now();
  #release: () => Promise<void> | void;
  #released: Promise<void> | void = undefined;

  /**
   * Starts the process.
   *
   * @param runtime the host
   * @param options what to start
   * @param cookie its `PREKILL_ID`
   * @param clock the attempt's time
   * @param started the process, when it has been started already
   * @throws {SpawnError} when it cannot be started
   * @throws {HostError} when the log cannot be created
   */
  constructor(runtime: Runtime, options: DriverOptions, cookie: string, clock: Clock, started?: Child) {
    this.#runtime = runtime;
    this.#output = options.output ?? { kind: "inherit" };
    this.#share = options.share;
    this.#cookie = cookie;
    this.#tailBytes = options.tailBytes ?? DEFAULT_TAIL_BYTES;
    this.#drainTimeoutMs = options.drainTimeoutMs ?? DEFAULT_DRAIN_TIMEOUT_MS;
    const ownsSession = options.newSession ?? true;
    this.child = started ?? startConnected(runtime, options, cookie);
    const { pid } = this.child;
    this.tree = new AttemptTree(runtime, createLister(runtime), pid, { ownsSession, cookie });
    const forwarded = new ForwardedActivity(clock);
    if (this.#output.kind === "forward") {
      this.#pump = new OutputPump(runtime, this.child, this.#tailBytes, () => forwarded.touch());
      this.activity = forwarded;
    } else if (this.#output.kind === "log" && !isOutputTimed(options)) {
      // Nobody will ask, and a look at the log costs as much as all else here.
      this.activity = forwarded;
    } else if (this.#output.kind === "log") {
      this.activity = new LogActivity(runtime, clock, this.#output.path);
    } else {
      this.activity = new CounterActivity(runtime, clock, () => [{ pid, startTime: 0 }, ...this.tree.seen()]);
    }
    const softSignal = options.softSignal ?? "SIGTERM";
    this.#release = afterMoment(() => {
      this.tree.startLooking(options.share?.looks);
      const unprotect = Guard.protect(runtime, {
        target: ownsSession ? -pid : pid,
        cookie,
        signal: softSignal,
      });
      this.#release = () => {
        this.tree.stopLooking();
        return unprotect();
      };
    });
  }

  get pid(): number {
    return this.child.pid;
  }

  get ownsSession(): boolean {
    return this.tree.ownsSession;
  }

  seen(): readonly ProcessIdentity[] {
    return this.tree.seen();
  }

  outputPipes(): string[] {
    if (this.#output.kind === "log") return [];
    const { files } = this.#runtime;
    const isOutput = (fd: number): boolean => {
      if (this.#output.kind === "inherit") return fd === 1 || fd === 2;
      if (this.#output.kind !== "forward" || fd <= 2) return false;
      // Our own reading ends are closed on exec; a pipe that we inherited ourselves (make's jobserver) is not.
      const flags = parseInt(
        /^flags:\s*(\d+)$/m.exec(files.readText(`/proc/self/fdinfo/${fd}`) ?? "")?.[1] ?? "0",
        8,
      );
      return (flags & O_CLOEXEC) !== 0;
    };
    const fds = (files.list("/proc/self/fd") ?? []).map(Number).filter(isOutput);
    const links = fds.map((fd) => files.readLink(`/proc/self/fd/${fd}`) ?? "");
    return [...new Set(links.filter((link) => /^(pipe|socket):/.test(link)))];
  }

  /** Resolves when the process has closed all its output, for output that goes through the driver. */
  get outputEnded(): Promise<void> | undefined {
    return this.#pump?.ended;
  }

  /** Bytes of output so far; 0 where the driver cannot see it. */
  outputBytes(): number {
    if (this.#pump !== undefined) return this.#pump.totalBytes;
    return this.#output.kind === "log" ? this.#runtime.files.stat(this.#output.path)?.sizeBytes ?? 0 : 0;
  }

  /**
   * The end of the output; empty where the driver cannot see it.
   *
   * @param maxBytes how much, when it is to be more than usual; what goes through the driver is kept from now on
   */
  outputTail(maxBytes?: number): string {
    if (this.#pump !== undefined) return this.#pump.tail(maxBytes);
    const path = this.#output.kind === "log" ? this.#output.path : "/proc/self/fd/1";
    const stat = this.#runtime.files.stat(path);
    // Only a file keeps its end; reading a terminal or a pipe would take input from somebody.
    if (stat?.kind !== "file" || (this.#output.kind === "log" && stat.sizeBytes === 0)) return "";
    const bytes = this.#runtime.files.readTail(path, maxBytes ?? this.#tailBytes);
    return bytes === undefined ? "" : decodeTail(bytes);
  }

  /**
   * After the exit: waits until the tree is empty and the output read, at most the drain timeout.
   *
   * @param onQuiet called when the process and its group are gone at once: all that may still come is a look, shared with
   * other attempts, for what left the group
   * @returns the processes that are still there
   */
  async drain(onQuiet: () => void): Promise<ProcessEntry[]> {
    const ageMs = performance.now() - this.#startMs;
    if (this.#share !== undefined && this.#pump === undefined && await this.#becomesEmpty()) {
      this.#released = this.#release();
      this.#release = () => this.#released;
      onQuiet();
      if (!await this.#share.sweeper.mayHaveLeft(this.pid, this.#cookie, ageMs)) return [];
    }
    const endMs = performance.now() + this.#drainTimeoutMs;
    let pauseMs = 1;
    for (;;) {
      const members = await this.tree.liveDescendants();
      if (members.length === 0 && (this.#pump?.closed ?? true)) return [];
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) return members;
      const pause = new Promise<void>((resolve) => setTimeout(resolve, Math.min(pauseMs, leftMs)));
      await (members.length === 0 && this.#pump !== undefined
        ? Promise.race([this.#pump.ended, pause])
        : pause);
      pauseMs *= 2;
    }
  }

  /** Whether the group is empty, or is within a moment: members that are being ended need one, and a listing takes as long. */
  async #becomesEmpty(): Promise<boolean> {
    for (let pauseMs = 1; !this.tree.hasEmptyGroup; pauseMs *= 2) {
      if (pauseMs > LONGEST_EMPTYING_PAUSE_MS) return false;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    return true;
  }

  /** Describes members of the tree as leaks. */
  describeLeaks(members: readonly ProcessEntry[]): Leak[] {
    return describeLeaks(this.#runtime, this.tree, members, this.outputPipes());
  }

  /** Lets go of everything: output, looks, guard. The processes are the caller's. */
  async close(): Promise<void> {
    await this.#pump?.finish();
    await this.#release();
  }

  /** Waits no longer for a reader that does not take the output. */
  abandonOutput(): void {
    this.#pump?.abandon();
  }
}

/** Whether a limit depends on when the process prints. */
function isOutputTimed({ idleTimeoutMs = 0, startupTimeoutMs = 0 }: DriverOptions): boolean {
  return idleTimeoutMs > 0 || startupTimeoutMs > 0;
}
