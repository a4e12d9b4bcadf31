import type { SampleThread } from "../../sample_document.ts";
import { visibleText } from "../../visible_text.ts";
import { renderCallTree } from "./render_call_tree.ts";
import { stateWords } from "../state_words.ts";
import { wrapText } from "./wrap_text.ts";

/** From so many threads in the same place on, one line stands for all of them. */
const FOLD_FROM = 3;
/** What is left of a line beside its indents. */
const WIDTH = 94;
const NAMES_SHOWN = 3;
const FRAMES_SHOWN = 4;

/**
 * The threads of a process: each with its call and its call tree; three or more that are in the same place on one line.
 *
 * @param pid the process, whose main thread has the same number
 * @param threads its threads
 * @param blamedTid the thread to blame, which is shown in full
 * @returns lines without indent
 */
export function renderThreads(
  pid: number,
  threads: readonly SampleThread[],
  blamedTid: number | undefined,
): string[] {
  const groups = Map.groupBy(threads, (thread) => placeKey(thread));
  const lines: string[] = [];
  for (const group of groups.values()) {
    const shown = group.filter((thread) => thread.tid === pid || thread.tid === blamedTid);
    const rest = group.filter((thread) => !shown.includes(thread));
    for (const thread of shown) lines.push(...renderThread(pid, thread, thread.tid === blamedTid));
    if (rest.length >= FOLD_FROM) lines.push(renderGroup(rest));
    else for (const thread of rest) lines.push(...renderThread(pid, thread, false));
  }
  return lines;
}

function renderThread(pid: number, thread: SampleThread, isBlamed: boolean): string[] {
  const name = thread.name === "" ? "" : ` "${visibleText(thread.name)}"`;
  const title = thread.tid === pid ? "main thread" : `thread${name} (tid ${thread.tid})`;
  const lines = [`${title}: ${doing(thread)}${isBlamed ? "  ◀ to blame" : ""}`];
  for (const [language, stacks] of Map.groupBy(thread.stacks, (stack) => stack.language)) {
    lines.push(
      `  ${
        language === "native" ? "stack" : `${language} stack`
      } (callers first; the number says how many looks showed it):`,
    );
    lines.push(...renderCallTree(stacks).map((line) => `    ${line}`));
  }
  return lines;
}

function renderGroup(threads: readonly SampleThread[]): string {
  const first = threads[0]!;
  const names = [...new Set(threads.map((thread) => visibleText(thread.name)))];
  const more = names.length > NAMES_SHOWN ? ", …" : "";
  const frames = (first.stacks[0]?.frames ?? []).filter(({ function: name }) => !/\+0x[0-9a-f]+$/.test(name))
    .slice(0, FRAMES_SHOWN).map((frame) => visibleText(frame.function));
  const place = frames.length === 0 ? "" : `, at ${frames.join(" ← ")}`;
  const who = `${threads.length} threads (${names.slice(0, NAMES_SHOWN).join(", ")}${more})`;
  return wrapText(`${who}: ${doing(first)}${place}`, WIDTH).replaceAll("\n", "\n      ");
}

function doing(thread: SampleThread): string {
  const percent = thread.cpuPercent >= 1 ? `, ${Math.round(thread.cpuPercent)}% CPU` : "";
  const call = thread.syscall === undefined
    ? thread.wchan === "" ? "" : `, kernel function ${thread.wchan}`
    : `, in ${visibleText(thread.syscall)}`;
  return `${stateWords(thread.state)}${percent}${call}`;
}

/** Two threads are in the same place when call and functions are the same; addresses may differ. */
function placeKey(thread: SampleThread): string {
  const call = thread.syscall?.split("(")[0] ?? thread.wchan;
  const frames = (thread.stacks[0]?.frames ?? []).map((frame) => frame.function);
  return JSON.stringify([thread.state, call, thread.stacks.length, frames]);
}
