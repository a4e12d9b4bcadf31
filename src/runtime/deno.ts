import { connectUnixWithDeno, connectWithDeno } from "./deno_connect.ts";
import { denoFiles } from "./deno_files.ts";
import { spawnIntoFileWithDeno } from "./deno_spawn_into_file.ts";
import { killWithDeno } from "./deno_kill.ts";
import { permissionsLackingInDeno } from "./deno_permissions.ts";
import { raisePriorityWithDeno } from "./deno_raise_priority.ts";
import { openDenoReaper } from "./deno_reaper.ts";
import { listenWithDeno } from "./deno_signals.ts";
import { spawnWithDeno } from "./deno_spawn.ts";
import { createExitSwitch, type ExitOwner } from "./exit_switch.ts";
import { createFiles } from "./files.ts";
import { lastKnownCwd } from "./last_known_cwd.ts";
import { moduleSpecifier } from "./module_specifier.ts";
import type { Runtime } from "./port.ts";
import { createStandardOutput } from "./standard_output.ts";

/**
 * The port over `Deno`. Nothing of Deno is touched before this is called.
 *
 * @returns the runtime
 */
export function createDenoRuntime(): Runtime {
  const files = createFiles(denoFiles);
  return {
    name: "deno",
    version: Deno.version.deno,
    os: Deno.build.os,
    arch: Deno.build.arch,
    get hostName() {
      try {
        return Deno.hostname();
      } catch {
        return "";
      }
    },
    pid: Deno.pid,
    get parentPid() {
      return Deno.ppid;
    },
    get calledAs() {
      return calledAs();
    },
    args: Deno.args,
    get cpuCount() {
      return navigator.hardwareConcurrency;
    },
    lackingPermissions: permissionsLackingInDeno,
    cwd: lastKnownCwd(() => Deno.cwd()),
    getEnv: (name) => Deno.env.get(name),
    environment: () => Deno.env.toObject(),
    spawn: (command) => spawnWithDeno(files, command),
    spawnIntoFile: spawnIntoFileWithDeno,
    reaper: () => Promise.resolve(openDenoReaper()),
    raisePriority: raisePriorityWithDeno,
    kill: killWithDeno,
    connectLoopback: connectWithDeno,
    connectUnix: connectUnixWithDeno,
    onSignal: listenWithDeno,
    onUncaught: listenForUncaught,
    isTerminal: (stream) => Deno[stream].isTerminal(),
    terminalSize,
    ...createStandardOutput({
      write: (stream, bytes) => Deno[stream].write(bytes),
      writeSync: (stream, bytes) => Deno[stream].writeSync(bytes),
    }),
    files,
    gzip: (bytes) =>
      new Response(new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream("gzip"))).bytes(),
    importModule: (specifier) => import(moduleSpecifier(specifier)),
    ...createExitSwitch(Deno as unknown as ExitOwner),
  };
}

/** A binary has its own name, which Deno does not tell. */
function calledAs(): string | undefined {
  if (permissionsLackingInDeno(["env"]).length > 0) return undefined;
  const told = Deno.env.get("PREKILL_ARGV0");
  if (told !== undefined || !Deno.build.standalone) return told;
  try {
    return Deno.readTextFileSync("/proc/self/cmdline").split("\0")[0];
  } catch {
    return undefined;
  }
}

function terminalSize(): { columns: number; rows: number } | undefined {
  try {
    const { columns, rows } = Deno.consoleSize();
    return columns > 0 && rows > 0 ? { columns, rows } : undefined;
  } catch {
    return undefined;
  }
}

/** Once the last listener of a signal is gone, Deno does what the system would do by default. */
function listenForUncaught(listener: (error: unknown) => void): () => void {
  const onError = (event: ErrorEvent): void => {
    event.preventDefault();
    listener(event.error);
  };
  const onRejection = (event: PromiseRejectionEvent): void => {
    event.preventDefault();
    listener(event.reason);
  };
  globalThis.addEventListener("error", onError);
  globalThis.addEventListener("unhandledrejection", onRejection);
  return () => {
    globalThis.removeEventListener("error", onError);
    globalThis.removeEventListener("unhandledrejection", onRejection);
  };
}
