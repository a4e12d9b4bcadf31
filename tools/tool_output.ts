/** What a tool printed, and whether it exited with 0. */
export interface ToolOutput {
  readonly success: boolean;
  /** Its stdout, then its stderr, without colours. */
  readonly text: string;
}

/**
 * Runs a tool to its end, with nothing on its standard input.
 *
 * @param program a path, or a name on `PATH`
 * @param args its arguments
 * @param cwd where it runs; here when undefined
 * @returns what it printed; that there is no such program counts as a failure that says so
 */
export async function toolOutput(
  program: string,
  args: readonly string[],
  cwd?: string,
): Promise<ToolOutput> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      cwd,
      stdin: "null",
      env: { NO_COLOR: "1" },
    }).output();
    const decoder = new TextDecoder();
    return { success, text: decoder.decode(stdout) + decoder.decode(stderr) };
  } catch (error) {
    return { success: false, text: `"${program}" cannot be started: ${(error as Error).message}` };
  }
}
