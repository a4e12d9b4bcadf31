import type { Files } from "../../../runtime/port.ts";
import type { Facts } from "../../facts.ts";
import { parsePressure } from "./parse_pressure.ts";

/**
 * How busy the machine is.
 *
 * @param files the host's files
 * @returns load averages over 1, 5 and 15 minutes, and the shares of time in which something waited for a resource
 */
export function readHostFacts(files: Files): Pick<Facts, "kernel" | "load" | "pressure"> {
  const load = files.readText("/proc/loadavg")?.split(" ").slice(0, 3).map(Number);
  const read = (name: string): number | undefined => {
    const text = files.readText(`/proc/pressure/${name}`);
    return text === undefined ? undefined : parsePressure(text);
  };
  const [cpu, memory, io] = [read("cpu"), read("memory"), read("io")];
  const isKnown = cpu !== undefined || memory !== undefined || io !== undefined;
  return {
    kernel: files.readText("/proc/sys/kernel/osrelease")?.trim() ?? "",
    load,
    pressure: isKnown ? { cpu, memory, io } : undefined,
  };
}
