import type { CollectOptions } from "./collectors/collect_options.ts";
import type { Facts } from "./facts.ts";
import type { DoPreKill } from "./hook.ts";

/** A built-in hook module. */
export interface BuiltinHook {
  readonly doPreKill: DoPreKill;
  /** Gathers the facts that the hook's diagnosis rests on. Rejects only when the host forbids to look at all. */
  readonly collect: (options: CollectOptions) => Promise<Facts>;
}

/**
 * Imports the built-in hook of an operating system.
 *
 * @param os as `Runtime.os` names it
 * @returns the module; undefined when there is none for this system
 */
export async function loadBuiltinHook(os: string): Promise<BuiltinHook | undefined> {
  // Written out, so that a bundler sees the modules and keeps each in a file of its own.
  switch (os) {
    case "linux":
      return await import("./linux.ts");
    case "darwin":
      return await import("./darwin.ts");
    case "windows":
      return await import("./windows.ts");
    default:
      return undefined;
  }
}
