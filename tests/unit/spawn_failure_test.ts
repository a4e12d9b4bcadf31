import type { Files, FileStat, SpawnCommand } from "../../src/runtime/port.ts";
import { spawnFailure } from "../../src/runtime/spawn_failure.ts";
import { assertEquals } from "../support/assert.ts";

const PROGRAM: FileStat = { kind: "file", sizeBytes: 1, inode: 1, modifiedMs: 0, mode: 0o755, uid: 0 };
const streams = { stdin: "null", stdout: "null", stderr: "null" } as const;
const command: SpawnCommand = { program: "/bin/tool", args: [], newSession: false, ...streams };

function filesWith(entries: Record<string, FileStat>, text = ""): Files {
  return { stat: (path: string) => entries[path], readText: () => text } as unknown as Files;
}

function explain(code: string | undefined, files: Files, rest: Partial<SpawnCommand> = {}): string {
  const error = code === undefined ? undefined : Object.assign(new Error("the host's words"), { code });
  const failure = spawnFailure({ ...command, ...rest }, { files, ownPath: "/usr/bin:/bin", error });
  return `${failure.reason}: ${failure.message}`;
}

Deno.test("spawnFailure() names the limit, when the host ran into one", () => {
  const files = filesWith({ "/bin/tool": PROGRAM });
  for (
    const [code, words] of [
      ["EAGAIN", "the limit of processes is reached; end some or raise it (ulimit -u)"],
      ["ENOMEM", "there is not enough memory; end other programs"],
      ["EMFILE", "the limit of open files is reached; raise it (ulimit -n)"],
    ] as const
  ) assertEquals(explain(code, files), `exhausted: Cannot start the command "/bin/tool": ${words}`);
});

Deno.test("spawnFailure() names the loader, when program and interpreter are there but the host finds something missing", () => {
  assertEquals(
    explain("ENOENT", filesWith({ "/bin/tool": PROGRAM })),
    'not-found: Cannot start the command "/bin/tool": the loader that it asks for does not exist on this system',
  );
});

Deno.test("spawnFailure() says what can be, when the host does not tell and the program is there", () => {
  assertEquals(
    explain(undefined, filesWith({ "/bin/tool": PROGRAM })),
    'other: Cannot start the command "/bin/tool": its loader is missing, or the limit of processes or open files ' +
      "is reached (ulimit -a)",
  );
});

Deno.test("spawnFailure() takes the program that may be executed, when an earlier one in PATH may not", () => {
  const files = filesWith({ "/usr/bin/tool": { ...PROGRAM, mode: 0o644 }, "/bin/tool": PROGRAM });
  assertEquals(
    explain("EACCES", files, { program: "tool" }),
    'not-executable: Cannot start the command "tool": permission denied',
  );
});

Deno.test("spawnFailure() keeps control characters out of the sentence", () => {
  assertEquals(
    explain("ENOENT", filesWith({}), { program: "a\n\x1b[31m" }),
    'not-found: Cannot start the command "a\\n\\u001b[31m": there is no such program in PATH',
  );
});
