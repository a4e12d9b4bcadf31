import type { ProcessFacts } from "../../facts.ts";
import { signalsOfHex } from "./signal_mask.ts";

/** What `/proc/PID/status` tells beyond `stat` (proc(5)). */
export interface ProcStatus {
  /** Effective user id. */
  readonly uid: number;
  /** The number by which it knows itself, where that is another one: in a container (pid_namespaces(7)). */
  readonly ownId?: number | undefined;
  /** 0 for none. */
  readonly tracerPid: number;
  readonly rssBytes: number;
  readonly swapBytes?: number | undefined;
  readonly signals: ProcessFacts["signals"];
  /** Times that the thread gave up the processor by itself. */
  readonly voluntarySwitches?: number | undefined;
}

/** Caught in each program with threads, by the C library and for itself: nobody sends them to end a wait. */
const C_LIBRARY_SIGNALS = new Set(["SIG32", "SIG33"]);

/**
 * Parses `/proc/PID/status` or `/proc/PID/task/TID/status`.
 *
 * @param text content of the file; the kernel escapes line breaks in the name
 * @returns the fields; a missing one is 0, empty or undefined
 */
export function parseStatus(text: string): ProcStatus {
  const fields = new Map<string, string>();
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const kibibytes = (name: string): number | undefined => {
    const value = /^(\d+) kB$/.exec(fields.get(name) ?? "")?.[1];
    return value === undefined ? undefined : Number(value) * 1024;
  };
  const ids = (fields.get("NSpid") ?? "").split(/\s+/);
  const switches = fields.get("voluntary_ctxt_switches");
  return {
    uid: Number(fields.get("Uid")?.split(/\s+/)[1] ?? 0),
    ownId: ids.length > 1 ? Number(ids.at(-1)) : undefined,
    tracerPid: Number(fields.get("TracerPid") ?? 0),
    rssBytes: kibibytes("VmRSS") ?? 0,
    swapBytes: kibibytes("VmSwap"),
    signals: {
      blocked: signalsOfHex(fields.get("SigBlk")),
      ignored: signalsOfHex(fields.get("SigIgn")),
      caught: signalsOfHex(fields.get("SigCgt")).filter((name) => !C_LIBRARY_SIGNALS.has(name)),
      pending: [...new Set([...signalsOfHex(fields.get("SigPnd")), ...signalsOfHex(fields.get("ShdPnd"))])],
    },
    voluntarySwitches: switches === undefined ? undefined : Number(switches),
  };
}
