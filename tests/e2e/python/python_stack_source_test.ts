import { createPythonStackSource } from "../../../src/hooks/collectors/python/python_stack_source.ts";
import { sampleProcess } from "../../../src/hooks/sample_process.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Files, Runtime } from "../../../src/runtime/port.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { installedPythons } from "../../support/pythons.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { stateOf, withWaitingProgram } from "../../support/with_waiting_program.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const NEVER = new AbortController().signal;
const ignore = host.os !== "linux" || host.arch !== "x86_64" || !isOnPath("python3");
const SCRIPT = `import queue


def collect(jobs):
    return jobs.get()


collect(queue.Queue())
`;

/** Runs a test beside a Python program that waits for a queue, in a folder of its own. */
function withCollector(test: (pid: number) => Promise<void>): Promise<void> {
  return withTempDir(async (directory) => {
    const path = `${directory}/report.py`;
    Deno.writeTextFileSync(path, SCRIPT);
    const change = `cd '${directory}' && exec python3 '${path}'`;
    await withWaitingProgram(["sh", "-c", change], test);
  });
}

function withFiles(files: Partial<Files>): Runtime {
  return { ...host, files: { ...host.files, ...files } };
}

Deno.test({
  name:
    "takeSnapshot() finds the same stack three times, with files by their path from the working directory",
  ignore,
  fn: () =>
    withCollector(async (pid) => {
      const source = createPythonStackSource(host);
      const targets = [{ pid, command: ["python3"], threadCount: 1, busy: false }];
      for (let look = 0; look < 3; look++) await source.takeSnapshot(targets, NEVER);
      const [stack, ...others] = source.stacks().get(pid) ?? [];
      assertEquals<unknown>([stack?.language, stack?.count, others], ["python", 3, []]);
      assertEquals<unknown>(stack?.frames.slice(-2), [
        { function: "collect", file: "report.py", line: 5 },
        { function: "<module>", file: "report.py", line: 8 },
      ]);
      const [record] = source.records();
      assertEquals([record?.name, record?.pid, record?.status], ["python", pid, "ok"]);
      assert(/^CPython 3\.\d+/.test(record?.detail ?? ""), record?.detail);
      assert(source.hasRead(pid));
      assertEquals(stateOf(pid), "S");
    }),
});

Deno.test({
  name: "sampleProcess() says at which line a Python program hangs, and leaves it as it is",
  ignore,
  fn: () =>
    withCollector(async (pid) => {
      const { diagnosis, collectors } = await sampleProcess(pid, { sampleTimeMs: 100 });
      assertStringIncludes(diagnosis.summary, "at collect (report.py:5)");
      assertEquals(collectors.filter(({ name }) => name === "py-spy"), []);
      assertEquals(stateOf(pid), "S");
    }),
});

Deno.test({
  name: "takeSnapshot() records that the memory of a Python process may not be read",
  ignore,
  fn: () =>
    withCollector(async (pid) => {
      const source = createPythonStackSource(withFiles({ openRead: () => undefined }));
      await source.takeSnapshot([{ pid, command: ["python3"], threadCount: 1, busy: false }], NEVER);
      const [record] = source.records();
      assertEquals(record?.status, "failed");
      assertStringIncludes(record?.detail ?? "", "Python stacks are missing: ");
      assertEquals([source.stacks().size, source.hasRead(pid)], [0, false]);
    }),
});

Deno.test({
  name: "takeSnapshot() looks at nothing once time is up",
  ignore,
  fn: () =>
    withCollector(async (pid) => {
      const source = createPythonStackSource(host);
      const targets = [{ pid, command: ["python3"], threadCount: 1, busy: false }];
      await source.takeSnapshot(targets, AbortSignal.abort());
      assertEquals(source.records(), []);
    }),
});

/** How many bytes a look takes of a frame, or of all frames that lie together, in some version. */
const FRAME_READS = [72, 80, 112, 120, 16 * 1024];

/** A host to which the frames of a process are torn as long as it is not stopped. */
function withTornFrames(pid: number): Runtime {
  return withFiles({
    openRead(path) {
      const handle = host.files.openRead(path);
      return handle && {
        ...handle,
        readAt: (buffer, position) =>
          FRAME_READS.includes(buffer.length) && stateOf(pid) !== "T" ? -1 : handle.readAt(buffer, position),
      };
    },
  });
}

Deno.test({
  name:
    "takeSnapshot() holds a process that cannot be read otherwise, when it is ended afterwards, and no other",
  ignore,
  fn: () =>
    withCollector(async (pid) => {
      const targets = [{ pid, command: ["python3"], threadCount: 1, busy: true }];
      const look = (willBeKilled: boolean): ReturnType<typeof createPythonStackSource> => {
        const source = createPythonStackSource(withTornFrames(pid), { willBeKilled });
        void source.takeSnapshot(targets, NEVER);
        return source;
      };
      // On a machine that is too loaded it does not stop in time.
      await waitUntil("a look held it", () => {
        const source = look(true);
        return source.hasRead(pid) && source.records()[0]!.detail!.includes("it was held for");
      });
      assertEquals(look(false).hasRead(pid), false);
      await waitUntil("the process goes on", () => stateOf(pid) === "S");
    }),
  sanitizeOps: false,
  sanitizeResources: false,
});

Deno.test({
  name: "takeSnapshot() refuses PyPy",
  ignore,
  fn: () =>
    withTempDir(async (directory) => {
      Deno.copyFileSync(host.files.realPath("/bin/sleep")!, `${directory}/pypy3.10`);
      await withWaitingProgram([`${directory}/pypy3.10`, "600"], async (pid) => {
        const source = createPythonStackSource(host);
        await source.takeSnapshot([{ pid, command: ["pypy3.10"], threadCount: 1, busy: false }], NEVER);
        const [record] = source.records();
        assertEquals(record?.status, "failed");
        assertStringIncludes(record?.detail ?? "", "PyPy is not CPython");
        assertEquals(source.hasRead(pid), false);
      });
    }),
});

const unknown = installedPythons().find(({ version: [major, minor] }) => major === 3 && minor < 8);

Deno.test({
  name: "sampleProcess() asks py-spy about a Python whose layout is not known",
  // Needs a Python before 3.8.
  ignore: ignore || unknown === undefined,
  fn: () =>
    withTempDir((directory) =>
      withWaitingProgram([unknown!.path, "-c", "import time; time.sleep(600)"], async (pid) => {
        const frames = [{ name: "crawl", filename: "old.py", line: 3 }];
        const json = JSON.stringify([{ os_thread_id: pid, frames }]);
        Deno.writeTextFileSync(`${directory}/py-spy`, `#!/bin/sh\necho '${json}'\n`, { mode: 0o755 });
        const path = `${directory}:${host.getEnv("PATH")}`;
        const getEnv = (name: string): string | undefined => name === "PATH" ? path : host.getEnv(name);
        const runtime: Runtime = {
          ...host,
          getEnv,
          environment: () => ({ ...host.environment(), PATH: path }),
        };
        const { diagnosis, collectors } = await sampleProcess(pid, { sampleTimeMs: 100, runtime });
        assertStringIncludes(diagnosis.summary, "at crawl (old.py:3)");
        const status = (name: string) => collectors.find((record) => record.name === name)?.status;
        assertEquals([status("python"), status("py-spy")], ["failed", "ok"]);
      })
    ),
});
