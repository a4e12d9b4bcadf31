/** The built-in pre-kill hook of Linux. */
import { HostError } from "../errors.ts";
import { collectFacts } from "./collectors/collect_facts.ts";
import type { CollectOptions } from "./collectors/collect_options.ts";
import { createGoStackSource } from "./collectors/go/go_stack_source.ts";
import { createJavaStackSource } from "./collectors/java/java_stack_source.ts";
import { createJavaScriptStackSource } from "./collectors/javascript/javascript_stack_source.ts";
import { readEnvironment } from "./collectors/read_environment.ts";
import { createNativeStackSource } from "./collectors/native/native_stack_source.ts";
import { createPythonStackSource } from "./collectors/python/python_stack_source.ts";
import { createPreKill } from "./create_pre_kill.ts";
import type { Facts } from "./facts.ts";
import type { DoPreKill } from "./hook.ts";

/**
 * Looks at a tree through `/proc`, into the memory of Python and Go processes, and with whatever tools for native stacks there
 * are.
 *
 * @param options the tree and the time
 * @returns what was seen
 * @throws {HostError} when there is no `/proc`, or nothing of it may be read
 */
export async function collect(options: CollectOptions): Promise<Facts> {
  const { runtime, rootPid } = options;
  if (runtime.files.readText("/proc/self/stat") === undefined) {
    throw new HostError(
      "Cannot look into processes: /proc cannot be read; mount it, or give more permissions",
    );
  }
  // Read first: the process may be gone afterwards.
  const environment = options.environment ? readEnvironment(runtime.files, rootPid) : undefined;
  const python = createPythonStackSource(runtime, options);
  const java = createJavaStackSource(runtime, options);
  const isJavaRead = (pid: number): boolean => java.languages?.().has(pid) === true;
  // First those that only read, for they stop nothing and are done before a debugger does.
  const readers = [python, createGoStackSource(runtime)];
  const facts = await collectFacts(
    options,
    options.readOnly === true ? readers : [
      ...readers,
      java,
      createNativeStackSource(runtime, {
        os: "linux",
        isLanguageRead: (pid) => python.hasRead(pid) || isJavaRead(pid),
        willBeKilled: options.willBeKilled,
      }),
      createJavaScriptStackSource(runtime),
    ],
  );
  return environment === undefined ? facts : { ...facts, environment };
}

/** Samples, diagnoses and describes the tree. */
export const doPreKill: DoPreKill = createPreKill(collect);
