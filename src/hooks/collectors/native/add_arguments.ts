import type { Stack } from "../../../sample_document.ts";
import { cleanFunctionName } from "./clean_function_name.ts";
import type { ThreadStack } from "./thread_stack.ts";

/**
 * Adds the values of arguments to the frames of stacks, where one look of a debugger shows the same calls: from the
 * outermost frame on, as long as function and line are the same.
 *
 * @param stacks of one thread
 * @param seen the stack of that thread as the debugger printed it
 */
export function addArguments(stacks: readonly Stack[], seen: ThreadStack): Stack[] {
  return stacks.map((stack) => {
    const frames = [...stack.frames];
    let position = frames.length - 1;
    for (const { function: name, line, arguments: values } of seen.frames.toReversed()) {
      // What has no line begins the thread or belongs to a library; tools differ in which of these they name.
      if (name === undefined || line === undefined) continue;
      const function_ = cleanFunctionName(name);
      const isSame = (index: number): boolean =>
        frames[index]!.function === function_ && frames[index]!.line === line;
      while (position >= 0 && frames[position]!.line === undefined) position--;
      if (position < 0 || !isSame(position)) break;
      if (values !== undefined) frames[position] = { ...frames[position]!, arguments: values };
      position--;
    }
    return { ...stack, frames };
  });
}
