import type { FileSpawnCommand } from "./port.ts";

/** posix_spawn(3) and waitpid(2) of the C library. */
export interface PosixSpawn {
  /** Starts a child, on a thread of its own; its pid, or undefined when that fails. */
  spawn(command: FileSpawnCommand): Promise<number | undefined>;
  /** The status of a child that has ended, which is then reaped; undefined while it runs. */
  wait(pid: number): number | undefined;
}

const SYMBOLS = {
  posix_spawn: {
    parameters: ["buffer", "buffer", "buffer", "buffer", "buffer", "buffer"],
    result: "i32",
    // It waits until the child has become its program, which takes long where many want to run.
    nonblocking: true,
  },
  posix_spawn_file_actions_init: { parameters: ["buffer"], result: "i32" },
  posix_spawn_file_actions_destroy: { parameters: ["buffer"], result: "i32" },
  posix_spawn_file_actions_addopen: {
    parameters: ["buffer", "i32", "buffer", "i32", "u32"],
    result: "i32",
  },
  posix_spawn_file_actions_adddup2: { parameters: ["buffer", "i32", "i32"], result: "i32" },
  posix_spawn_file_actions_addchdir_np: { parameters: ["buffer", "buffer"], result: "i32" },
  posix_spawnattr_init: { parameters: ["buffer"], result: "i32" },
  posix_spawnattr_setflags: { parameters: ["buffer", "i16"], result: "i32" },
  posix_spawnattr_setsigdefault: { parameters: ["buffer", "buffer"], result: "i32" },
  posix_spawnattr_setsigmask: { parameters: ["buffer", "buffer"], result: "i32" },
  waitpid: { parameters: ["i32", "buffer", "i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** Both are 336 and 80 bytes in glibc and musl. */
const ATTRIBUTES_BYTES = 512;
const ACTIONS_BYTES = 128;
const SIGNAL_SET_BYTES = 128;
/** Of spawn.h. */
const SETSIGDEF = 0x04;
const SETSIGMASK = 0x08;
const SETSID = 0x80;
/** Of open(2): write only, create, append. */
const APPEND = 0o1 | 0o100 | 0o2000;
const WNOHANG = 1;
/** Deno ignores SIGPIPE (13), which a child would inherit. */
const PIPE_BIT = 1 << 12;

/**
 * Opens the C library.
 *
 * @returns undefined where there is none of the kind, or `--allow-ffi` has not been granted; nobody is asked for it
 */
export function openPosixSpawn(): PosixSpawn | undefined {
  if (Deno.build.os !== "linux") return undefined;
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return undefined;
  let symbols: Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];
  try {
    symbols = Deno.dlopen("libc.so.6", SYMBOLS).symbols;
  } catch {
    return undefined;
  }
  const attributes = (flags: number): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(ATTRIBUTES_BYTES);
    const signals = new Uint32Array(SIGNAL_SET_BYTES / 4);
    symbols.posix_spawnattr_init(bytes);
    symbols.posix_spawnattr_setsigmask(bytes, signals);
    signals[0] = PIPE_BIT;
    symbols.posix_spawnattr_setsigdefault(bytes, signals);
    symbols.posix_spawnattr_setflags(bytes, flags | SETSIGDEF | SETSIGMASK);
    return bytes;
  };
  const inSession = attributes(SETSID);
  const inGroup = attributes(0);
  const nothing = text("/dev/null");
  // O_NOFOLLOW differs from machine to machine.
  const append = APPEND | (Deno.build.arch === "aarch64" ? 0o100000 : 0o400000);
  const status = new Int32Array(1);
  return {
    async spawn(command) {
      const { program, args, env, cwd } = command;
      const argv = vector([program, ...args]);
      const variables: string[] = [];
      for (const name in env) variables.push(`${name}=${env[name]}`);
      const envp = vector(variables);
      if (argv === undefined || envp === undefined || cwd?.includes("\0")) return undefined;
      const actions = new Uint8Array(ACTIONS_BYTES);
      symbols.posix_spawn_file_actions_init(actions);
      if (command.stdin === "null") symbols.posix_spawn_file_actions_addopen(actions, 0, nothing, 0, 0);
      symbols.posix_spawn_file_actions_addopen(actions, 1, text(command.outputPath), append, 0o600);
      symbols.posix_spawn_file_actions_adddup2(actions, 1, 2);
      if (cwd !== undefined) symbols.posix_spawn_file_actions_addchdir_np(actions, text(cwd));
      const pid = new Int32Array(1);
      const path = text(program);
      const error = await symbols.posix_spawn(
        pid,
        path,
        actions,
        command.newSession ? inSession : inGroup,
        argv.pointers,
        envp.pointers,
      );
      symbols.posix_spawn_file_actions_destroy(actions);
      // Read after the call, so that what it works on is alive during it.
      const isKept = [path, actions, argv.bytes, envp.bytes, argv.pointers, envp.pointers].every((
        { length },
      ) => length > 0);
      return error === 0 && isKept ? pid[0] : undefined;
    },
    wait: (pid) => symbols.waitpid(pid, status, WNOHANG) === pid ? status[0] : undefined,
  };
}

const encoder = new TextEncoder();

/** A text as C has it. */
function text(value: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${value}\0`);
}

/**
 * A list of texts as C has it: pointers into one buffer, and a null pointer. Undefined when one contains a NUL, which would
 * cut it short: whoever is asked next refuses it in words.
 */
function vector(
  values: readonly string[],
): { pointers: Uint32Array<ArrayBuffer>; bytes: Uint8Array } | undefined {
  const bytes = encoder.encode(`${values.join("\0")}\0`);
  const start = Number(Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes)));
  const pointers = new Uint32Array(2 * (values.length + 1));
  let offset = 0;
  for (let index = 0; index < values.length; index++) {
    // Two halves, the lower first, as on all machines that Deno runs on: an address has less than 53 bits.
    pointers[2 * index] = start + offset;
    pointers[2 * index + 1] = (start + offset) / 2 ** 32;
    offset = bytes.indexOf(0, offset) + 1;
  }
  return values.length === 0 || offset === bytes.length ? { pointers, bytes } : undefined;
}
