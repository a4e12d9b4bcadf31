import { filePathOf } from "./file_path_of.ts";

/** A place in a script, as V8 tells it; not yet mapped to the source that the script was made of. */
export interface ScriptFrame {
  readonly function: string;
  /** Of the script: `file:///…`, a path, or a name such as `node:fs`; undefined for code that has none. */
  readonly url?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
  /** From 1. */
  readonly column?: number | undefined;
  /** Where its function starts, where that is told. */
  readonly start?: { readonly line: number; readonly column: number } | undefined;
  /** Whether it is suspended at an `await`, rather than on the stack. */
  readonly isAsync: boolean;
}

const MAX_FRAMES = 500;
const MAX_NAME = 300;
const MAX_URL = 1000;

/**
 * Source of `readSites(above)` for programs that are looked at: the call sites below the function `above`, or all, by
 * V8's stack trace API (https://v8.dev/docs/stack-trace-api), with what awaits the present microtask. What the program
 * has set there is put back before anything else runs.
 */
export const READ_SITES = `const readSites = (above) => {
  const names = ["prepareStackTrace", "stackTraceLimit"];
  const before = names.map((name) => Object.getOwnPropertyDescriptor(Error, name));
  try {
    Error.stackTraceLimit = ${MAX_FRAMES};
    Error.prepareStackTrace = (_, sites) => sites.map((site) => [
      site.getFunctionName(), site.getScriptNameOrSourceURL() ?? site.getFileName(), site.getLineNumber(),
      site.getColumnNumber(), site.isAsync?.() === true, site.getPromiseIndex?.(),
      site.getEnclosingLineNumber?.(), site.getEnclosingColumnNumber?.(),
    ]);
    const holder = {};
    Error.captureStackTrace(holder, above);
    return Array.isArray(holder.stack) ? holder.stack : [];
  } finally {
    names.forEach((name, at) => {
      if (before[at] === undefined) delete Error[name];
      else Object.defineProperty(Error, name, before[at]);
    });
  }
};`;

/**
 * Reads what `readSites` returned.
 *
 * @param sites anything that came as JSON
 * @returns the frames, innermost first
 */
export function parseCallSites(sites: unknown): ScriptFrame[] {
  if (!Array.isArray(sites)) return [];
  return sites.slice(0, MAX_FRAMES).filter(Array.isArray).map(parseCallSite);
}

function parseCallSite(site: readonly unknown[]): ScriptFrame {
  const [name, url, line, column, isAsync, promiseIndex, startLine, startColumn] = site;
  const [fromLine, fromColumn] = [positionOf(startLine), positionOf(startColumn)];
  const named = typeof name === "string" && name !== "" ? name.slice(0, MAX_NAME) : "(anonymous)";
  return {
    // `all` of `Promise.all` and its like: one of the promises that it was given.
    function: typeof promiseIndex === "number" ? `Promise.${named} (index ${promiseIndex})` : named,
    url: typeof url === "string" && url !== "" ? url.slice(0, MAX_URL) : undefined,
    line: positionOf(line),
    column: positionOf(column),
    start: fromLine === undefined || fromColumn === undefined
      ? undefined
      : { line: fromLine, column: fromColumn },
    isAsync: isAsync === true,
  };
}

function positionOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/**
 * Whether a frame is the runtime's own code, rather than the program's or its libraries'.
 *
 * @param frame of either kind
 */
export function isRuntimeFrame({ url }: ScriptFrame): boolean {
  return url === undefined || /^(?:node|ext|deno|internal|bun):/.test(filePathOf(url));
}
