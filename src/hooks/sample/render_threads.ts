import type { SampleThread } from "../../sample_document.ts";
import { groupBy } from "../../std/group_by.ts";
import { visibleText } from "../../visible_text.ts";
import { stateWords } from "../state_words.ts";
import { type MergedStacks, mergeLanguages } from "./merge_languages.ts";
import { renderCallTree } from "./render_call_tree.ts";
import { wrapText } from "./wrap_text.ts";

/** From so many threads in the same place on, one line stands for all of them. */
const FOLD_FROM = 3;
/** What is left of a line beside its indents. */
const WIDTH = 94;
const NAMES_SHOWN = 3;
const FRAMES_SHOWN = 4;

/**
 * The threads of a process: each with its call and its call tree; three or more that are in the same place on one line,
 * and those of the runtime itself on one.
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
  const isMatter = (thread: SampleThread): boolean => thread.tid === pid || thread.tid === blamedTid;
  const internal = threads.filter((thread) => thread.isInternal === true && !isMatter(thread));
  const groups = groupBy(threads.filter((thread) => !internal.includes(thread)), placeKey);
  const lines: string[] = [];
  for (const group of groups.values()) {
    const rest = group.filter((thread) => !isMatter(thread));
    for (const thread of group.filter(isMatter)) {
      lines.push(...renderThread(pid, thread, thread.tid === blamedTid));
    }
    if (rest.length >= FOLD_FROM) lines.push(renderGroup(rest));
    else for (const thread of rest) lines.push(...renderThread(pid, thread, false));
  }
  if (internal.length > 0) lines.push(renderInternal(internal));
  return lines;
}

function renderThread(pid: number, thread: SampleThread, isBlamed: boolean): string[] {
  const name = thread.name === "" ? "" : ` "${visibleText(thread.name)}"`;
  const title = thread.tid === pid ? "main thread" : `thread${name} (tid ${thread.tid})`;
  const lines = [`${title}: ${doing(thread)}${isBlamed ? "  ◀ to blame" : ""}`];
  if (thread.told !== undefined) lines.push(wrapText(visibleText(thread.told), WIDTH, "  "));
  for (const merged of mergeLanguages(thread.stacks)) {
    lines.push(`  ${stackTitle(merged)} (callers first; the number says how many looks showed it):`);
    lines.push(...renderCallTree(merged.stacks).map((line) => `    ${line}`));
  }
  return lines;
}

function stackTitle({ language }: MergedStacks): string {
  return language === "native" ? "stack" : `${language} stack`;
}

function renderGroup(threads: readonly SampleThread[]): string {
  const first = threads[0]!;
  const frames = (mergeLanguages(first.stacks)[0]?.stacks[0]?.frames ?? [])
    .filter(({ function: name }) => !/\+0x[0-9a-f]+$/.test(name))
    .slice(0, FRAMES_SHOWN).map((frame) => visibleText(frame.function));
  const place = frames.length === 0 ? "" : `, at ${frames.join(" ← ")}`;
  const told = first.told === undefined ? "" : `; ${visibleText(first.told)}`;
  const text = `${threads.length} threads (${namesOf(threads)}): ${doing(first)}${place}${told}`;
  return wrapText(text, WIDTH).replaceAll("\n", "\n      ");
}

/** Threads of the runtime; what they do matters only when they are busy. */
function renderInternal(threads: readonly SampleThread[]): string {
  const busy = threads.filter((thread) => thread.cpuPercent >= 1).toSorted((a, b) =>
    b.cpuPercent - a.cpuPercent
  );
  const used = busy.slice(0, NAMES_SHOWN).map((thread) =>
    `${visibleText(thread.name)} ${Math.round(thread.cpuPercent)}% CPU`
  );
  const text = `${threads.length} ${threads.length === 1 ? "thread" : "threads"} of the runtime itself (${
    namesOf(threads)
  })${used.length === 0 ? "" : `: ${used.join(", ")}`}`;
  return wrapText(text, WIDTH).replaceAll("\n", "\n      ");
}

function namesOf(threads: readonly SampleThread[]): string {
  const names = [...new Set(threads.map((thread) => visibleText(thread.name)))];
  return `${names.slice(0, NAMES_SHOWN).join(", ")}${names.length > NAMES_SHOWN ? ", …" : ""}`;
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
  const frames = (mergeLanguages(thread.stacks)[0]?.stacks[0]?.frames ?? []).map((frame) => frame.function);
  // Threads that hold or wait for something of their own are told apart by it.
  const told = thread.told?.includes("holds") ? thread.told : thread.told?.replaceAll(/0x[0-9a-f]+/gi, "#");
  return JSON.stringify([thread.state, call, thread.stacks.length > 0, frames, told]);
}
