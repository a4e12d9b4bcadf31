/**
 * Names of threads that runtimes and libraries keep for themselves. Idle ones say nothing about a hang: OpenJDK,
 * V8 and libuv, JavaScriptCore, Tokio and Rayon, Go, .NET, glib, OpenMP and BLAS name theirs so.
 */
const HELPER_NAMES = [
  /^(GC Thread|G1 |VM Thread|VM Periodic|C[12] Compiler|Signal Dispatch|Finalizer|Reference Handl|Common-Cleaner)/,
  /^(Service Thread|Monitor Deflati|Notification Th|Sweeper|Attach Listener|Concurrent|ZWorker|Shenandoah|JFR )/,
  /^(DelayedTaskSche|V8 ?Worker|V8 DefaultWorke|node-V8Worker|libuv-worker|SignalInspector|InspectorIo)/,
  /^(HeapHelper|Heap Helper|JITWorker|JIT |JSC|Bun Pool|bun-|HTTP Client|File Watcher|GCMarker|Collector Thread|Worklist)/,
  /^(tokio-|deno-|rayon|async-io|blocking-|notify-rs|dispatch-)/,
  /^(\.NET |gmain|gdbus|pool-spawner|dconf|omp-|OpenBLAS|jemalloc|io_uring|iou-)/,
];

/**
 * Whether a thread is a runtime's own helper, by its name.
 *
 * @param name the kernel's name of the thread, cut at 15 characters on Linux
 */
export function isHelperThread(name: string): boolean {
  return HELPER_NAMES.some((pattern) => pattern.test(name));
}
