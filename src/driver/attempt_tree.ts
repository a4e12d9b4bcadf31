import type { Runtime } from "../runtime/port.ts";
import { findTree, type TreeQuery } from "../tree/find_tree.ts";
import { isDead, type ProcessEntry, type ProcessIdentity } from "../tree/process_entry.ts";
import type { ProcessLister } from "../tree/process_lister.ts";
import type { LookedAtTree, TreeLooks } from "./tree_looks.ts";
import { type KillFacts, type KillStep, planUnixKill, planWindowsKill } from "./kill_plan.ts";

/** The longest pause between two looks at the tree for processes that may escape it. */
const LONGEST_LOOK_PAUSE_MS = 2000;
/** Looks may cost one part in so many of the time. */
const LOOK_COST_SHARE = 100;
/** KILL is sent again so often at the most: a tree that forks in several groups may need more than one round. */
const KILL_ROUNDS = 40;
/** So many listings tell a group of zombies, which stay, from one that forks faster than it is listed. */
const GROUP_LOOKS = 5;

/** The process tree of one attempt: who belongs to it, signals to it, and its end. Holds nothing open. */
export class AttemptTree {
  readonly #runtime: Runtime;
  readonly #lister: ProcessLister;
  readonly #rootPid: number;
  #startTime: number | undefined;
  readonly #ownsSession: boolean;
  readonly #cookie: string;
  #seen: readonly ProcessIdentity[] = [];
  #lookPauseMs = 100;
  #looking = false;
  #lookTimer: ReturnType<typeof setTimeout> | undefined;
  #leaveLooks = (): void => {};

  /**
   * @param runtime the host
   * @param lister lists processes of this system
   * @param rootPid the process just started
   * @param options whether it leads its own session, and its cookie
   */
  constructor(
    runtime: Runtime,
    lister: ProcessLister,
    rootPid: number,
    options: { ownsSession: boolean; cookie: string },
  ) {
    this.#runtime = runtime;
    this.#lister = lister;
    this.#ownsSession = options.ownsSession;
    this.#cookie = options.cookie;
    this.#rootPid = rootPid;
  }

  /**
   * The process that was started. Asked for when it is first needed: one that has ended by then has no start time any
   * more, and what it left has a higher pid and is found by session and cookie.
   */
  get #root(): ProcessIdentity {
    if (this.#startTime === undefined) {
      const entry = this.#lister.read(this.#rootPid);
      // A listing that a program takes may be older than the root, or so much younger that its pid is another's.
      if (this.#lister.refresh === undefined) this.#startTime = entry?.startTime ?? 0;
      else if (entry?.ppid === this.#runtime.pid) this.#startTime = entry.startTime;
    }
    return { pid: this.#rootPid, startTime: this.#startTime ?? 0 };
  }

  /** Whether the root leads a session of its own. */
  get ownsSession(): boolean {
    return this.#ownsSession;
  }

  /** Descendants that were alive at the last look. */
  seen(): readonly ProcessIdentity[] {
    return this.#seen;
  }

  /**
   * Looks at the tree now and then, so that a descendant that changes session and clears its environment is known.
   *
   * @param looks looks at many trees at once; the tree is looked at by itself when undefined
   */
  startLooking(looks?: TreeLooks): void {
    const { startTime } = this.#root;
    if (looks !== undefined) {
      const see: LookedAtTree["see"] = (entries, lister) => void this.#live(entries, this.#cookie, lister);
      const session = this.#ownsSession ? this.#rootPid : undefined;
      this.#leaveLooks = looks.add({ startTime, session, see });
      return;
    }
    this.#looking = true;
    this.#lookTimer = setTimeout(async () => {
      const startMs = performance.now();
      await this.#lister.refresh?.();
      this.#live(this.#lister.listStartedAfter(this.#rootPid), this.#cookie);
      const costMs = performance.now() - startMs;
      this.#lookPauseMs = Math.max(
        Math.min(this.#lookPauseMs * 2, LONGEST_LOOK_PAUSE_MS),
        costMs * LOOK_COST_SHARE,
      );
      if (this.#looking) this.startLooking();
    }, this.#lookPauseMs);
  }

  /** Ends the looking; call it when the attempt is over. */
  stopLooking(): void {
    this.#looking = false;
    clearTimeout(this.#lookTimer);
    this.#leaveLooks();
  }

  /**
   * The live members apart from the root, parents first. Cheap when few processes were started since the root was.
   */
  async liveDescendants(): Promise<ProcessEntry[]> {
    await this.#lister.refresh?.();
    const entries = this.#lister.listStartedAfter(this.#rootPid);
    const members = entries.length === 0 ? [] : this.#live(entries, this.#cookie);
    return members.length === 0 && this.#outrunsListing() ? [this.#forkingGroup()] : members;
  }

  /** Whether the root, which has been reaped, led a group that is empty now, and nobody who was seen is elsewhere. */
  get hasEmptyGroup(): boolean {
    if (!this.#ownsSession || this.#runtime.os !== "linux") return false;
    if (this.#runtime.kill(-this.#rootPid, undefined) !== "gone") return false;
    return this.#seen.map(({ pid, startTime }) => ({ startTime, entry: this.#lister.read(pid) }))
      .every(({ startTime, entry }) => entry?.startTime !== startTime || isDead(entry));
  }

  /** Full command line of a member. */
  command(entry: ProcessEntry): string[] {
    const command = this.#lister.command(entry.pid);
    return command.length > 0 ? command : [entry.name];
  }

  /** Milliseconds since a member was started. */
  ageMs(entry: ProcessEntry): number {
    return this.#lister.ageMs(entry);
  }

  /**
   * Sends a signal to the root's process group; without a group of its own, to each live member; with `processOnly` to
   * the root alone. Call it only while the root has not been reaped: its pid is then certain.
   */
  signal(signal: string, processOnly: boolean): void {
    if (processOnly) this.#runtime.kill(this.#rootPid, signal);
    else if (this.#runtime.os === "windows") {
      this.#carryOut(planWindowsKill(this.#factsWithRoot(), signal === "SIGKILL"));
    } else if (this.#ownsSession) this.#runtime.kill(-this.#rootPid, signal);
    else for (const member of this.#factsWithRoot().members) this.#runtime.kill(member.pid, signal);
  }

  /** Whom `signal` would reach, one by one; the same holds as for that. */
  targets(processOnly: boolean): ProcessEntry[] {
    const isReached = ({ pid, pgid }: ProcessEntry): boolean =>
      pid === this.#rootPid || (!processOnly && (!this.#ownsSession || pgid === this.#rootPid));
    // Its group can be told without the environments of all processes.
    const cookie = this.#ownsSession || processOnly ? "" : this.#cookie;
    return this.#factsWithRoot(cookie).members.filter(isReached);
  }

  /**
   * Sends KILL to everything that belongs to the tree and looks again until nothing is left.
   *
   * @returns those that even KILL did not end, such as processes in uninterruptible sleep
   */
  async killAll(): Promise<ProcessEntry[]> {
    for (let round = 0; round < KILL_ROUNDS; round++) {
      await this.#lister.refresh?.();
      const facts = this.#killFacts();
      if (facts.members.length === 0) {
        if (!this.#outrunsListing()) return [];
        this.#runtime.kill(-this.#rootPid, "SIGKILL");
      }
      const isWindows = this.#runtime.os === "windows";
      this.#carryOut(isWindows ? planWindowsKill(facts, true) : planUnixKill(facts, "SIGKILL"));
      // The kernel needs a moment to take processes down; the pause grows to 100 ms.
      await new Promise((resolve) => setTimeout(resolve, Math.min(100, 1 + round * 5)));
    }
    return this.#killFacts().members;
  }

  /**
   * Whether the root, itself gone, has left a process group that changes from look to look although nobody is seen alive:
   * each member has forked the next and ended. The kernel keeps the number of a group as long as it has members, zombies among them.
   */
  #outrunsListing(): boolean {
    if (!this.#ownsSession || this.#runtime.os === "windows") return false;
    let before: ReadonlySet<number> | undefined;
    for (let look = 0; look < GROUP_LOOKS; look++) {
      if (this.#runtime.kill(-this.#rootPid, undefined) !== "sent") return false;
      const group = this.#lister.listAll().filter(({ pgid }) => pgid === this.#rootPid);
      const isChanging = group.length === 0 || group.some(({ pid }) => before?.has(pid) === false);
      if (isChanging) return this.#runtime.kill(-this.#rootPid, undefined) === "sent";
      before = new Set(group.map(({ pid }) => pid));
    }
    return false;
  }

  /** Stands for the members of the root's group, whom no listing shows. */
  #forkingGroup(): ProcessEntry {
    const { pid, startTime } = this.#root;
    const isBlind = this.#lister.read(this.#runtime.pid) === undefined;
    const why = isBlind ? "whose processes cannot be seen here" : "which forks faster than it can be listed";
    return { pid, startTime, ppid: 0, pgid: pid, sid: pid, state: "?", name: `process group ${pid}, ${why}` };
  }

  /** While the root has not been reaped it is there, although the latest listing may not know it. */
  #factsWithRoot(cookie = this.#cookie): KillFacts {
    const facts = this.#killFacts(cookie);
    if (facts.members.some((member) => member.pid === this.#rootPid)) return facts;
    const ids = { pid: this.#rootPid, ppid: this.#runtime.pid, pgid: this.#rootPid, sid: 0 };
    return { ...facts, members: [{ ...ids, state: "?", startTime: 0, name: "" }, ...facts.members] };
  }

  #killFacts(cookie = this.#cookie): KillFacts & { members: ProcessEntry[] } {
    const all = this.#lister.listAll();
    const ownGroup = all.find((entry) => entry.pid === this.#runtime.pid)?.pgid ?? 0;
    return { members: this.#live(all, cookie), all: all.filter((entry) => !isDead(entry)), ownGroup };
  }

  #carryOut(steps: readonly KillStep[]): void {
    for (const step of steps) {
      if (step.kind === "signal") this.#runtime.kill(step.target, step.signal);
      else {
        this.#runtime.spawn({
          program: step.program,
          args: step.args,
          newSession: false,
          stdin: "null",
          stdout: "null",
          stderr: "null",
        });
      }
    }
  }

  #live(
    entries: readonly ProcessEntry[],
    cookie: string,
    lister: Pick<ProcessLister, "hasCookie"> = this.#lister,
  ): ProcessEntry[] {
    const query: TreeQuery = { root: this.#root, ownsSession: this.#ownsSession, cookie, seen: this.#seen };
    const members = findTree(lister, entries, query, this.#runtime.pid).filter((entry) => !isDead(entry));
    // What has ended is forgotten: a tree may start any number of processes in its time.
    this.#seen = members.filter(({ pid }) => pid !== this.#rootPid)
      .map(({ pid, startTime }) => ({ pid, startTime }));
    return members;
  }
}
