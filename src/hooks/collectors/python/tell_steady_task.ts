import type { TaskReader } from "./find_awaited.ts";
import type { FrameNamer } from "./name_frame.ts";
import { type RawTask, readTask } from "./read_task.ts";
import { tellTask, type ToldTask } from "./tell_task.ts";

const MAX_ATTEMPTS = 3;

/**
 * Says of a task where it is, and looks again whether it still is there: names are read after addresses, and memory is
 * used again for other things.
 *
 * @param reader what to read with
 * @param task as it was read
 * @param name tells names of frames
 * @returns "done" when it ended meanwhile; undefined when it moves too fast
 */
export function tellSteadyTask(
  reader: TaskReader,
  task: RawTask,
  name: FrameNamer,
): ToldTask | "done" | undefined {
  let current = task;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const told = tellTask(reader, current, name);
    const now = readAgain(reader, current);
    if (now === "done") return "done";
    if (told !== undefined && now !== undefined && isSamePlace(current, now)) return told;
    current = now ?? current;
  }
  return undefined;
}

/**
 * Whether a task is where it was.
 *
 * @param reader what to read with
 * @param task as it was read
 */
export function isStillThere(reader: TaskReader, task: RawTask): boolean {
  const now = readAgain(reader, task);
  return now !== undefined && now !== "done" && isSamePlace(task, now);
}

function readAgain(
  { image, objects, layout, asyncObjects }: TaskReader,
  { address, isMain, isCurrent }: RawTask,
): RawTask | "done" | undefined {
  if (asyncObjects.kindOf(address) !== "task") return "done";
  return readTask(image, objects, address, { layout: layout.coroutine, asyncObjects, isMain, isCurrent });
}

/** The instruction of a function that runs changes all the time. */
function isSamePlace(before: RawTask, after: RawTask): boolean {
  return before.state === after.state && before.waiter === after.waiter &&
    before.links.length === after.links.length &&
    before.links.every(({ coroutine, raw, state }, index) => {
      const other = after.links[index]!;
      return coroutine === other.coroutine && raw.code === other.raw.code &&
        (state === "running" || raw.offset === other.raw.offset);
    });
}
