import type { Cause, Confidence } from "../../sample_document.ts";
import type { ThreadFacts } from "../facts.ts";
import type { TaskFacts } from "../language_facts.ts";
import type { Stand } from "./stand.ts";
import type { TrailStep } from "./trace_waits.ts";

/** What a trail comes to. */
export interface Conclusion {
  readonly cause: Cause;
  readonly confidence: Confidence;
  readonly summary: string;
  /** What follows behind the words on time; empty or with its own punctuation. */
  readonly addition?: string | undefined;
  readonly culprit: Stand;
  /** The threads to blame: those of a cycle, else the culprit's. */
  readonly threads: readonly ThreadFacts[];
  /** The tasks of a circle of tasks. */
  readonly tasks?: readonly TaskFacts[] | undefined;
  readonly evidence: readonly string[];
  readonly steps: readonly TrailStep[];
  readonly isCircular: boolean;
  /** Where the circumstances tell more than the cause alone. */
  readonly advice?: string | undefined;
}
