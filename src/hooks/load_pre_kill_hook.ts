import { messageOf, UsageError } from "../errors.ts";
import { host } from "../runtime/host.ts";
import type { Runtime } from "../runtime/port.ts";
import { join, resolve } from "../std/path.ts";
import type { DoPreKill } from "./hook.ts";
import { loadBuiltinHook } from "./load_builtin_hook.ts";

/** In the order in which they are looked for. */
const EXTENSIONS = ["ts", "js", "mjs"];
const EXIT_REFUSED = "it called exit, which would end prekill; let it return instead";

/** The hook of one operating system. */
export interface PreKillHook {
  /** The function itself, with the contract of `DoPreKill`. */
  readonly doPreKill: DoPreKill;
  /** Whether it comes from the user's folder or with prekill. */
  readonly source: "user" | "builtin";
  /** Absolute path of a user's module. */
  readonly path?: string | undefined;
}

/** Where hooks are looked for. */
export interface LoadPreKillHookOptions {
  /** The host that imports the module; that of this program when undefined. */
  readonly runtime?: Runtime | undefined;
  /** A user's folder with modules named after operating systems. */
  readonly hooksDir?: string | undefined;
}

/**
 * Loads the pre-kill hook of an operating system by dynamic import: `<hooksDir>/<os>.{ts,js,mjs}` if there is one,
 * else the built-in one.
 *
 * @param os as `Runtime.os` names it
 * @param options the host and the user's folder
 * @returns the hook; undefined when this operating system has none
 * @throws {UsageError} when the folder cannot be read, or its module cannot be loaded or does not export `doPreKill`
 * @example Load the built-in hook
 * ```ts
 * import { loadPreKillHook } from "./load_pre_kill_hook.ts";
 *
 * const hook = await loadPreKillHook("linux");
 * if (hook?.source !== "builtin") throw new Error("unexpected");
 * ```
 */
export async function loadPreKillHook(
  os: string,
  options: LoadPreKillHookOptions = {},
): Promise<PreKillHook | undefined> {
  const { runtime = host, hooksDir } = options;
  const path = hooksDir === undefined ? undefined : checkHooksDir(runtime, os, hooksDir);
  if (path !== undefined) return await loadModule(runtime, path);
  const builtin = await loadBuiltinHook(os);
  return builtin === undefined ? undefined : { doPreKill: builtin.doPreKill, source: "builtin" };
}

/**
 * Finds the module for an operating system in a user's folder without loading it: cheap enough for the start of a run.
 *
 * @param runtime the host
 * @param os as `Runtime.os` names it
 * @param hooksDir the user's folder, relative to the working directory
 * @returns absolute path of the module; undefined when the folder has none for this system
 * @throws {UsageError} when the folder does not exist, is a file or cannot be read
 */
export function checkHooksDir(runtime: Runtime, os: string, hooksDir: string): string | undefined {
  const directory = resolve(runtime.cwd(), hooksDir);
  const stat = runtime.files.stat(directory);
  if (stat !== undefined && stat.kind !== "directory") {
    throw new UsageError(
      `Cannot use the hooks folder "${hooksDir}": is a file; name a folder that holds ${os}.ts`,
    );
  }
  const names = runtime.files.list(directory);
  if (names === undefined) {
    throw new UsageError(
      `Cannot use the hooks folder "${hooksDir}": ${runtime.files.explainUnreadable(directory)}; ` +
        `name a folder that holds ${os}.ts`,
    );
  }
  const name = EXTENSIONS.map((extension) => `${os}.${extension}`).find((name) => names.includes(name));
  return name === undefined ? undefined : join(directory, name);
}

async function loadModule(runtime: Runtime, path: string): Promise<PreKillHook> {
  let module: Record<string, unknown>;
  const allowExit = runtime.refuseExit(EXIT_REFUSED);
  try {
    module = await runtime.importModule(path);
  } catch (error) {
    throw new UsageError(`Cannot load the pre-kill hook "${path}": ${explainImport(runtime, path, error)}`);
  } finally {
    allowExit();
  }
  const { doPreKill } = module;
  if (typeof doPreKill !== "function") {
    throw new UsageError(
      `Cannot use the pre-kill hook "${path}": it does not export a function doPreKill(processId, context, output)`,
    );
  }
  return { doPreKill: withoutExit(runtime, doPreKill as DoPreKill), source: "user", path };
}

/** A hook that ends prekill would turn a hang into a success. Past its limit, the program around it may end as it likes. */
function withoutExit(runtime: Runtime, doPreKill: DoPreKill): DoPreKill {
  return async (processId, context, output) => {
    const allowExit = runtime.refuseExit(EXIT_REFUSED);
    context.signal.addEventListener("abort", allowExit, { once: true });
    try {
      await doPreKill(processId, context, output);
    } finally {
      context.signal.removeEventListener("abort", allowExit);
      allowExit();
    }
  };
}

function explainImport(runtime: Runtime, path: string, error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (
    path.endsWith(".ts") &&
    (code === "ERR_UNKNOWN_FILE_EXTENSION" || code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX")
  ) {
    return `${runtime.name} ${runtime.version} cannot run its TypeScript; write it as .mjs, or use Deno, Bun or a newer Node`;
  }
  // Deno shows the source below its message, in colours; the first line and the place say enough.
  const text = (error instanceof Error ? error.message : String(error)).replace(/\p{Cc}\[[\d;]*m/gu, "");
  const place = /\bat file:\/\/\S*?([^/\s]+:\d+:\d+)\s*$/.exec(text);
  const what = place === null ? messageOf(error) : `${text.split("\n")[0]} (${place[1]})`;
  return error instanceof SyntaxError && !what.startsWith("SyntaxError") ? `SyntaxError: ${what}` : what;
}
