import type { RemoteMemory } from "../remote_memory.ts";
import type { GoLayout } from "./go_layout.ts";
import type { createPlaceFinder } from "./place_of_pc.ts";

/** What reading one goroutine needs. */
export interface GoImage {
  readonly memory: Omit<RemoteMemory, "close">;
  readonly machine: number;
  readonly layout: GoLayout;
  readonly waitReasons: readonly string[];
  readonly placeOf: ReturnType<typeof createPlaceFinder>;
  /** Threads of the process. */
  readonly tids: ReadonlySet<number>;
  /** The clock that the runtime counts in, in nanoseconds. */
  readonly nowNs: number;
}
