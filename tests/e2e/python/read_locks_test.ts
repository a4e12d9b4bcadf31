import type { LanguageThread } from "../../../src/hooks/language_facts.ts";
import { readPythonStacks } from "../../../src/hooks/collectors/python/read_python_stacks.ts";
import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";
import { installedPythons } from "../../support/pythons.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withPythonProgram } from "../../support/with_python_program.ts";

/** What `waiting_threads.py` prints of one of its threads. */
interface OwnFacts {
  readonly name: string;
  /** Kind, type and name. */
  readonly wait: readonly [string, string, string] | null;
  readonly owners: readonly number[];
  /** Type, name, and whether it is certain. */
  readonly holds: readonly (readonly [string, string, boolean])[];
  /** How long it waits at most, in seconds. */
  readonly timeoutMs: number | null;
}

/** Enough on a loaded machine. */
const BUDGET_MS = 2000;
const isX86Linux = host.os === "linux" && host.arch === "x86_64";

function asOwn(name: string, thread: LanguageThread | undefined): OwnFacts {
  const { wait, holds = [] } = thread ?? {};
  return {
    name,
    wait: wait === undefined ? null : [wait.kind, wait.on?.type ?? "", wait.on?.name ?? ""],
    owners: [...wait?.ownerTids ?? []].sort((a, b) => a - b),
    holds: holds.map((lock) => [lock.type, lock.name ?? "", lock.isCertain]),
    // What is left of it, from one loop of the queue to the next.
    timeoutMs: wait?.timeoutMs === undefined ? null : Math.ceil(wait.timeoutMs / 1000),
  };
}

for (const { path, version } of installedPythons()) {
  const [major, minor] = version;
  if (major !== 3 || minor < 8 || minor > 14) continue;
  Deno.test({
    name: `readPythonStacks() tells who waits for which lock, and who has it, in Python ${
      version.join(".")
    } (${path})`,
    ignore: !isX86Linux,
    fn: () =>
      withPythonProgram(path, ["waiting_threads.py"], async ({ pid, line }) => {
        const own = JSON.parse(line) as Readonly<Record<string, OwnFacts>>;
        let seen: Readonly<Record<string, OwnFacts>> = {};
        await waitUntil("every thread waits", () => {
          const reading = readPythonStacks(host.files, pid, BUDGET_MS);
          if (reading.kind !== "read") return false;
          seen = Object.fromEntries(
            Object.entries(own).map(([tid, { name }]) =>
              [tid, asOwn(name, reading.locks.get(Number(tid)))] as const
            ),
          );
          return Object.values(seen).every(({ wait, holds }) => wait !== null || holds.length > 0);
        }).catch(() => {});
        assertEquals<unknown>(seen, own);
      }),
  });
}
