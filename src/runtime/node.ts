import { write, writeSync } from "node:fs";
import os from "node:os";
import process from "node:process";
import { openBunReaper } from "./bun_reaper.ts";
import { createExitSwitch, type ExitOwner } from "./exit_switch.ts";
import { createFiles } from "./files.ts";
import { lastKnownCwd } from "./last_known_cwd.ts";
import { moduleSpecifier } from "./module_specifier.ts";
import { connectUnixWithNode, connectWithNode } from "./node_connect.ts";
import { nodeFiles } from "./node_files.ts";
import { isTerminalDescriptor } from "./node_is_terminal.ts";
import { killWithNode } from "./node_kill.ts";
import { spawnWithNode } from "./node_spawn.ts";
import { spawnIntoFileWithNode } from "./node_spawn_into_file.ts";
import type { Runtime } from "./port.ts";
import { createStandardOutput } from "./standard_output.ts";

const DENO_OS_NAMES: Readonly<Record<string, string>> = { win32: "windows", sunos: "solaris" };
const DENO_ARCH_NAMES: Readonly<Record<string, string>> = { x64: "x86_64", arm64: "aarch64" };
const DESCRIPTORS = { stdin: 0, stdout: 1, stderr: 2 } as const;

/**
 * The port over `node:*`, for Node from 20 on and for Bun.
 *
 * @returns the runtime
 */
export function createNodeRuntime(): Runtime {
  const files = createFiles(nodeFiles);
  const bun = process.versions["bun"];
  return {
    name: bun === undefined ? "node" : "bun",
    version: bun ?? process.versions.node,
    os: DENO_OS_NAMES[process.platform] ?? process.platform,
    arch: DENO_ARCH_NAMES[process.arch] ?? process.arch,
    get hostName() {
      return os.hostname();
    },
    pid: process.pid,
    get parentPid() {
      return process.ppid;
    },
    get calledAs() {
      // Bun shows the program in a binary under a made-up path.
      const isBinary = process.argv[1]?.startsWith("/$bunfs/") || process.argv[1]?.includes("~BUN");
      return process.env["PREKILL_ARGV0"] ?? (isBinary ? process.argv0 : process.argv[1]);
    },
    args: process.argv.slice(2),
    get cpuCount() {
      return os.availableParallelism();
    },
    lackingPermissions: () => [],
    cwd: lastKnownCwd(() => process.cwd()),
    getEnv: (name) => process.env[name],
    environment: () => ({ ...process.env } as Record<string, string>),
    spawn: (command) => spawnWithNode(files, command),
    spawnIntoFile: spawnIntoFileWithNode,
    reaper: () => bun === undefined ? Promise.resolve(undefined) : openBunReaper(),
    // What it could raise, children would inherit.
    raisePriority: () => {},
    kill: killWithNode,
    connectLoopback: connectWithNode,
    connectUnix: connectUnixWithNode,
    onSignal: listen,
    onUncaught: listenForUncaught,
    isTerminal: (stream) => isTerminalDescriptor(DESCRIPTORS[stream]),
    terminalSize,
    ...createStandardOutput({
      write: (stream, bytes) => writeLater(DESCRIPTORS[stream], bytes),
      writeSync: (stream, bytes) => writeSync(DESCRIPTORS[stream], bytes),
    }),
    files,
    gzip: compress,
    importModule: (specifier) => import(moduleSpecifier(specifier)),
    ...createExitSwitch(process as unknown as ExitOwner),
  };
}

/** The module is loaded when it is needed: a passing command never does. */
async function compress(bytes: Uint8Array): Promise<Uint8Array> {
  const { gzip } = await import("node:zlib");
  return await new Promise((resolve, reject) => {
    gzip(bytes, (error, compressed) => error === null ? resolve(compressed) : reject(error));
  });
}

function terminalSize(): { columns: number; rows: number } | undefined {
  const stream = [process.stdout, process.stderr].find(({ isTTY }) => isTTY);
  const { columns = 0, rows = 0 } = stream ?? {};
  return columns > 0 && rows > 0 ? { columns, rows } : undefined;
}

function writeLater(descriptor: number, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    write(descriptor, bytes, (error, count) => error === null ? resolve(count) : reject(error));
  });
}

/** Once the last listener of a signal is gone, Node restores the system's default action. */
function listen(signal: string, listener: () => void): () => void {
  const own = (): void => listener();
  try {
    process.on(signal, own);
  } catch {
    return () => {};
  }
  return () => void process.removeListener(signal, own);
}

function listenForUncaught(listener: (error: unknown) => void): () => void {
  const own = (error: unknown): void => listener(error);
  process.on("uncaughtException", own);
  process.on("unhandledRejection", own);
  return () => {
    process.removeListener("uncaughtException", own);
    process.removeListener("unhandledRejection", own);
  };
}
