import { HostError } from "../errors.ts";
import type { Permission, Runtime } from "../runtime/port.ts";

const DRIVING: readonly Permission[] = ["env", "read", "run", "write"];

/** What each subcommand cannot do without. */
const NEEDED: Readonly<Record<string, readonly Permission[]>> = {
  exec: DRIVING,
  timeout: DRIVING,
  run: DRIVING,
  sample: DRIVING,
  doctor: ["env", "read", "run"],
  report: ["env", "read"],
};
/** Those that look into processes unless they are told not to, which on Linux is reading `/proc`. */
const LOOKING = ["exec", "timeout", "run", "sample", "doctor"];
const MAY_DO_WITHOUT = ["exec", "timeout", "run"];

/**
 * Checks that the host lets a subcommand do its work, before it begins: what has not been granted is told in one sentence, and
 * nobody is asked for it.
 *
 * @param args the arguments, the subcommand first
 * @param runtime the host
 * @throws {HostError} when something has not been granted; the sentence names the flags
 */
export function checkPermissions(args: readonly string[], runtime: Runtime): void {
  const [subcommand = ""] = args;
  // The usual case first, which costs least.
  if (runtime.lackingPermissions(["all"]).length === 0) return;
  const own = args.slice(0, args.includes("--") ? args.indexOf("--") : args.length);
  if (own.includes("--help") || own.includes("--version")) return;
  const lacking = runtime.lackingPermissions(NEEDED[subcommand] ?? []);
  if (lacking.length > 0) {
    const flags = lacking.map((name) => `--allow-${name}`).join(" ");
    throw new HostError(`Cannot run prekill ${subcommand}: Deno has not been given ${flags}; add that`);
  }
  if (runtime.os !== "linux" || !LOOKING.includes(subcommand) || own.includes("--no-hook")) return;
  const without = MAY_DO_WITHOUT.includes(subcommand) ? ", or --no-hook to do without" : "";
  throw new HostError(
    `Cannot look into processes: Deno shows /proc only to programs that run with --allow-all; add that${without}`,
  );
}
