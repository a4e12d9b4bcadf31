import type { SyscallFacts } from "../../facts.ts";
import type { DecodeContext } from "./decode/decoder.ts";
import { fdsOfWait } from "./fds_of_wait.ts";
import type { SyscallLine } from "./parse_syscall.ts";

/**
 * Names a call, so that the same call is recognised in the next snapshot. A program that does the same again and again
 * has the same arguments each time, but its descriptor may lead elsewhere.
 *
 * @param line what the kernel shows of the call
 * @param call what it was decoded to
 * @param context the open files
 */
export function callKey(
  line: Extract<SyscallLine, { kind: "call" }>,
  call: SyscallFacts,
  { fds }: Pick<DecodeContext, "fds">,
): string {
  // A loop has many files, and one that comes or goes does not end its wait.
  const files = call.wait?.kind === "poll" ? [] : fdsOfWait(call.wait).map((fd) => fds.link(fd) ?? "");
  return [call.number, ...line.args, line.stackPointer, ...files].join(" ");
}
