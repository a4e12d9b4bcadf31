import type { Exit } from "../../../src/outcome.ts";
import type { Child, SpawnCommand } from "../../../src/runtime/port.ts";
import { runtime } from "../subject.ts";

/** What a command printed and how it ended. */
export interface RunResult {
  readonly exit: Exit;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts a program in a session of its own, output piped and input null.
 *
 * @param program the program
 * @param args its arguments
 * @param rest what differs
 * @returns the child; the caller ends it
 */
export function start(program: string, args: readonly string[], rest: Partial<SpawnCommand> = {}): Child {
  const streams = { stdin: "null", stdout: "piped", stderr: "piped" } as const;
  return runtime.spawn({ program, args, newSession: true, ...streams, ...rest });
}

/**
 * Runs a program to its end.
 *
 * @param program the program
 * @param args its arguments
 * @param rest what differs from `start`'s defaults
 * @returns what it printed to piped streams, and how it ended
 */
export async function run(
  program: string,
  args: readonly string[],
  rest: Partial<SpawnCommand> = {},
): Promise<RunResult> {
  const child = start(program, args, rest);
  const [exit, stdout, stderr] = await Promise.all([
    child.exited,
    textOf(child.stdout),
    textOf(child.stderr),
  ]);
  return { exit, stdout, stderr };
}

/**
 * Runs a shell script to its end.
 *
 * @param script for `sh -c`
 * @param rest what differs from `start`'s defaults
 * @returns what it printed to piped streams, and how it ended
 */
export function runShell(script: string, rest: Partial<SpawnCommand> = {}): Promise<RunResult> {
  return run("sh", ["-c", script], rest);
}

/** All that a stream brings; empty for a stream that is not piped. */
export async function textOf(stream: ReadableStream<Uint8Array> | undefined): Promise<string> {
  return stream === undefined ? "" : await new Response(stream).text();
}

/** The first bytes that a stream brings, which is then cancelled. */
export async function firstText(stream: ReadableStream<Uint8Array> | undefined): Promise<string> {
  const reader = stream!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}
