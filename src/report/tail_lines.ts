import { shownText } from "./shown_text.ts";

const MAX_LINE_LENGTH = 1000;
/** Colours and other dress of text, which a report has no use for. */
// deno-lint-ignore no-control-regex
const DRESS = /\x1b\[[\d;:]*m/g;

/**
 * The last lines of what a test has printed, for people: without colours, a line that was written over shows its last state,
 * other control characters are made visible.
 *
 * @param tail the end of the output
 * @param maxLines how many lines at most
 * @returns printable lines, without blank ones at both ends
 */
export function tailLines(tail: string | undefined, maxLines: number): string[] {
  const text = (tail ?? "").replaceAll(DRESS, "");
  const lines = text.split("\n").map((line) => shownText(lastState(line), MAX_LINE_LENGTH));
  while (lines.length > 0 && lines.at(-1)!.trim() === "") lines.pop();
  const shown = lines.slice(-maxLines);
  while (shown.length > 0 && shown[0]!.trim() === "") shown.shift();
  return shown;
}

function lastState(line: string): string {
  const states = line.split("\r").filter((state) => state !== "");
  return (states.at(-1) ?? "").replaceAll("\t", "    ");
}
