import process from "node:process";
import { HostError } from "../errors.ts";
import { signalNumber } from "../signals.ts";
import { errorCode, errorWords } from "./error_words.ts";
import { checkKillTarget, MAX_PID } from "./kill_target.ts";
import type { KillResult } from "./port.ts";

/**
 * Sends a signal with `process.kill`, by number where it does not know the name (real-time signals).
 *
 * @param pid a process, or a process group when negative
 * @param signal its name; undefined asks only whether somebody is there
 * @returns what it came to; a zombie counts as there
 * @throws {HostError} when this system has no such signal
 * @throws {RangeError} when the pid stands for the own group or for everybody
 */
export function killWithNode(pid: number, signal: string | undefined): KillResult {
  checkKillTarget(pid);
  if (Math.abs(pid) > MAX_PID) return "gone";
  try {
    process.kill(pid, signal ?? 0);
    return "sent";
  } catch (error) {
    return resultOf(error, signal) ?? killByNumber(pid, signal!);
  }
}

function killByNumber(pid: number, signal: string): KillResult {
  const number = signalNumber(signal);
  try {
    if (number !== 0) {
      process.kill(pid, number);
      return "sent";
    }
  } catch (error) {
    const result = resultOf(error, signal);
    if (result !== undefined) return result;
  }
  throw new HostError(`Cannot send the signal "${signal}": this system has no such signal`);
}

/** Undefined when the signal is what the host does not know. */
function resultOf(error: unknown, signal: string | undefined): KillResult | undefined {
  const code = errorCode(error);
  if (code === "ESRCH") return "gone";
  if (code === "EPERM") return "denied";
  if (signal !== undefined && (code === "ERR_UNKNOWN_SIGNAL" || code === "EINVAL")) return undefined;
  throw new HostError(`Cannot signal a process: ${errorWords(error)}`, { cause: error });
}
