import type { Frame } from "../../../sample_document.ts";

/** What a JVM prints of its threads, as it stands there. */
export interface ThreadDump {
  /** Such as `OpenJDK 17.0.15`; empty where it is not told. */
  readonly version: string;
  /** Also those of the JVM itself. */
  readonly threads: readonly DumpThread[];
  /** Who holds what somebody waits for, by the JVM's own search for deadlocks. */
  readonly ownerships: readonly DumpOwnership[];
}

/** One thread of a dump. */
export interface DumpThread {
  readonly name: string;
  /** The kernel's number of the thread, in the process's own pid namespace. */
  readonly nid: number;
  /** Such as `BLOCKED (on object monitor)`; undefined for threads that are not Java's. */
  readonly state?: string | undefined;
  /** Innermost first. */
  readonly frames: readonly DumpFrame[];
  /** Locks of `java.util.concurrent` that it holds; a JVM lists them only when it is asked to. */
  readonly synchronizers: readonly DumpObject[];
}

/** A frame, and what it does with locks. */
export interface DumpFrame extends Frame {
  readonly isNative: boolean;
  readonly locks: readonly DumpLock[];
}

/** A line about a lock below a frame. */
export interface DumpLock extends DumpObject {
  readonly action: "enter" | "re-enter" | "wait" | "park" | "locked";
}

/** An object of the heap. */
export interface DumpObject {
  /** Its address; undefined where the JVM does not know it. */
  readonly id?: string | undefined;
  /** The name of its class; empty where the JVM does not know it. */
  readonly type: string;
}

/** A line pair of the section on deadlocks. */
export interface DumpOwnership extends DumpObject {
  /** Name of the thread that holds it. */
  readonly holder: string;
}
