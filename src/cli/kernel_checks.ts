import type { DoctorCheck } from "./doctor_report.ts";

/** What was seen of the kernel's doors (Linux). */
export interface KernelFacts {
  /** Whether there is a `/proc` to read; without it all else is unknown. */
  readonly hasProc: boolean;
  /** `/proc/sys/kernel/yama/ptrace_scope`; undefined without Yama. */
  readonly ptraceScope: number | undefined;
  /** `CapEff` of `/proc/self/status`, hexadecimal. */
  readonly effectiveCapabilities: string;
  /** What could be read of a child of our own. */
  readonly child: { readonly syscall: boolean; readonly memory: boolean; readonly waitChannel: boolean };
  /** Whether a tool for stacks was kept from attaching to the child; undefined without a tool to try it with. */
  readonly isTraceDenied: boolean | undefined;
  /** Whether `/proc/pressure` can be read. */
  readonly pressure: boolean;
  /** How one tells that this is a container, such as a file; undefined when it does not look like one. */
  readonly containerSign: string | undefined;
  /** Whether there are processes outside that are not shown. */
  readonly hasOwnPidNamespace: boolean;
  /** The `hidepid` option of `/proc`, such as `2` or `invisible`; undefined when it hides nothing. */
  readonly hidePid: string | undefined;
  /** Whether a seccomp filter restricts system calls. */
  readonly isFiltered: boolean;
}

/** capabilities(7) */
const CAP_SYS_PTRACE = 19n;
/** What helps where the kernel keeps debuggers away. */
export const ALLOW_PTRACE = "allow ptrace: in Docker --cap-add SYS_PTRACE, or a seccomp profile that has it";
const NO_PROC: DoctorCheck = {
  group: "kernel",
  name: "/proc",
  status: "missing",
  essential: true,
  detail: "cannot be read",
  purpose: "all that is to be seen of processes",
  remedy: "mount -t proc proc /proc",
};

/**
 * Judges what the kernel lets prekill see.
 *
 * @param facts what was found
 * @returns one check for each
 */
export function kernelChecks(facts: KernelFacts): DoctorCheck[] {
  if (!facts.hasProc) return [NO_PROC];
  const mayTraceAll = (BigInt(`0x${facts.effectiveCapabilities || "0"}`) >> CAP_SYS_PTRACE & 1n) === 1n;
  return [
    door("system calls", facts.child.syscall, true, "/proc/PID/syscall", "what a blocked thread waits for"),
    door("memory", facts.child.memory, false, "/proc/PID/mem", "call arguments, lock owners, Python stacks"),
    door(
      "wait channel",
      facts.child.waitChannel,
      false,
      "/proc/PID/wchan",
      "the kernel function a thread sleeps in",
    ),
    ptraceCheck(facts, mayTraceAll),
    {
      group: "kernel",
      name: "CAP_SYS_PTRACE",
      status: "info",
      essential: false,
      detail: mayTraceAll ? "present: processes of other users too" : "absent: processes of this user only",
    },
    {
      group: "kernel",
      name: "seccomp",
      status: "info",
      essential: false,
      detail: facts.isFiltered ? "a filter is on, as containers have it" : "no filter",
    },
    hidePidCheck(facts.hidePid, mayTraceAll),
    {
      group: "kernel",
      name: "pressure",
      status: facts.pressure ? "ok" : "limited",
      essential: false,
      detail: facts.pressure ? "/proc/pressure is readable" : "/proc/pressure is not there",
      purpose: "telling a starved machine from a hung program",
    },
    containerCheck(facts),
  ];
}

function door(name: string, open: boolean, essential: boolean, path: string, purpose: string): DoctorCheck {
  return {
    group: "kernel",
    name,
    status: open ? "ok" : "missing",
    essential,
    detail: open ? `${path} of a child is readable` : `${path} of a child cannot be read`,
    purpose,
    remedy: open ? undefined : ALLOW_PTRACE,
  };
}

function ptraceCheck(facts: KernelFacts, mayTraceAll: boolean): DoctorCheck {
  const { ptraceScope: scope, isFiltered } = facts;
  const check = yamaCheck(scope, mayTraceAll);
  if (check.status !== "ok" || facts.isTraceDenied !== true) return check;
  const detail = isFiltered ? "denied, by the seccomp filter as it seems" : "denied by the kernel";
  return { ...check, status: "missing", detail, remedy: ALLOW_PTRACE };
}

/** ptrace(2), "/proc/sys/kernel/yama/ptrace_scope". */
function yamaCheck(scope: number | undefined, mayTraceAll: boolean): DoctorCheck {
  const check = { group: "kernel", name: "ptrace", essential: false, purpose: "native stacks" } as const;
  const remedy = "sysctl -w kernel.yama.ptrace_scope=0, or run prekill as root";
  switch (scope) {
    case undefined:
    case 0:
      return { ...check, status: "ok", detail: scope === 0 ? "allowed (scope 0)" : "allowed (no Yama)" };
    case 1:
      return mayTraceAll
        ? { ...check, status: "ok", detail: "allowed by CAP_SYS_PTRACE (scope 1)" }
        // What exec starts is a descendant of prekill, but the tools that look at it are not its ancestors.
        : { ...check, status: "limited", detail: "only descendants may be traced (scope 1)", remedy };
    case 2:
      return mayTraceAll
        ? { ...check, status: "ok", detail: "allowed by CAP_SYS_PTRACE (scope 2)" }
        : { ...check, status: "missing", detail: "only with CAP_SYS_PTRACE (scope 2)", remedy };
    default:
      return { ...check, status: "missing", detail: `forbidden until the next boot (scope ${scope})` };
  }
}

function hidePidCheck(hidePid: string | undefined, mayTraceAll: boolean): DoctorCheck {
  const check = { group: "kernel", name: "hidepid", essential: false } as const;
  if (hidePid === undefined) return { ...check, status: "ok", detail: "/proc shows all processes" };
  const detail = `/proc is mounted with hidepid=${hidePid}`;
  if (mayTraceAll) return { ...check, status: "ok", detail: `${detail}, which root does not mind` };
  return {
    ...check,
    status: "limited",
    detail,
    purpose: "naming who holds a lock or the other end, when that is another user's process",
    remedy: "mount -o remount,hidepid=0 /proc, or run prekill as root",
  };
}

function containerCheck({ containerSign, hasOwnPidNamespace }: KernelFacts): DoctorCheck {
  const seen = containerSign === undefined ? "none seen" : `yes (${containerSign})`;
  const namespace = hasOwnPidNamespace ? "; processes outside of this pid namespace cannot be named" : "";
  return { group: "kernel", name: "container", status: "info", essential: false, detail: seen + namespace };
}
