import { GO_LAYOUTS, type GoLayout } from "./go_layout.ts";

/**
 * The layouts that a program can have.
 *
 * @param version as its linker wrote it; undefined when it does not tell
 * @returns one for a version that is known, all for a program that does not tell, none for other versions
 */
export function chooseLayout(version: string | undefined): readonly GoLayout[] {
  if (version === undefined) return [...new Set(GO_LAYOUTS.values())];
  const minor = /^1\.(\d+)/.exec(version)?.[1];
  const layout = minor === undefined ? undefined : GO_LAYOUTS.get(Number(minor));
  return layout === undefined ? [] : [layout];
}
