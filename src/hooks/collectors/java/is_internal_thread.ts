import type { DumpThread } from "./thread_dump.ts";

const NAMES =
  /^(?:Reference Handler|Finalizer|Signal Dispatcher|Service Thread|Monitor Deflation Thread|C[12] CompilerThread\d+|JVMCI.*|Sweeper thread|Notification Thread|Common-Cleaner|Cleaner-\d+|Attach Listener|DestroyJavaVM|process reaper(?: \(.*\))?|VirtualThread-(?:unparker|unblocker)|ForkJoinPool-\d+-delayScheduler|(?:Read|Write)-Poller|MasterPoller|JFR .*|surrogateLockerThread|Surrogate Locker Thread.*)$/;
const LIBRARY = /^(?:java|jdk|sun|com\.sun)\./;

/**
 * Whether a thread belongs to the JVM or the library and never runs the program.
 *
 * @param thread of a dump
 */
export function isInternalThread(thread: DumpThread): boolean {
  // Collectors and the like are no threads of Java.
  if (thread.state === undefined) return true;
  return NAMES.test(thread.name) && thread.frames.every(({ function: name }) => LIBRARY.test(name));
}
