/**
 * The command that writes a memory dump of a process with a library that every Windows has (`comsvcs.dll`). It needs an
 * elevated prompt, and writes all of the process's memory.
 *
 * @param systemRoot `%SystemRoot%`
 * @param pid the process
 * @param path absolute path of the dump, which must not exist
 * @returns program and arguments
 */
export function minidumpCommand(
  systemRoot: string,
  pid: number,
  path: string,
): { readonly program: string; readonly args: readonly string[] } {
  const system = `${systemRoot.replace(/[\\/]+$/, "")}\\System32`;
  return {
    program: `${system}\\rundll32.exe`,
    // The comma belongs to the library's name: rundll32 reads "library, function arguments".
    args: [`${system}\\comsvcs.dll,`, "MiniDump", String(pid), path, "full"],
  };
}
