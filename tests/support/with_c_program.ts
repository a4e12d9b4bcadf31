import { withTempDir } from "./with_temp_dir.ts";
import { withWaitingProgram } from "./with_waiting_program.ts";

/** How to build and start it. */
export interface CProgramOptions {
  /** For gcc, before `-O1 -pthread`; "-g" when left out. */
  readonly flags?: readonly string[];
  /** Threads that must wait before the test begins; 1 when left out. */
  readonly threadCount?: number;
}

/**
 * Builds a program of `tests/fixtures/native` and runs a test beside it, when it waits. It is killed afterwards.
 *
 * @param name of its file, without `.c`
 * @param options how to build and start it
 * @param test gets its pid and the path of the program
 */
export function withCProgram(
  name: string,
  { flags = ["-g"], threadCount = 1 }: CProgramOptions,
  test: (pid: number, program: string) => Promise<void>,
): Promise<void> {
  const source = new URL(`../fixtures/native/${name}.c`, import.meta.url).pathname;
  return withTempDir(async (directory) => {
    const program = `${directory}/${name}`;
    const args = [...flags, "-O1", "-pthread", "-o", program, source];
    const { success } = await new Deno.Command("gcc", { args, stderr: "inherit" }).output();
    if (!success) throw new Error(`Cannot build "${source}": see the compiler's message above`);
    await withWaitingProgram([program], (pid) => test(pid, program), threadCount);
  });
}
