import type { Exit } from "../outcome.ts";
import { signalName } from "../signals.ts";

/** What a fork server tells, one line of JSON each. */
export type ForkServerReport =
  /** The modules are loaded. */
  | { readonly kind: "ready" }
  /** The process cannot be forked; a sentence's part that says why. */
  | { readonly kind: "refused"; readonly reason: string }
  /** A job has its process, which leads a session of its own. */
  | { readonly kind: "forked"; readonly id: number; readonly pid: number }
  /** A job has got no process. */
  | { readonly kind: "failed"; readonly id: number; readonly reason: string }
  /** The process of a job has ended. */
  | { readonly kind: "exited"; readonly id: number; readonly exit: Exit };

/**
 * Reads a line of a fork server.
 *
 * @param line JSON, without its line feed
 * @returns what it says; undefined when it is none of the reports
 */
export function parseForkServerReport(line: string): ForkServerReport | undefined {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { ready, refused, forked, failed, exited, pid, reason, code, signal } = value;
  if (ready === true) return { kind: "ready" };
  if (typeof refused === "string") return { kind: "refused", reason: refused };
  if (isNumber(forked) && isNumber(pid) && pid > 1) return { kind: "forked", id: forked, pid };
  if (isNumber(failed)) return { kind: "failed", id: failed, reason: String(reason) };
  if (!isNumber(exited)) return undefined;
  if (isNumber(code)) return { kind: "exited", id: exited, exit: { kind: "exited", code } };
  if (!isNumber(signal)) return undefined;
  return { kind: "exited", id: exited, exit: { kind: "signalled", signal: signalName(signal) } };
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
