import type { CollectorRecord, Stack } from "../../sample_document.ts";
import type { LanguageFacts } from "../language_facts.ts";

/** A process whose stacks are wanted. */
export interface StackTarget {
  readonly pid: number;
  readonly command: readonly string[];
  readonly threadCount: number;
  /** Whether it used CPU time since the previous snapshot. */
  readonly busy: boolean;
}

/** Gathers stacks of one kind over several snapshots of a tree. */
export interface StackSource {
  /**
   * Takes one snapshot of all processes, concurrently. Resolves when every process runs on undisturbed; never rejects.
   *
   * @param targets the live processes of the tree
   * @param signal aborted when time is up
   */
  takeSnapshot(targets: readonly StackTarget[], signal: AbortSignal): Promise<void>;
  /** Whatever takes long and is worth one pass only (`gdb`, `perf`), after the last snapshot. Never rejects. */
  finish(targets: readonly StackTarget[], signal: AbortSignal): Promise<void>;
  /** The stacks seen so far by thread id, equal ones folded with their counts. */
  stacks(): ReadonlyMap<number, readonly Stack[]>;
  /** What the runtimes of languages told, by pid. */
  languages?(): ReadonlyMap<number, LanguageFacts>;
  /** Bytes that processes wrote to answer this source, by pid, as far as the kernel's counts of them have them. */
  answeredBytes?(): ReadonlyMap<number, number>;
  /** What each collector did. */
  records(): readonly CollectorRecord[];
}
