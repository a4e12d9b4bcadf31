const ROOT = new URL("..", import.meta.url).pathname;

/** Where `prekill` is started from. */
export type CommandSource = "bundle" | "source";

/** A command line. */
export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * `prekill run` of a command for each line of a list, with journal and JUnit file, as a user would call it.
 *
 * @param source the bundle, which must have been written, or the sources
 * @param options the list, a new folder for the session, and how many run at the same time
 * @returns what to start
 */
export function suiteCommand(
  source: CommandSource,
  { list, sessionDir, jobs }: { list: string; sessionDir: string; jobs: number },
): CommandLine {
  const start: CommandLine = source === "bundle"
    ? { program: `${ROOT}dist/bundle/prekill`, args: [] }
    : { program: Deno.execPath(), args: ["run", "-A", `${ROOT}cli.ts`] };
  const args = ["run", "-j", String(jobs), "--list-from", list, "--session-dir", sessionDir];
  return {
    program: start.program,
    args: [...start.args, ...args, "--junit", `${sessionDir}.xml`, "--", "/bin/true"],
  };
}

/** Writes the bundle that `suiteCommand` starts. */
export async function writeBundle(): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `${ROOT}tools/bundle.ts`],
    stdout: "null",
  }).spawn().status;
  if (!success) throw new Error("Cannot measure the bundle: it could not be written, as is said above");
}
