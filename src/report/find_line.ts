import { basename } from "../std/path.ts";
import type { ReportedAttempt } from "./run_summary.ts";

const MAX_LINE = 10_000_000;

/**
 * The line of a test's own file that explains how an attempt ended: where it hangs, or else what its output names last.
 *
 * @param file of the test
 * @param attempt that did not pass
 * @returns from 1; undefined when nothing names the file with a line
 */
export function findLine(file: string, { hook, tail = "" }: ReportedAttempt): number | undefined {
  const name = basename(file);
  if (!/\w/.test(name)) return undefined;
  const { summary, evidence = [], chain = [] } = hook?.diagnosis ?? {};
  for (const text of [summary ?? "", ...evidence, ...chain.map(({ waits }) => waits).reverse()]) {
    const line = linesNamed(text, name)[0];
    if (line !== undefined) return line;
  }
  return linesNamed(tail, name).at(-1);
}

/** `name:12` as most programs write a place, `name", line 12` as Python does. */
function linesNamed(text: string, name: string): number[] {
  const lines: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const before = text[at - 1] ?? " ";
    if (/[\w.-]/.test(before)) continue;
    const after = text.slice(at + name.length, at + name.length + 24);
    const found = /^(?::|", line |\()(\d{1,8})/.exec(after);
    const line = Number(found?.[1] ?? 0);
    if (line > 0 && line < MAX_LINE) lines.push(line);
  }
  return lines;
}
