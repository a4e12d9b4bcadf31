import { createJavaScriptStackSource } from "../../src/hooks/collectors/javascript/javascript_stack_source.ts";
import type { LanguageFacts } from "../../src/hooks/language_facts.ts";
import { host } from "../../src/runtime/host.ts";
import type { CollectorRecord, Stack } from "../../src/sample_document.ts";

const NEVER = new AbortController().signal;

/** What the JavaScript collector found of one process. */
export interface JavaScriptFound {
  /** Of its main thread. */
  readonly stacks: readonly Stack[];
  /** Of all threads. */
  readonly allStacks: ReadonlyMap<number, readonly Stack[]>;
  readonly facts: LanguageFacts | undefined;
  readonly record: CollectorRecord | undefined;
}

/**
 * Looks at processes as a sample does.
 *
 * @param pids which
 * @param signal aborted when time is up
 * @returns what was found, in the same order
 */
export async function lookAtJavaScript(pids: readonly number[], signal = NEVER): Promise<JavaScriptFound[]> {
  const source = createJavaScriptStackSource(host);
  const targets = pids.map((pid) => ({ pid, command: [], threadCount: 1, busy: false }));
  await source.takeSnapshot(targets, signal);
  await source.finish(targets, signal);
  return pids.map((pid) => ({
    stacks: source.stacks().get(pid) ?? [],
    allStacks: source.stacks(),
    facts: source.languages?.().get(pid),
    record: source.records().find((record) => record.pid === pid),
  }));
}
