import type { Runtime } from "../runtime/port.ts";
import { runTool } from "../runtime/run_tool.ts";
import {
  parsePsCommands,
  parsePsCookies,
  parsePsEntries,
  PS_ENTRY_COLUMNS,
  PS_ENVIRONMENT,
} from "./parse_ps.ts";
import type { ProcessLister } from "./process_lister.ts";
import { createSnapshotLister } from "./snapshot_lister.ts";

const PS_TIMEOUT_MS = 5000;

/**
 * The lister of macOS, over `ps`. `refresh` runs it three times at once: for the entries, for the command lines and
 * for the environments, of which only the cookies are kept.
 *
 * @param runtime the host
 * @returns a lister that knows no process before its first refresh
 */
export function createDarwinLister(runtime: Runtime): ProcessLister {
  const ps = async (...args: string[]): Promise<string | undefined> => {
    const result = await runTool(runtime, {
      program: "ps",
      args,
      env: { ...runtime.environment(), ...PS_ENVIRONMENT },
      timeoutMs: PS_TIMEOUT_MS,
    });
    return result.status === "ok" ? result.stdout : undefined;
  };
  return createSnapshotLister(async () => {
    const [entries, commands, environments] = await Promise.all([
      ps("-axo", PS_ENTRY_COLUMNS),
      ps("-axwwo", "pid=,command="),
      ps("-axwwEo", "pid=,command="),
    ]);
    return entries === undefined ? undefined : {
      entries: parsePsEntries(entries),
      commands: parsePsCommands(commands ?? ""),
      cookies: parsePsCookies(environments ?? ""),
    };
  });
}
