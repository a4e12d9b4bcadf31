import type { LoopTimer } from "../../language_facts.ts";
import type { FunctionPlace } from "./function_places.ts";

/** One thing that an event loop keeps. */
export interface KeptResource {
  readonly words: string;
  /** Functions that are called when something comes of it. */
  readonly callbacks: readonly FunctionPlace[];
  /** When it is a timer. */
  readonly timer?: LoopTimer | undefined;
}
