const SYMBOLS = {
  waitpid: { parameters: ["i32", "buffer", "i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;
const WNOHANG = 1;

/**
 * Opens waitpid(2) of the C library, as Deno waits for children of its own only. Linux, where `--allow-ffi` is granted
 * already.
 *
 * @returns takes the exit of a child that has ended; undefined where it cannot be opened
 */
export function openDenoReaper(): ((pid: number) => void) | undefined {
  if (Deno.build.os !== "linux") return undefined;
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return undefined;
  try {
    const { symbols } = Deno.dlopen("libc.so.6", SYMBOLS);
    return (pid) => void symbols.waitpid(pid, null, WNOHANG);
  } catch {
    // Another C library: it goes without.
    return undefined;
  }
}
