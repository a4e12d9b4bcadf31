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
  const name = process.threads.find((thread) => thread.tid === tid)?.name ?? "";
  if (tid === process.pid) return "the main thread";
  return name === "" || name === process.name
    ? `thread ${tid}`
    : `thread "${visibleText(name)}" (tid ${tid})`;
}
