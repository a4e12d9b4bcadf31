/** The built-in pre-kill hook of Linux. */
import { collectFacts } from "./collectors/collect_facts.ts";
import type { CollectOptions } from "./collectors/collect_options.ts";
import { createNativeStackSource } from "./collectors/native/native_stack_source.ts";
import { createPreKill } from "./create_pre_kill.ts";
import type { Facts } from "./facts.ts";
import type { DoPreKill } from "./hook.ts";

/**
 * Looks at a tree through `/proc` and with whatever tools for native stacks there are.
 *
 * @param options the tree and the time
 * @returns what was seen
 */
export function collect(options: CollectOptions): Promise<Facts> {
  return collectFacts(options, [createNativeStackSource(options.runtime, { os: "linux" })]);
}

/** Samples, diagnoses and describes the tree. */
export const doPreKill: DoPreKill = createPreKill(collect);
