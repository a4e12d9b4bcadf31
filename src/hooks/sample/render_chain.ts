import type { ChainLink } from "../../sample_document.ts";
import { wrapText } from "./wrap_text.ts";

/** Deeper levels are drawn at this one, so that a long chain keeps room for its words. */
const MAX_DEPTH = 12;

/**
 * Draws who waits for whom, one process below the one that waits for it; a last link that leads back says so.
 *
 * @param chain from the started process to the one to blame
 * @param width columns
 * @param indent before each line
 * @returns lines
 */
export function renderChain(chain: readonly ChainLink[], width: number, indent: string): string[] {
  const lines = chain.map((link, depth) => {
    const branch = depth === 0 ? "" : `${"   ".repeat(Math.min(depth, MAX_DEPTH) - 1)}└─ `;
    return wrapText(`${link.program} (pid ${link.pid}) ${link.waits}`, width, indent + branch);
  });
  const back = chain.at(-1)?.onPid;
  const met = chain.find((link) => link.pid === back);
  if (met !== undefined) {
    lines.push(
      `${indent}${
        "   ".repeat(Math.min(chain.length, MAX_DEPTH) - 1)
      }└─ … and so back to ${met.program} (pid ${met.pid})`,
    );
  }
  return lines;
}
