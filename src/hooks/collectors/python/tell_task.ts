import type { Frame } from "../../../sample_document.ts";
import type { TaskFacts } from "../../language_facts.ts";
import { type AwaitPlace, describeAwait, findLibraryWait, isLibraryFrame } from "./describe_await.ts";
import { findAwaited, type TaskReader } from "./find_awaited.ts";
import type { FrameNamer } from "./name_frame.ts";
import type { RawTask } from "./read_task.ts";
import { readText } from "./read_text.ts";
import { taskId, taskName } from "./task_name.ts";
import type { AwaitLink } from "./walk_awaits.ts";
import type { RawFrame } from "./walk_frames.ts";

const PRIVATE = /^(?!self\.).*\._/;
const LOCK = /^Lock\.acquire$/;

/** A task as it is told, and the lock that it waits for. */
export interface ToldTask {
  readonly facts: TaskFacts;
  /** Address of the `asyncio.Lock`. */
  readonly lock?: number;
}

/**
 * Says of a task where it is suspended and what it waits for.
 *
 * @param reader what to read with
 * @param task as it was read
 * @param name tells names of frames
 * @returns undefined when it is torn
 */
export function tellTask(reader: TaskReader, task: RawTask, name: FrameNamer): ToldTask | undefined {
  const { image, objects, asyncObjects } = reader;
  const links = task.links.toReversed();
  const frames: Frame[] = [];
  for (const link of links) {
    const frame = nameLink(reader, link, name);
    if (frame === undefined) return undefined;
    frames.push(frame);
  }
  const head: TaskFacts = {
    kind: "task",
    language: "python",
    id: taskId(task.address),
    name: taskName(image, objects, { address: task.address, structure: asyncObjects.structure()! }),
    state: task.state,
    count: 1,
    frames,
  };
  if (task.waiter === undefined) return { facts: head };
  const innermost = links.length === 0 ? undefined : { link: links[0]!, frame: frames[0]! };
  const { future, tasks } = findAwaited(reader, { task: task.address, waiter: task.waiter }, innermost);
  const { lock, ...details } = findDetails(reader, links, frames);
  const waitsFor = describeAwait({ frames, future, ...details });
  const onIds = tasks.length === 0 ? undefined : tasks.map(taskId);
  return { facts: { ...head, waitsFor, onIds }, lock };
}

/** Up to 3.10 code does not know its qualified name, but its coroutine does. */
function nameLink({ image, layout }: TaskReader, link: AwaitLink, name: FrameNamer): Frame | undefined {
  const frame = name(link.raw);
  if (frame === undefined || frame === "hidden") return undefined;
  const { place } = layout.coroutine;
  if (place.kind === "inline") return frame;
  const qualified = readText(image, image.memory.word(link.coroutine + place.qualifiedName) ?? 0);
  // A decorator may have given the coroutine the name of another function.
  const isSame = qualified !== undefined && `.${qualified}`.endsWith(`.${frame.function}`);
  return isSame ? { ...frame, function: qualified } : frame;
}

/** What the variables of the function of asyncio tell in which the task is suspended. */
function findDetails(
  reader: TaskReader,
  links: readonly AwaitLink[],
  frames: readonly Frame[],
): Pick<AwaitPlace, "objectName" | "delaySeconds" | "childPid"> & Pick<ToldTask, "lock"> {
  const { objects, values } = reader;
  const index = findLibraryWait(frames);
  if (index === undefined || values === undefined) return {};
  const variables = new Map(values.locals(links[index]!.raw).map(({ name, value }) => [name, value]));
  const delay = variables.get("delay");
  const self = variables.get("self");
  const childPid = self === undefined ? undefined : objects.attribute(self, "pid");
  const callers = links.filter((_, at) => at > index && !isLibraryFrame(frames[at]!)).map(({ raw }) => raw);
  return {
    delaySeconds: delay === undefined ? undefined : objects.number(delay),
    childPid: childPid === undefined ? undefined : objects.integer(childPid),
    lock: LOCK.test(frames[index]!.function) ? self : undefined,
    objectName: self === undefined ? undefined : callName(reader, self, callers),
  };
}

/** How the callers call an object; a variable of theirs says more than a private attribute of something else. */
function callName(
  { values, nameObject }: TaskReader,
  object: number,
  callers: readonly RawFrame[],
): string | undefined {
  const name = nameObject?.(new Set([object]), callers)?.text;
  if (name === undefined || !PRIVATE.test(name)) return name;
  return callers.flatMap((caller) => values?.locals(caller) ?? []).find(({ value }) => value === object)
    ?.name;
}
