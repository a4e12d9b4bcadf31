import type { Files, Runtime } from "../runtime/port.ts";
import type { KernelFacts } from "./kernel_checks.ts";

const CONTAINER_FILES = ["/.dockerenv", "/run/.containerenv"];

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
  const capabilities = /^CapEff:\s*([0-9a-f]+)$/m.exec(files.readText("/proc/self/status") ?? "")?.[1];
  return {
    ptraceScope: scope === undefined ? undefined : Number(scope),
    effectiveCapabilities: capabilities ?? "0",
    child: await tryChild(runtime),
    pressure: files.readText("/proc/pressure/cpu") !== undefined,
    containerSign: containerSign(runtime),
    cgroup: /^0::(.*)$/m.exec(files.readText("/proc/self/cgroup") ?? "")?.[1],
  };
}

async function tryChild(runtime: Runtime): Promise<KernelFacts["child"]> {
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
    const found = {
      syscall: files.readText(`/proc/${child.pid}/syscall`) !== undefined,
      memory: isMemoryReadable(files, child.pid),
      waitChannel: files.readText(`/proc/${child.pid}/wchan`) !== undefined,
    };
    await writer.close();
    return found;
  } finally {
    runtime.kill(child.pid, "SIGKILL");
    await child.exited;
  }
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
