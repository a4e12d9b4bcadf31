import { visibleText } from "../../visible_text.ts";
import type { ProcessFacts } from "../facts.ts";
import type { TaskFacts } from "../language_facts.ts";
import { frameText, ownScriptFrames } from "./source_place.ts";

const FRAMES_SHOWN = 3;
const TASKS_SHOWN = 4;
const TEXT_LENGTH = 160;
const NOUNS: Readonly<Record<TaskFacts["kind"], string>> = {
  task: "task",
  goroutine: "goroutine",
  "virtual-thread": "virtual thread",
  worker: "worker",
};

/**
 * A task as people call it: `task Task-3`, `main goroutine`, `12 goroutines such as main.fetch`.
 *
 * @param task the task
 */
export function taskLabel({ kind, name, id, count }: TaskFacts): string {
  const noun = NOUNS[kind];
  const called = clip(visibleText(name));
  if (count > 1) return `${count} ${noun}s such as ${called}`;
  if (kind !== "goroutine") return `${noun} ${called}`;
  return name === "main" ? "main goroutine" : `goroutine ${clip(visibleText(id))} (${called})`;
}

/**
 * What a task waits for, as the rest of a sentence: `waits for an asyncio.Event`.
 *
 * @param task the task
 */
export function taskWords({ state, waitsFor }: TaskFacts): string {
  if (waitsFor !== undefined) return `waits for ${clip(visibleText(waitsFor))}`;
  return `is ${clip(visibleText(state === "" ? "suspended" : state))}`;
}

/**
 * What one task does and where, as a sentence.
 *
 * @param task the task
 */
export function taskSentence(task: TaskFacts): string {
  const frames = ownScriptFrames(task.frames).slice(0, FRAMES_SHOWN).map(frameText);
  const place = frames.length === 0 ? "" : `, at ${frames.join(", called by ")}`;
  return `Its ${taskLabel(task)} ${task.count > 1 ? "are alike: each " : ""}${taskWords(task)}${place}`;
}

/**
 * What the tasks of a process do, the one to blame first, then the others in their order.
 *
 * @param process whose tasks
 * @param blamed the one to blame
 * @returns sentences
 */
export function taskEvidence(process: ProcessFacts, blamed: TaskFacts | undefined): string[] {
  const tasks = (process.tasks ?? []).filter((task) => task !== blamed);
  const shown = tasks.slice(0, TASKS_SHOWN);
  const rest = tasks.length - shown.length;
  const sentences = [...(blamed === undefined ? [] : [blamed]), ...shown].map(taskSentence);
  return rest > 0 ? [...sentences, `It has ${rest} more; the sample lists them below`] : sentences;
}

function clip(text: string): string {
  return text.length <= TEXT_LENGTH ? text : `${text.slice(0, TEXT_LENGTH - 1)}…`;
}
