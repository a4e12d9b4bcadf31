import type { Frame } from "../../sample_document.ts";
import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import { placedFrames } from "./source_place.ts";

/** How the stack of a thread changed between the looks. */
export interface StackMotion {
  /** How often it was seen. */
  readonly looks: number;
  /**
   * - `still`: the innermost own function was the same in each look;
   * - `inside`: the functions that it calls changed, and one that it did not leave is known;
   * - `everywhere`: the looks have no own function in common but where every program begins.
   */
  readonly kind: "still" | "inside" | "everywhere";
  /** The innermost own function that was on the stack in each look, as the latest of the most frequent stacks shows it. */
  readonly within?: Frame | undefined;
}

/** Of fewer looks nothing can be said. */
const MIN_LOOKS = 3;
const MAX_FRAMES = 256;
/** Some tools lose the outer frames of a stack now and then; what the others have in common counts. */
const ENOUGH = 0.8;
/** Where programs and their threads begin: not to have left it says nothing. */
const BEGINNING = /^(main|<module>|<anonymous>|\(anonymous\)|\w+_main|main\.main|[\w.$]+\.main|\w+::main)$/;

/**
 * Compares the stacks of a thread: the innermost function that is on all of them is where a loop is that does not end.
 *
 * @param process whose thread
 * @param thread the thread
 * @returns undefined where it was seen too seldom or no frame of it says anything about the program
 */
export function stackMotion(process: ProcessFacts, thread: ThreadFacts): StackMotion | undefined {
  const languages = thread.stacks.filter((stack) => stack.language !== "native");
  const seen = (languages.length > 0 ? languages : thread.stacks).map((stack) => ({
    count: stack.count,
    // Outermost first.
    frames: placedFrames(process, { ...thread, stacks: [stack] }, MAX_FRAMES).toReversed(),
  })).filter(({ frames }) => frames.length > 0).toSorted((a, b) => b.count - a.count);
  const first = seen[0];
  if (first === undefined) return undefined;
  const whole = seen.filter(({ frames }) => sameFunction(frames[0], first.frames[0]));
  const looks = countLooks(whole);
  if (looks < MIN_LOOKS || looks < countLooks(seen) * ENOUGH) return undefined;
  let depth = 0;
  while (
    whole.every(({ frames }) =>
      frames[depth] !== undefined && sameFunction(frames[depth], first.frames[depth])
    )
  ) {
    depth++;
  }
  const within = first.frames[depth - 1];
  if (whole.every(({ frames }) => frames.length === depth)) return { looks, kind: "still", within };
  return within === undefined || BEGINNING.test(within.function)
    ? { looks, kind: "everywhere" }
    : { looks, kind: "inside", within };
}

function countLooks(stacks: readonly { readonly count: number }[]): number {
  return stacks.reduce((sum, { count }) => sum + count, 0);
}

function sameFunction(a: Frame | undefined, b: Frame | undefined): boolean {
  return a?.function === b?.function && a?.file === b?.file;
}
