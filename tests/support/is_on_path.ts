/**
 * Whether a program can be found, for skips and messages that say what is missing.
 *
 * @param program its name
 * @param path folders to look in, `:` between them; `PATH` when left out
 */
export function isOnPath(program: string, path = Deno.env.get("PATH") ?? "/usr/bin:/bin"): boolean {
  return path.split(":").some((folder) => {
    try {
      return Deno.statSync(`${folder}/${program}`).isFile;
    } catch {
      return false;
    }
  });
}
