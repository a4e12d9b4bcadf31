import { callsBareNodeTest } from "./node_test_files.ts";
import type { PackageFacts } from "./project.ts";
import { testScript } from "./test_script.ts";

type Framework = NonNullable<PackageFacts["framework"]>;

/** What the `test` script of a package calls; the first that fits. */
const IN_SCRIPT: readonly (readonly [RegExp, Framework])[] = [
  [/\bvitest\b/, "vitest"],
  [/\bjest\b/, "jest"],
  [/\bbun\s+test\b/, "bun-test"],
  [/\bdeno\s+test\b/, "deno-test"],
  [/\bnode\b.*\s--test\b/s, "node-test"],
];

/**
 * What a `package.json` and the names beside it say about running its tests.
 *
 * @param text what the file holds
 * @param names of the files beside it
 * @param isBun whether a lockfile of Bun is there or above
 * @returns what matters; of a damaged file, what its neighbours tell
 */
export function readPackage(text: string, names: ReadonlySet<string>, isBun: boolean): PackageFacts {
  const json = parse(text);
  const dependencies = new Set(
    ["dependencies", "devDependencies", "peerDependencies"].flatMap((field) =>
      Object.keys(objectIn(json, field))
    ),
  );
  const script = testScript(objectIn(json, "scripts"));
  const called = IN_SCRIPT.find(([expression]) => expression.test(script))?.[1];
  const configured = (["vitest", "jest"] as const).find((name) =>
    dependencies.has(name) || [...CONFIG_ENDINGS].some((ending) => names.has(`${name}.config.${ending}`))
  );
  return {
    framework: called ?? configured,
    isBun,
    hasTsx: dependencies.has("tsx"),
    hasNodeFindTests: called === "node-test" && callsBareNodeTest(script),
  };
}

const CONFIG_ENDINGS = ["ts", "js", "mts", "mjs", "cts", "cjs", "json"];

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectIn(json: unknown, field: string): Record<string, unknown> {
  const value = typeof json === "object" && json !== null
    ? (json as Record<string, unknown>)[field]
    : undefined;
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}
