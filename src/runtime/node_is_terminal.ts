import { fstatSync } from "node:fs";
import process from "node:process";
import { loadNodeBuiltin } from "./node_builtin.ts";

/** Device number of `/dev/null` on Linux. */
const NULL_DEVICE = 0x103;

/**
 * Whether a file descriptor is a terminal. Under Bun `node:tty` takes as long to load as the runtime takes to start, so that
 * it is not asked about what cannot be one.
 *
 * @param descriptor of a standard stream
 * @returns false also when it is closed
 */
export function isTerminalDescriptor(descriptor: number): boolean {
  if (process.platform === "linux" && !mayBeTerminal(descriptor)) return false;
  return loadNodeBuiltin<typeof import("node:tty")>("node:tty").isatty(descriptor);
}

function mayBeTerminal(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isCharacterDevice() && stat.rdev !== NULL_DEVICE;
  } catch {
    return false;
  }
}
