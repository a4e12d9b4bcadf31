/** What the runtime of a language tells of a process, beyond what the kernel shows. Plain data, part of `Facts`. */
import type { Frame } from "../sample_document.ts";

/** What was learned of one process. */
export interface LanguageFacts {
  /** Name and version, such as `CPython 3.11.2` or `OpenJDK 17.0.15`. */
  readonly runtime?: string | undefined;
  /** What its event loop keeps, in words. */
  readonly activeResources?: readonly string[] | undefined;
  /** The program's own timers that keep its main thread's loop; undefined where its runtime does not tell them. */
  readonly timers?: readonly LoopTimer[] | undefined;
  /** Tasks, goroutines, virtual threads and workers: what runs on its threads without being one of the kernel's. */
  readonly tasks?: readonly TaskFacts[] | undefined;
  /** What of it could not be read, one clause each, such as `9590 of 10001 tasks are left out`. */
  readonly leftOut?: readonly string[] | undefined;
  /** By thread id. */
  readonly threads?: ReadonlyMap<number, LanguageThread> | undefined;
}

/** A timer of an event loop. */
export interface LoopTimer {
  /** Negative when its time has come. */
  readonly dueMs: number;
  /** undefined when it comes but once. */
  readonly everyMs?: number | undefined;
}

/** What a runtime tells of one of its threads. */
export interface LanguageThread {
  /** As in `Stack.language`: `python`, `java`, … */
  readonly language: string;
  /** Its name in the program, where that is another than the kernel's or longer. */
  readonly name?: string | undefined;
  /** Its state in the runtime's own words, such as `BLOCKED (on object monitor)` or `holds the interpreter lock`. */
  readonly state?: string | undefined;
  /** True for threads of the runtime itself, such as garbage collectors, which explain nothing about the program. */
  readonly isInternal?: boolean | undefined;
  /** Locks that it holds. */
  readonly holds: readonly LanguageLock[];
  /** What it waits for; undefined when it runs or that cannot be told. */
  readonly wait?: LanguageWait | undefined;
}

/** A lock of a language. */
export interface LanguageLock {
  /** Unique within the process, the same for holders and waiters: usually its address. */
  readonly id: string;
  /** Its type as the language writes it, such as `threading.RLock` or `java.util.concurrent.locks.ReentrantLock`. */
  readonly type: string;
  /** How the program calls it, where that is known, such as `ledger_lock`. */
  readonly name?: string | undefined;
  /** False when that the thread holds it was inferred, for example from a `with` block that it is in. */
  readonly isCertain: boolean;
}

/** What a thread waits for, as its runtime sees it. */
export interface LanguageWait {
  readonly kind:
    /** A mutex or monitor: whoever holds it ends the wait. */
    | "lock"
    /** A condition variable or `Object.wait`: whoever signals it. */
    | "condition"
    | "semaphore"
    /** A count-down latch, barrier or event. */
    | "latch"
    | "queue"
    /** The result of a future or promise. */
    | "future"
    /** The end of another thread. */
    | "join"
    /** A channel of Go. */
    | "channel"
    | "sleep"
    | "io"
    | "other";
  /** What it waits for: its type and, where known, name and id. */
  readonly on?: LanguageLock | undefined;
  /** Threads that can end the wait (holders of the lock, the joined thread), where the runtime names them. */
  readonly ownerTids?: readonly number[] | undefined;
  /** undefined when it waits for ever. */
  readonly timeoutMs?: number | undefined;
}

/** A task, goroutine, virtual thread or worker. */
export interface TaskFacts {
  readonly kind: "task" | "goroutine" | "virtual-thread" | "worker";
  readonly language: string;
  /** Unique within the process. */
  readonly id: string;
  /** Such as `Task-3` or `main.fetchAll`. */
  readonly name: string;
  /** In the runtime's own words: `waiting`, `chan receive, 10 minutes`, `idle`. */
  readonly state: string;
  /** How many are in the same place; 1 when it stands for itself. */
  readonly count: number;
  /** Where it is suspended, innermost first. */
  readonly frames: readonly Frame[];
  /** What it waits for, in words that fit after "waits for", such as `an asyncio.Event` or `Task-2`. */
  readonly waitsFor?: string | undefined;
  /** Other tasks it waits for, by id: the edges among tasks. */
  readonly onIds?: readonly string[] | undefined;
  /** The thread whose event loop it belongs to, where that is known. */
  readonly tid?: number | undefined;
}
