import type { Diagnosis } from "../../sample_document.ts";
import { wrapText } from "./wrap_text.ts";

/** 100 columns with the name of the command that prints it, such as `prekill: `. */
const WIDTH = 91;
const MAX_LINKS = 8;

/**
 * The diagnosis in a few lines for a terminal: what and who, the chain of programs, what was seen, what to try.
 *
 * @param diagnosis what was found
 * @returns lines joined by line breaks, without one at the end
 */
export function renderVerdict(diagnosis: Diagnosis): string {
  const { cause, confidence, summary, chain, evidence, advice } = diagnosis;
  const lines = [wrapText(`${cause} (${confidence}): ${summary}`, WIDTH)];
  if (chain.length > 1) {
    const links = chain.map((link) => `${link.program} (${link.pid})`);
    const shown = links.length <= MAX_LINKS ? links : [...links.slice(0, 3), "…", ...links.slice(-3)];
    lines.push(wrapText(shown.join(" → "), WIDTH, "  chain: "));
  }
  const seen = evidence[0];
  if (seen !== undefined) lines.push(wrapText(seen, WIDTH, "  seen:  "));
  if (advice !== undefined) lines.push(wrapText(advice, WIDTH, "  try:   "));
  return lines.join("\n");
}
