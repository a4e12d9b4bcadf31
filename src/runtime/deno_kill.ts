import { HostError, messageOf } from "../errors.ts";
import { signalNumber } from "../signals.ts";
import { isGroupGoneWithDeno } from "./deno_is_group_gone.ts";
import { checkKillTarget, MAX_PID } from "./kill_target.ts";
import type { KillResult } from "./port.ts";

/**
 * Sends a signal with `Deno.kill`, and those that it has no name for (real-time signals) with the shell's `kill`.
 *
 * @param pid a process, or a process group when negative
 * @param signal its name; undefined asks only whether somebody is there
 * @returns what it came to; a zombie counts as there
 * @throws {HostError} when this system has no such signal
 * @throws {RangeError} when the pid stands for the own group or for everybody
 */
export function killWithDeno(pid: number, signal: string | undefined): KillResult {
  checkKillTarget(pid);
  if (Math.abs(pid) > MAX_PID) return "gone";
  if (signal === undefined && pid < 0 && isGroupGoneWithDeno(-pid)) return "gone";
  try {
    Deno.kill(pid, (signal ?? 0) as Deno.Signal);
    return "sent";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "gone";
    if (error instanceof Deno.errors.PermissionDenied) return "denied";
    if (signal === undefined || !(error instanceof TypeError)) {
      throw new HostError(`Cannot signal the process "${pid}": ${messageOf(error)}`, { cause: error });
    }
    return killWithShell(pid, signal);
  }
}

function killWithShell(pid: number, signal: string): KillResult {
  const number = signalNumber(signal);
  if (number !== 0) {
    const there = killWithDeno(pid, undefined);
    if (there !== "sent") return there;
    const { success } = new Deno.Command("/bin/sh", {
      args: ["-c", 'kill -s "$1" -- "$2"', "sh", String(number), String(pid)],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).outputSync();
    if (success) return "sent";
    const after = killWithDeno(pid, undefined);
    if (after !== "sent") return after;
  }
  throw new HostError(`Cannot send the signal "${signal}": this system has no such signal`);
}
