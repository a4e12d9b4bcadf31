import type { Runtime } from "../../../runtime/port.ts";
import type { CollectorLog } from "../collector_log.ts";
import type { ThreadStack } from "./thread_stack.ts";
import type { Toolbox } from "./toolbox.ts";

/** A stack, and the process of its thread. */
export interface CollectedStack extends ThreadStack {
  readonly pid: number;
}

/** What the parts of the native stack source share. */
export interface NativeContext {
  readonly runtime: Runtime;
  readonly toolbox: Toolbox;
  readonly log: CollectorLog;
  /** Every stack of every snapshot; the parts add to it. */
  readonly collected: CollectedStack[];
}
