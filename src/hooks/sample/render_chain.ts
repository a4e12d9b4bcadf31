import type { ChainLink } from "../../sample_document.ts";
import { wrapText } from "./wrap_text.ts";

/** Deeper levels are drawn at this one, so that a long chain keeps room for its words. */
const MAX_DEPTH = 8;
const LINKS_AT_START = 4;
const LINKS_AT_END = 4;

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
    if (isLeftOut(chain.length, depth)) {
      return depth === LINKS_AT_START
        ? `${indent}   … ${chain.length - LINKS_AT_START - LINKS_AT_END} more …`
        : "";
    }
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
  return lines.filter((line) => line !== "");
}

/** The middle of a chain that is too long for a screen. */
function isLeftOut(length: number, depth: number): boolean {
  return length > LINKS_AT_START + LINKS_AT_END + 1 && depth >= LINKS_AT_START &&
    depth < length - LINKS_AT_END;
}
