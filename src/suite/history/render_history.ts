import type { History, TestHistory } from "./history.ts";
import { HISTORY_SCHEMA } from "./parse_history.ts";

/**
 * Writes a `history.json`.
 *
 * @param history what is known
 * @returns the file: a test on each line, by name, so that a history that is kept in a cache changes as little as possible
 */
export function renderHistory({ tests, shards }: History): string {
  const head = `"schema":"${HISTORY_SCHEMA}","tests":${renderTests(tests)}`;
  if (shards === undefined) return `{${head}}\n`;
  const { count, build, parts } = shards;
  const named = build === undefined ? "" : `"build":${JSON.stringify(build)},`;
  const rendered = [...parts].sort(([a], [b]) => a - b).map(([index, part]) =>
    `"${index}":${renderTests(part)}`
  );
  return `{${head},"shards":{"count":${count},${named}"parts":{\n${rendered.join(",\n")}\n}}}\n`;
}

function renderTests(tests: ReadonlyMap<string, TestHistory>): string {
  const sorted = [...tests].sort(([a], [b]) => a < b ? -1 : 1);
  const lines = sorted.map(([testId, entry]) => `${JSON.stringify(testId)}:${JSON.stringify(entry)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n}`;
}
