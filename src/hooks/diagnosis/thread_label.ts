import { visibleText } from "../../visible_text.ts";
import type { ProcessFacts } from "../facts.ts";

/**
 * A thread as people call it: `the main thread`, `thread "collector" (tid 14)`, or `thread 14` when its name is that of
 * the process.
 *
 * @param process whose thread
 * @param tid the thread
 */
export function threadLabel(process: ProcessFacts, tid: number): string {
  const thread = process.threads.find((candidate) => candidate.tid === tid);
  // The kernel cuts names; what the program calls it is whole.
  const name = thread?.language?.name || thread?.name || "";
  if (tid === process.pid) return "the main thread";
  return name === "" || name === process.name
    ? `thread ${tid}`
    : `thread "${visibleText(name)}" (tid ${tid})`;
}
