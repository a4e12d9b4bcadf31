import type { Frame, Stack } from "../../sample_document.ts";
import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import { visibleText } from "../../visible_text.ts";
import { isInterpreter } from "./program_name.ts";

/** Functions between a program and the kernel, and those that start a thread: they never are the place to look at. */
const PLUMBING = [
  /^(_*(GI_|libc_|pthread_|lll_|futex_|syscall|clone|clone3|start_thread|restore_rt|sigsuspend|poll|ppoll|select|pselect|epoll_)\w*)$/,
  /^_*(read|write|readv|writev|pread64|pwrite64|recv|recvfrom|recvmsg|send|sendto|sendmsg|connect|accept4?|open(at)?(64)?)(_nocancel|64)?$/,
  /^_*(nanosleep|clock_nanosleep|usleep|sleep|pause|wait|wait4|waitpid|waitid|sigwait\w*|sigtimedwait|flock|fcntl(64)?|lockf(64)?)(_nocancel|_time64)?$/,
  /^_*(IO_|fopen|fread|fwrite|fgets|getline|getc|putc|puts|printf|fprintf|vfprintf|fflush|libc_start|_start|main_thread)\w*/,
  /^_*(sem_wait|sem_timedwait|new_sem_wait|do_futex_wait|internal_syscall|cond_wait|mutex_lock|sys_|vfprintf|fclose)\w*/,
  /^(std::(sys|thread|rt|panic|panicking|sync|io)|core::(ops|panic)|alloc::|<?alloc::boxed|__rust_|parking_lot)/,
  /^<(std|core|alloc|parking_lot\w*)::|^<.* as (core|std|alloc)::/,
  /^(std::(mutex|condition_variable|thread|__|this_thread|unique_lock|lock_guard)|__gthread)/,
  /^(runtime\.|syscall\.|internal\/poll\.)/,
  /^0x[0-9a-f]+$|\+0x[0-9a-f]+$|^\?+$|^$/,
];
/** Where the sources of libraries lie that a program is built with. */
const LIBRARY_FILE =
  /(^|\/)(sysdeps|nptl|libio|csu|io|misc|socket|posix|stdio-common|glibc[^/]*)\/|^\/rustc\/|^node:|\/library\/(std|core|alloc)\//;

/** Where the libraries of scripting languages lie; the names of their functions tell nothing, a script may use them too. */
const SCRIPT_LIBRARY_FILE =
  /^node:|^<frozen |\/lib\/python3[^/]*\/|\/(site|dist)-packages\/|\/go[-.\d]*\/src\/(runtime|sync|internal|os|net|time|io|bufio|context|syscall|crypto|database|encoding|log|testing|reflect|vendor)\/|\/ext:|^ext:|\/node_modules\//;
/** Packages of the JDK: the files of its frames bear no folder. */
const JDK_FUNCTION = /^([\w.]+@?[\w.+-]*\/)?(java|javax|jdk|sun|com\.sun)\./;
/** A step of V8's async stack traces that is no function: one of the promises that `Promise.all` was given. */
const PROMISE_STEP = /^Promise\.\w+ \(index \d+\)$/;

/**
 * The frames of a thread that its programmer wrote: without library code that leads to the kernel, innermost first.
 *
 * @param thread its facts; the stack seen most often in the last language that was read counts
 * @param limit how many frames at most
 */
export function ownFrames(thread: ThreadFacts, limit: number): readonly Frame[] {
  const stack = mainStack(thread.stacks);
  if (stack === undefined) return [];
  if (stack.language !== "native") return ownScriptFrames(stack.frames).slice(0, limit);
  const isOwn = (frame: Frame): boolean =>
    !PLUMBING.some((pattern) => pattern.test(frame.function)) && !LIBRARY_FILE.test(frame.file ?? "");
  const own = stack.frames.filter(isOwn);
  // Frames whose source is known say more than an interpreter's insides.
  const placed = own.filter((frame) => frame.line !== undefined);
  return (placed.length > 0 ? placed : own).slice(0, limit);
}

/**
 * The frames that say something about a program: of an interpreter only those of its language, for its own functions are
 * the same whatever it runs.
 *
 * @param process whose thread
 * @param thread its facts
 * @param limit how many frames at most
 */
export function placedFrames(process: ProcessFacts, thread: ThreadFacts, limit: number): readonly Frame[] {
  const frames = ownFrames(thread, limit);
  return isInterpreter(process) && mainStack(thread.stacks)?.language === "native" ? [] : frames;
}

/**
 * A frame as people write it: `collect_batch (batchq.c:33)`.
 *
 * @param frame the frame
 */
export function frameText(frame: Frame): string {
  const name = visibleText(frame.function);
  if (frame.file === undefined) return name;
  const file = visibleText(frame.file.split("/").at(-1) ?? frame.file);
  // Python's name for what is outside all functions.
  if (frame.function === "<module>" && frame.line !== undefined) return `${file}:${frame.line}`;
  return frame.line === undefined ? `${name} (${file})` : `${name} (${file}:${frame.line})`;
}

/**
 * The call of a library that a thread's own code has made and that has not returned, such as `LinkedBlockingQueue.take`.
 *
 * @param thread its facts
 * @returns undefined where the program's own code is innermost, or only the native stack is known
 */
export function libraryCall({ stacks }: ThreadFacts): string | undefined {
  const stack = mainStack(stacks);
  if (stack === undefined || stack.language === "native") return undefined;
  const own = stack.frames.findIndex((frame) => !isLibrary(frame));
  return own < 1 ? undefined : shortName(stack.frames[own - 1]!.function);
}

/** Of a name with packages the class and the method. */
function shortName(name: string): string {
  return JDK_FUNCTION.test(name) ? name.split(".").slice(-2).join(".") : name;
}

/**
 * The frames of a stack that its programmer wrote, of a language other than C.
 *
 * @param frames innermost first
 * @returns those; all of them when the stack holds nothing but a library
 */
export function ownScriptFrames(frames: readonly Frame[]): readonly Frame[] {
  const own = frames.filter((frame) => !isLibrary(frame));
  // A thread that runs nothing but a library is at least somewhere in that.
  return own.length > 0 ? own : frames;
}

/**
 * Whether a frame of a language other than C belongs to a library.
 *
 * @param frame the frame
 */
export function isLibrary({ function: name, file = "" }: Frame): boolean {
  return SCRIPT_LIBRARY_FILE.test(file) || JDK_FUNCTION.test(name) || PROMISE_STEP.test(name);
}

/** A language's own stack tells more than the native one under it; of one language the stack seen most often. */
function mainStack(stacks: readonly Stack[]): Stack | undefined {
  const languages = stacks.filter((stack) => stack.language !== "native");
  return (languages.length > 0 ? languages : stacks).toSorted((a, b) => b.count - a.count)[0];
}
