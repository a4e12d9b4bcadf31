/** What `windowsScript` prints. */
export interface WindowsSample {
  readonly Kernel: string;
  /** Oldest first. */
  readonly Looks: readonly WindowsLook[];
}

/** All processes at one moment. */
export interface WindowsLook {
  readonly AtMs: number;
  readonly Processes: readonly WindowsProcess[];
}

/** One process; values that Windows refuses to tell are null. */
export interface WindowsProcess {
  readonly Id: number;
  readonly CpuMs: number | null;
  readonly RssBytes: number | null;
  readonly Path: string | null;
  readonly Threads: readonly WindowsThread[];
}

/** One thread. */
export interface WindowsThread {
  readonly Id: number;
  /** System.Diagnostics.ThreadState: Running, Ready, Standby, Wait, Transition, Terminated, … */
  readonly State: string;
  /** System.Diagnostics.ThreadWaitReason; empty unless it waits. */
  readonly Reason: string;
  readonly CpuMs: number | null;
  /** In units of 100 ns. */
  readonly Started: number | null;
}

/**
 * Parses what `windowsScript` prints.
 *
 * @param text JSON, perhaps after warnings of PowerShell
 * @returns the sample, with no looks when the text is not of that form
 */
export function parseWindowsSample(text: string): WindowsSample {
  try {
    const value = JSON.parse(text.slice(text.indexOf("{"))) as Partial<WindowsSample>;
    return { Kernel: value.Kernel ?? "", Looks: value.Looks ?? [] };
  } catch {
    return { Kernel: "", Looks: [] };
  }
}
