import { host } from "../../src/runtime/host.ts";
import { waitUntil } from "./wait_until.ts";

/** A Python program that has said what it had to say. */
export interface PythonProgram {
  readonly pid: number;
  /** The first line that it printed. */
  readonly line: string;
}

/**
 * Runs a test beside a program of `tests/fixtures/python` that has printed a line. It is killed afterwards, with its children.
 *
 * @param python path of the interpreter
 * @param args the script's name and its arguments
 * @param test gets what it printed
 */
export async function withPythonProgram(
  python: string,
  args: readonly string[],
  test: (program: PythonProgram) => Promise<void> | void,
): Promise<void> {
  const [script, ...rest] = args;
  const child = host.spawn({
    program: python,
    args: [new URL(`../fixtures/python/${script}`, import.meta.url).pathname, ...rest],
    newSession: true,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  });
  const reader = child.stdout!.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let isClosed = false;
  const reading = (async () => {
    while (!text.includes("\n") && !isClosed) {
      const { value, done } = await reader.read();
      text += decoder.decode(value, { stream: true });
      isClosed = done;
    }
  })();
  try {
    await waitUntil(`${script} prints a line`, () => text.includes("\n") || isClosed);
    await test({ pid: child.pid, line: text.slice(0, text.indexOf("\n")) });
  } finally {
    host.kill(-child.pid, "SIGKILL");
    await reading;
    await reader.cancel();
    await child.exited;
  }
}
