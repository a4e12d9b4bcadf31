/** What is used of `bun:ffi`, which other hosts and their type checkers do not know. */
interface BunFfi {
  dlopen(name: string, symbols: object): {
    readonly symbols: { waitpid(pid: number, status: null, options: number): number };
  };
}

const SYMBOLS = { waitpid: { args: ["i32", "ptr", "i32"], returns: "i32" } };
/** In a variable, as type checkers do not know it. */
const FFI_MODULE = "bun:ffi";
const WNOHANG = 1;

/**
 * Opens waitpid(2) of the C library, as Bun waits for children of its own only.
 *
 * @returns takes the exit of a child that has ended; undefined where it cannot be opened
 */
export async function openBunReaper(): Promise<((pid: number) => void) | undefined> {
  try {
    const { dlopen } = await import(FFI_MODULE) as BunFfi;
    const { symbols } = dlopen("libc.so.6", SYMBOLS);
    return (pid) => void symbols.waitpid(pid, null, WNOHANG);
  } catch {
    // Another C library: it goes without.
    return undefined;
  }
}
