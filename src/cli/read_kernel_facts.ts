import { isTraceDenied } from "../hooks/collectors/explain_trace_denied.ts";
import { findTool } from "../hooks/collectors/native/find_tool.ts";
import type { Files, Runtime } from "../runtime/port.ts";
import { runTool } from "../runtime/run_tool.ts";
import type { KernelFacts } from "./kernel_checks.ts";

/** The namespace of the first process of the machine (PROC_PID_INIT_INO of the kernel). */
const INITIAL_PID_NAMESPACE = "pid:[4026531836]";
const CONTAINER_FILES = ["/.dockerenv", "/run/.containerenv"];
/** Tools that attach to a process and leave it again, with what they need before its pid. */
const ATTACHING = [["eu-stack", "-1", "-q", "-p"], ["gdb", "-batch", "-nx", "-p"]] as const;
const ATTACH_TIMEOUT_MS = 5000;

/**
 * Tries the kernel's doors on a child of our own, which ends with this call. Linux only.
 *
 * @param runtime the host
 * @returns what was found
 * @throws {SpawnError} when there is no `cat` to try them on
 */
export async function readKernelFacts(runtime: Runtime): Promise<KernelFacts> {
  const { files } = runtime;
  const scope = files.readText("/proc/sys/kernel/yama/ptrace_scope");
  const ownStatus = files.readText("/proc/self/status");
  const status = ownStatus ?? "";
  const capabilities = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return {
    hasProc: ownStatus !== undefined,
    ptraceScope: scope === undefined ? undefined : Number(scope),
    effectiveCapabilities: capabilities ?? "0",
    ...await tryChild(runtime),
    pressure: files.readText("/proc/pressure/cpu") !== undefined,
    containerSign: containerSign(runtime),
    hasOwnPidNamespace: hasOwnPidNamespace(files),
    hidePid: hidePidOf(files.readText("/proc/self/mounts") ?? ""),
    isFiltered: /^Seccomp:\s*2$/m.test(status),
  };
}

async function tryChild(runtime: Runtime): Promise<Pick<KernelFacts, "child" | "isTraceDenied">> {
  const { files } = runtime;
  const child = runtime.spawn({
    program: "cat",
    args: [],
    newSession: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  });
  try {
    // What comes back says that the child has become cat, whose memory and system calls are then looked at.
    const writer = child.stdin!.getWriter();
    await writer.write(new TextEncoder().encode("ready\n"));
    await child.stdout!.getReader().read();
    const seen = {
      syscall: files.readText(`/proc/${child.pid}/syscall`) !== undefined,
      memory: isMemoryReadable(files, child.pid),
      waitChannel: files.readText(`/proc/${child.pid}/wchan`) !== undefined,
    };
    const isTraceDenied = await isAttachingDenied(runtime, child.pid);
    await writer.close();
    return { child: seen, isTraceDenied };
  } finally {
    runtime.kill(child.pid, "SIGKILL");
    await child.exited;
  }
}

/** Asks the kernel by attaching: what keeps debuggers away, such as a seccomp filter, need not stand anywhere. */
async function isAttachingDenied(runtime: Runtime, pid: number): Promise<boolean | undefined> {
  const tool = ATTACHING.find(([name]) => findTool(runtime, name) !== undefined);
  if (tool === undefined) return undefined;
  const [program, ...args] = tool;
  const result = await runTool(runtime, {
    program,
    args: [...args, String(pid)],
    timeoutMs: ATTACH_TIMEOUT_MS,
  });
  return isTraceDenied(result);
}

function isMemoryReadable(files: Files, pid: number): boolean {
  const start = /^([0-9a-f]+)-[0-9a-f]+ r/m.exec(files.readText(`/proc/${pid}/maps`) ?? "")?.[1];
  const memory = files.openRead(`/proc/${pid}/mem`);
  try {
    return start !== undefined && (memory?.readAt(new Uint8Array(8), parseInt(start, 16)) ?? -1) > 0;
  } finally {
    memory?.close();
  }
}

function containerSign(runtime: Runtime): string | undefined {
  const file = CONTAINER_FILES.find((path) => runtime.files.stat(path) !== undefined);
  if (file !== undefined) return file;
  const manager = runtime.getEnv("container") ?? runtime.getEnv("KUBERNETES_SERVICE_HOST");
  return manager === undefined || manager === "" ? undefined : "environment";
}

function hasOwnPidNamespace(files: Files): boolean {
  const namespace = files.readLink("/proc/self/ns/pid");
  return namespace !== undefined && namespace !== INITIAL_PID_NAMESPACE;
}

/** See proc(5), "Mount options". */
function hidePidOf(mounts: string): string | undefined {
  const options = /^\S+ \/proc proc (\S+)/m.exec(mounts)?.[1] ?? "";
  const value = /(?:^|,)hidepid=(\w+)/.exec(options)?.[1];
  return value === undefined || value === "0" || value === "off" ? undefined : value;
}
