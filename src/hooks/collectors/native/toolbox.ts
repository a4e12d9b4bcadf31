import type { Runtime } from "../../../runtime/port.ts";
import { runTool, type ToolResult } from "../../../runtime/run_tool.ts";
import { findTool } from "./find_tool.ts";
import { isStopped, letGo } from "./let_go.ts";

/** How to run tools. */
export interface ToolboxOptions {
  /** Tools that may be used; all when undefined. */
  readonly tools?: readonly string[] | undefined;
  /** Limit for each run; 5000 when undefined. */
  readonly toolTimeoutMs?: number | undefined;
}

/** One run of a tool. */
export interface ToolRun {
  readonly name: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  /** The process that it attaches to, which must not stay stopped when the tool is killed. */
  readonly attachesTo?: number | undefined;
}

/** Finds and runs tools. */
export interface Toolbox {
  has(name: string): boolean;
  /** Never rejects. */
  run(run: ToolRun): Promise<ToolResult>;
}

const DEFAULT_TIMEOUT_MS = 5000;

/**
 * A toolbox over `PATH`. Tools speak English and never ask a server for debug information.
 *
 * @param runtime the host
 * @param options which tools, and how long
 */
export function createToolbox(runtime: Runtime, options: ToolboxOptions): Toolbox {
  const { tools, toolTimeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const paths = new Map<string, string | undefined>();
  const find = (name: string): string | undefined => {
    if (!paths.has(name)) {
      paths.set(name, tools?.includes(name) === false ? undefined : findTool(runtime, name));
    }
    return paths.get(name);
  };
  const env = { ...runtime.environment(), LC_ALL: "C", DEBUGINFOD_URLS: "" };
  return {
    has: (name) => find(name) !== undefined,
    async run({ name, args, signal, attachesTo }): Promise<ToolResult> {
      const wasStopped = attachesTo === undefined || isStopped(runtime.files, attachesTo);
      const result = await runTool(runtime, {
        program: find(name) ?? name,
        args,
        env,
        timeoutMs: toolTimeoutMs,
        signal,
      });
      const wasKilled = result.exit?.kind !== "exited";
      if (attachesTo !== undefined && wasKilled && !wasStopped) await letGo(runtime, attachesTo);
      return result;
    },
  };
}
