/**
 * The port to the host. Everything that prekill asks of Deno, Node or Bun goes through this one interface; `deno.ts`
 * and `node.ts` implement it and `tests/conformance/` holds both to each sentence below.
 */
import type { Exit, StartFailureReason } from "../outcome.ts";
import type { Connection } from "./connection.ts";
import type { AppendHandle, Files, FileStat, ReadHandle } from "./port_files.ts";
import type { Permission } from "./permission.ts";

export type { AppendHandle, Connection, Files, FileStat, Permission, ReadHandle };

/** Where one standard stream of a child goes. */
export type StdioTarget = "inherit" | "null" | "piped";

/** A command to start. */
export interface SpawnCommand {
  /** A path, or a name to look up in the child's `PATH`. */
  readonly program: string;
  /** Arguments after the program's name, passed unchanged. */
  readonly args: readonly string[];
  /** Working directory; the caller's when undefined. */
  readonly cwd?: string | undefined;
  /** The whole environment of the child; the caller's when undefined. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Start it as leader of a new session and process group (`setsid`), without a controlling terminal. */
  readonly newSession: boolean;
  /** Where the child's standard input comes from. */
  readonly stdin: StdioTarget;
  /** Where the child's standard output goes. */
  readonly stdout: StdioTarget;
  /** Where the child's standard error goes. */
  readonly stderr: StdioTarget;
}

/** A command to start with its output in a file. */
export interface FileSpawnCommand extends Omit<SpawnCommand, "stdin" | "stdout" | "stderr"> {
  /** Path of the program, relative to the working directory of the child unless absolute. */
  readonly program: string;
  /** The whole environment of the child. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the child's standard input comes from. */
  readonly stdin: "inherit" | "null";
  /** Absolute path of the file. */
  readonly outputPath: string;
}

/** A started child. */
export interface Child {
  /** Process id, until `exited` has resolved and the system reuses it. */
  readonly pid: number;
  /** Resolves when the process itself has ended, whoever still holds its pipes. Never rejects. */
  readonly exited: Promise<Exit>;
  /** The writing end of its stdin, when piped. Errors of a closed reader reject the write. */
  readonly stdin: WritableStream<Uint8Array> | undefined;
  /** Its output, when piped. Cancelling it closes our end. */
  readonly stdout: ReadableStream<Uint8Array> | undefined;
  /** Its standard error, when piped. */
  readonly stderr: ReadableStream<Uint8Array> | undefined;
  /** Lets the event loop end although this child still runs. */
  unref(): void;
}

/** Thrown by `spawn` when the command cannot be started. */
export class SpawnError extends Error {
  /** For checks across module instances. */
  override readonly name = "SpawnError";
  /** What kind of failure it is. */
  readonly reason: StartFailureReason;

  /** Makes the error; the message is one sentence for the user. */
  constructor(reason: StartFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What sending a signal came to. */
export type KillResult = "sent" | "gone" | "denied";

/** The host that prekill runs on. One object per process; see `host.ts` for the one in use. */
export interface Runtime {
  /** Which of the runtimes this is. */
  readonly name: "deno" | "node" | "bun";
  /** Version of the runtime, such as `2.9.6`. */
  readonly version: string;
  /** The operating system as Deno names it: linux, darwin, windows, freebsd, … */
  readonly os: string;
  /** x86_64 or aarch64 as Deno names it; other architectures by the host's name. */
  readonly arch: string;
  /** Name of the machine; empty when the host does not tell it. */
  readonly hostName: string;
  /** Process id of this program. */
  readonly pid: number;
  /** Process id of whoever started this program; 1 or another reaper's when that one has gone. */
  readonly parentPid: number;
  /**
   * Path or name by which this program was called, where that is its own: a binary, a link to it or to its script, or what
   * `PREKILL_ARGV0` says. Undefined where it is not known.
   */
  readonly calledAs: string | undefined;
  /** Arguments of the program, without the runtime's own. */
  readonly args: readonly string[];
  /** Processors that this program may use. */
  readonly cpuCount: number;
  /**
   * Those of the permissions that have not been granted as a whole, so that using them would fail or ask a person; none where
   * the host has no such permissions. Asks nobody.
   */
  lackingPermissions(wanted: readonly Permission[]): Permission[];
  /** Absolute path of the working directory; the last known one after its removal. @throws {HostError} when there is none */
  cwd(): string;
  /** One variable of the environment; undefined when it is not set. */
  getEnv(name: string): string | undefined;
  /** A copy of the whole environment. */
  environment(): Record<string, string>;
  /** Starts a child. Names of commands are looked up in the child's `PATH`. @throws {SpawnError} */
  spawn(command: SpawnCommand): Child;
  /**
   * Starts a child whose output, both streams, is appended to a file by the kernel, with no shell between: the file is
   * created with mode 0600, and a link is not followed. Names are not looked up in `PATH`. The event loop goes on
   * meanwhile: on a busy machine a start takes its time. Resolves with undefined when this host has no way to do so, or
   * when it fails: `spawn` tells why.
   */
  spawnIntoFile(command: FileSpawnCommand): Promise<Child | undefined>;
  /**
   * A way to take the exit of a child that this program has not started itself, such as an orphan that was handed to it as
   * the first process of a container; undefined when this host has none. Takes nothing from a child that still runs.
   */
  reaper(): Promise<((pid: number) => void) | undefined>;
  /** Has the system prefer this process to others, where that is permitted and no child inherits it; else does nothing. */
  raisePriority(): void;
  /**
   * Sends a signal to a process, or to a process group when `pid` is negative; undefined asks only whether it is there,
   * which a zombie is. @throws {HostError} when this system has no such signal. @throws {RangeError} for 0 and -1, which
   * would reach the caller's group or everybody.
   */
  kill(pid: number, signal: string | undefined): KillResult;
  /** Connects to a TCP port at 127.0.0.1, whatever proxies are set. @throws {HostError} when nobody listens there. */
  connectLoopback(port: number): Promise<Connection>;
  /** Connects to a unix socket by its path, 107 bytes at most. @throws {HostError} when nobody listens there, or it may not be connected to. */
  connectUnix(path: string): Promise<Connection>;
  /** Calls the listener on every such signal, instead of the default action, until the returned function is called. A signal that the system does not know is ignored. */
  onSignal(signal: string, listener: () => void): () => void;
  /**
   * Calls the listener with each exception and rejection that nobody catches, instead of ending this process, until the
   * returned function is called. Meant for the time in which somebody else's code runs.
   */
  onUncaught(listener: (error: unknown) => void): () => void;
  /** Whether one of the standard streams is a terminal. */
  isTerminal(stream: "stdin" | "stdout" | "stderr"): boolean;
  /** The size of the terminal that a standard stream is, in characters; undefined when none is one, or it does not tell. */
  terminalSize(): { readonly columns: number; readonly rows: number } | undefined;
  /**
   * Writes all bytes, waiting while the reader is slow; calls follow each other whole. Resolves false once the reader
   * has closed or nothing can be written any more.
   */
  write(stream: "stdout" | "stderr", bytes: Uint8Array): Promise<boolean>;
  /** Writes text at once; a closed reader is ignored. @throws {HostError} when standard output cannot be written. */
  writeSync(stream: "stdout" | "stderr", text: string): void;
  /** The files of this machine. */
  readonly files: Files;
  /** Compresses with gzip. */
  gzip(bytes: Uint8Array): Promise<Uint8Array>;
  /** Imports a module by absolute path or URL. Rejects as `import()` does. */
  importModule(specifier: string): Promise<Record<string, unknown>>;
  /**
   * Makes the host's own exit function throw, instead of ending this process, until the returned function is called;
   * `exit` still ends it. Meant for the time in which somebody else's code runs. The last message given is thrown.
   */
  refuseExit(message: string): () => void;
  /** Ends this process at once. */
  exit(code: number): never;
}
