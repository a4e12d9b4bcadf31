import type { DarwinRecording } from "../../src/hooks/darwin/assemble_darwin_facts.ts";
import { parsePsUsage } from "../../src/hooks/darwin/parse_ps_usage.ts";
import { parsePsCommands, parsePsEntries } from "../../src/tree/parse_ps.ts";

const FOLDER = new URL("../fixtures/darwin/build/", import.meta.url);

/** Reads one of the outputs of macOS tools in `tests/fixtures/darwin/build`. */
export function readDarwinOutput(name: string): string {
  return Deno.readTextFileSync(new URL(name, FOLDER));
}

/**
 * The tree of `tests/fixtures/darwin/build`, of which a part may be looked at alone.
 *
 * @param pids the processes, the root first
 * @returns what the tools printed about them
 */
export function darwinRecording(pids: readonly number[]): DarwinRecording {
  return {
    arch: "aarch64",
    kernel: "Darwin 23.2.0",
    cpus: 8,
    load: [1.5, 1.2, 1],
    takenAtEpochMs: Date.UTC(2026, 0, 31, 10, 25),
    windowMs: 1000,
    rootPid: pids[0]!,
    entries: parsePsEntries(readDarwinOutput("ps_entries.txt")).filter(({ pid }) => pids.includes(pid)),
    commands: parsePsCommands(readDarwinOutput("ps_commands.txt")),
    usage: [0, 1, 2].map((at) => parsePsUsage(readDarwinOutput(`usage_${at}.txt`))),
    samples: new Map(pids.map((pid) => [pid, readDarwinOutput(`sample_${pid}.txt`)])),
    lsof: readDarwinOutput("lsof.txt"),
    collectors: [],
  };
}
