/** The built-in pre-kill hook of macOS. */
import type { CollectOptions } from "./collectors/collect_options.ts";
import { createPreKill } from "./create_pre_kill.ts";
import { collectDarwinFacts } from "./darwin/collect_darwin_facts.ts";
import type { Facts } from "./facts.ts";
import type { DoPreKill } from "./hook.ts";

/**
 * Looks at a tree with macOS's own tools.
 *
 * @param options the tree and the time
 * @returns what was seen
 */
export const collect: (options: CollectOptions) => Promise<Facts> = collectDarwinFacts;

/** Samples, diagnoses and describes the tree. */
export const doPreKill: DoPreKill = createPreKill(collect);
