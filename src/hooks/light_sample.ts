import type { Diagnosis } from "../sample_document.ts";
import type { CollectOptions } from "./collectors/collect_options.ts";
import { takeLightSample } from "./collectors/take_light_sample.ts";
import { diagnose } from "./diagnosis/diagnose.ts";

/** What a light sample shows: enough to tell later what a process was doing when nobody could look any more. */
export interface LightSample {
  /** From the kernel's facts alone. */
  readonly diagnosis: Diagnosis;
  /** The tree, parents before children. */
  readonly processes: readonly {
    readonly pid: number;
    readonly command: readonly string[];
    readonly state: string;
    /** The main thread's system call, decoded. */
    readonly syscall?: string | undefined;
  }[];
}

/**
 * Looks once at a tree without touching it, in milliseconds.
 *
 * @param options the tree to look at
 * @returns a first diagnosis from the kernel's facts alone, and the processes
 */
export function lightSample(options: Omit<CollectOptions, "sampleTimeMs" | "signal">): LightSample {
  const facts = takeLightSample({ ...options, sampleTimeMs: 0, signal: AbortSignal.any([]) });
  return {
    diagnosis: diagnose(facts),
    processes: facts.processes.map(({ pid, command, states, threads }) => ({
      pid,
      command,
      state: states.slice(-1),
      syscall: threads[0]?.syscall?.text,
    })),
  };
}
