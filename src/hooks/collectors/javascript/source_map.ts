import type { Segment } from "../../../std/sourcemap_codec.ts";
import { asObject, type Json } from "../as_object.ts";

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

/** Of one generated script; lines and columns from 1. */
export interface SourceMap {
  /** What stood in the source at a place of the script. */
  placeOf(line: number, column: number): SourcePlace | undefined;
  /** What the map tells of the columns of a line of the script between two, with both. */
  placesIn(line: number, first: number, last: number): readonly MappedPlace[];
}

/** A column of the script, from 1, and what stood there in the source. */
export interface MappedPlace {
  readonly at: number;
  readonly place: SourcePlace;
}

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
  return {
    placeOf(line, column) {
      const part = parts.findLast((part) =>
        part.line < line - 1 || (part.line === line - 1 && part.column <= column - 1)
      );
      if (part === undefined) return undefined;
      return part.look.placeOf(line - part.line, line - 1 === part.line ? column - part.column : column);
    },
    placesIn: (line, first, last) =>
      parts.filter((part) => part.line <= line - 1).flatMap((part) => {
        const offset = part.line === line - 1 ? part.column : 0;
        return part.look.placesIn(line - part.line, first - offset, last - offset)
          .map(({ at, place }) => ({ at: at + offset, place }));
      }),
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
  const read = (segment: Segment | undefined): SourcePlace | undefined => {
    if (segment === undefined || segment.length === 1) return undefined;
    const [, at, line, column, name] = segment;
    const source = textAt(sources, at);
    if (source === undefined) return undefined;
    return {
      source: root + source,
      line: line + 1,
      column: column + 1,
      name: textAt(names, name)?.slice(0, MAX_NAME),
      content: textAt(sourcesContent, at),
    };
  };
  return {
    placeOf: (line, column) => read(lines[line - 1]?.findLast(([start]) => start <= column - 1)),
    placesIn: (line, first, last) =>
      (lines[line - 1] ?? []).filter(([start]) => start >= first - 1 && start <= last - 1).flatMap(
        (segment) => {
          const place = read(segment);
          return place === undefined ? [] : [{ at: segment[0] + 1, place }];
        },
      ),
  };
}
