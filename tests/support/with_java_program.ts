import { host } from "../../src/runtime/host.ts";
import { waitUntil } from "./wait_until.ts";

const FIXTURES = new URL("../fixtures/java/", import.meta.url).pathname;

/** A program that has said that it is ready. */
export interface JavaProgram {
  readonly pid: number;
  /** What it wrote so far, to both streams. */
  output(): string;
  /** Ends its standard input, and waits for its end. */
  finish(): Promise<Deno.CommandStatus>;
}

/**
 * Compiles a program of `tests/fixtures/java`.
 *
 * @param name of the class
 * @param directory gets the class files
 */
export async function compileJava(name: string, directory: string): Promise<void> {
  const { code, stderr } = await new Deno.Command("javac", {
    args: ["-g", "-d", directory, `${FIXTURES}${name}.java`],
  }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
}

/**
 * Runs a test beside a program that prints READY. It is killed afterwards.
 *
 * @param command program and arguments
 * @param test gets the program
 */
export async function withReadyProgram(
  [program, ...args]: readonly [string, ...string[]],
  test: (program: JavaProgram) => Promise<void> | void,
): Promise<void> {
  const child = new Deno.Command(program, { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const decoder = new TextDecoder();
  let text = "";
  const read = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    for await (const bytes of stream) text += decoder.decode(bytes, { stream: true });
  };
  const reading = Promise.all([read(child.stdout), read(child.stderr)]);
  let isOpen = true;
  try {
    await waitUntil(`${program} is ready`, () => text.includes("READY"));
    await test({
      pid: child.pid,
      output: () => text,
      async finish() {
        isOpen = false;
        await child.stdin.close();
        const status = await child.status;
        await reading;
        return status;
      },
    });
  } finally {
    host.kill(child.pid, "SIGKILL");
    await child.status;
    if (isOpen) await child.stdin.close().catch(() => {});
    await reading;
  }
}
