/** What a Node needs to run a file; or why it cannot. */
export type NodeFlags = { readonly flags: readonly string[] } | { readonly problem: string };

/**
 * The options with which Node runs a file. TypeScript it takes by itself from 22.18 and 23.6 on, and with an option from
 * 22.6 on; with `tsx` among the dependencies of the package any Node does.
 *
 * @param fileName with its ending
 * @param version of the Node, such as `20.19.0`; undefined when there is none, which the start will tell
 * @param hasTsx whether the package has `tsx`
 * @returns the options, or the rest of a sentence
 */
export function nodeFlags(fileName: string, version: string | undefined, hasTsx: boolean): NodeFlags {
  const needs = typeScriptKind(fileName);
  if (needs === undefined) return { flags: [] };
  if (hasTsx) return { flags: ["--import", "tsx"] };
  if (needs === "jsx") {
    return { problem: "Node takes no JSX; add tsx to the package, or name a runner with --runner" };
  }
  const [major = 99, minor = 0] = version?.split(".").map(Number) ?? [];
  const isAtLeast = (wantedMajor: number, wantedMinor: number): boolean =>
    major > wantedMajor || major === wantedMajor && minor >= wantedMinor;
  if (!isAtLeast(22, 6)) {
    return {
      problem:
        `Node ${version} takes no TypeScript; use 22.18 or later, add tsx to the package, or name a runner with --runner`,
    };
  }
  const isBuiltIn = isAtLeast(23, 6) || major === 22 && minor >= 18;
  return { flags: isBuiltIn ? [] : ["--experimental-strip-types"] };
}

/** Whether Node has to be asked for its version to run such a file. */
export function needsNodeVersion(fileName: string, hasTsx: boolean): boolean {
  return !hasTsx && typeScriptKind(fileName) === "types";
}

function typeScriptKind(fileName: string): "types" | "jsx" | undefined {
  if (/\.[cm]?ts$/.test(fileName)) return "types";
  return /\.[jt]sx$/.test(fileName) ? "jsx" : undefined;
}
