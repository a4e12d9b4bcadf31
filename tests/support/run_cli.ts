const CLI = new URL("../../cli.ts", import.meta.url).pathname;

/** How to run the command line. */
export interface RunCliOptions {
  readonly cwd?: string | undefined;
  /** Added to the environment. */
  readonly env?: Record<string, string> | undefined;
  readonly stdout?: "piped" | "null" | undefined;
}

/** What came of it. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is tested, as a JSON list of program and arguments: a binary or a package instead of the sources. */
const SUBJECT = Deno.env.get("PREKILL_SUBJECT");
const START: [string, ...string[]] = SUBJECT === undefined
  ? [Deno.execPath(), "run", "-A", "--no-check", CLI]
  : JSON.parse(SUBJECT);

/** Whether the sources are tested, by the Deno that runs the tests. */
export const RUNS_SOURCES = SUBJECT === undefined;

/** Program and arguments that run the command line: from its sources, or as `PREKILL_SUBJECT` says. */
export function cliCommand(args: readonly string[]): [string, ...string[]] {
  return [...START, ...args];
}

/**
 * Runs the command line to its end, with nothing on its standard input.
 *
 * @param args its arguments
 * @param options where and how
 * @returns its exit code and output
 */
export async function runCli(args: readonly string[], options: RunCliOptions = {}): Promise<CliResult> {
  const [program, ...rest] = cliCommand(args);
  const { stdout = "piped" } = options;
  const output = await new Deno.Command(program, {
    ...options,
    args: rest,
    stdin: "null",
    stdout,
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: stdout === "piped" ? decoder.decode(output.stdout) : "",
    stderr: decoder.decode(output.stderr),
  };
}
