import type { Segment } from "../../../std/sourcemap_codec.ts";
import { asObject, type Json } from "./as_object.ts";

/** What a place in a generated script was generated from. */
export interface SourcePlace {
  /** As the map names it, not yet resolved. */
  readonly source: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The name that stands there in the original, where the map tells it. */
  readonly name?: string | undefined;
  /** The original text, where the map carries it. */
  readonly content?: string | undefined;
}

/** Looks up a place of the generated script; lines and columns from 1. */
export type SourceMap = (line: number, column: number) => SourcePlace | undefined;

type Decode = (mappings: string) => readonly (readonly Segment[])[];

const MAX_SECTIONS = 200;
const MAX_NAME = 500;

/**
 * Reads a source map, plain or in sections (ECMA-426).
 *
 * @param text JSON, which may be anything
 * @param decode reads its mappings
 * @returns undefined when it is none
 */
export function parseSourceMap(text: string, decode: Decode): SourceMap | undefined {
  try {
    // A line may stand before it that keeps it from being run as a script.
    const map = asObject(JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, "")));
    return map === undefined ? undefined : readMap(map, decode);
  } catch {
    return undefined;
  }
}

function readMap(map: Json, decode: Decode): SourceMap | undefined {
  return Array.isArray(map["sections"]) ? readSections(map["sections"], decode) : readPlain(map, decode);
}

function readSections(sections: readonly unknown[], decode: Decode): SourceMap {
  const parts = sections.slice(0, MAX_SECTIONS).flatMap((section) => {
    const { offset, map } = asObject(section) ?? {};
    const { line, column } = asObject(offset) ?? {};
    const inner = asObject(map);
    // Sections within sections do not exist.
    const look = inner === undefined ? undefined : readPlain(inner, decode);
    if (typeof line !== "number" || typeof column !== "number" || look === undefined) return [];
    return [{ line, column, look }];
  });
  return (line, column) => {
    const part = parts.findLast((part) =>
      part.line < line - 1 || (part.line === line - 1 && part.column <= column - 1)
    );
    if (part === undefined) return undefined;
    return part.look(line - part.line, line - 1 === part.line ? column - part.column : column);
  };
}

function readPlain(map: Json, decode: Decode): SourceMap | undefined {
  const { mappings, sources, names, sourcesContent, sourceRoot } = map;
  if (typeof mappings !== "string" || !Array.isArray(sources)) return undefined;
  const root = typeof sourceRoot === "string" && sourceRoot !== "" ? `${sourceRoot.replace(/\/$/, "")}/` : "";
  const textAt = (list: unknown, index: number | undefined): string | undefined => {
    const value: unknown = Array.isArray(list) && index !== undefined ? list[index] : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const lines = decode(mappings);
  return (line, column) => {
    const segment = lines[line - 1]?.findLast(([start]) => start <= column - 1);
    if (segment === undefined || segment.length === 1) return undefined;
    const [, at, sourceLine, sourceColumn, name] = segment;
    const source = textAt(sources, at);
    if (source === undefined) return undefined;
    return {
      source: root + source,
      line: sourceLine + 1,
      column: sourceColumn + 1,
      name: textAt(names, name)?.slice(0, MAX_NAME),
      content: textAt(sourcesContent, at),
    };
  };
}
