/**
 * Where a page of Markdown links to.
 *
 * @param page its text
 * @returns what stands in the parentheses, outside of code, with anchors
 */
export function linksOf(page: string): string[] {
  return [...withoutCode(page).matchAll(/\]\(([^()\s]+)\)/g)].map(([, link]) => link!);
}

/**
 * The anchors of the headings of a page, as GitHub makes them.
 *
 * @param page its text
 * @returns without `#`
 */
export function anchorsOf(page: string): string[] {
  return [...withoutBlocks(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
  );
}

function withoutBlocks(page: string): string {
  return page.replaceAll(/^```[^]*?^```$/gm, "");
}

function withoutCode(page: string): string {
  return withoutBlocks(page).replaceAll(/`[^`\n]*`(?!\])/g, "");
}
