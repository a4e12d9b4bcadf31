import type { Files } from "../../../runtime/port.ts";
import { dirname, resolve } from "../../../std/path.ts";
import { filePathOf } from "./file_path_of.ts";
import type { ScriptFrame } from "./call_sites.ts";
import { originalName } from "./original_name.ts";
import { parseSourceMap, type SourceMap } from "./source_map.ts";

/** Finds the source maps of scripts and the lines of sources. Nothing is ever fetched. */
export interface SourceLookup {
  /** The map of a script; undefined when it names none on this machine. */
  mapOf(url: string, mapUrl: string | undefined): Promise<SourceMap | undefined>;
  /** The path of what a map names, beside its script. */
  pathOf(url: string, mapUrl: string | undefined, source: string): string;
  /** What the script itself says its map is; undefined when it is not on this machine. */
  mapUrlOf(url: string): string | undefined;
  /** One line of a file, from 1; undefined when there is none. */
  lineOf(path: string, line: number): string | undefined;
  /** The name that a function has in the source that its script was made of; undefined where the map does not tell. */
  nameOf(frame: ScriptFrame, map: SourceMap): string | undefined;
}

const MAX_SCRIPT_BYTES = 8 * 1024 * 1024;
const MAX_MAP_BYTES = 16 * 1024 * 1024;
const MAX_MAPS = 20;
/** Of all scripts and sources together. */
const MAX_TEXTS_BYTES = 64 * 1024 * 1024;
/** A program may name any file as its source; to read some of these waits for ever, or does something. */
const SYSTEM = /^\/(?:proc|sys|dev)\//;
const MAX_LINE = 2000;
/** Where the comment that names the map stands: in the last lines. */
const COMMENT = /^\/\/[#@]\s*sourceMappingURL=(\S+)\s*$/gm;

/**
 * Makes a lookup that reads each file once.
 *
 * @param files the host's files
 * @returns the lookup, for one look at a tree: it keeps what it has read
 */
export function createSourceLookup(files: Files): SourceLookup {
  const texts = new Map<string, string | undefined>();
  const maps = new Map<string, Promise<SourceMap | undefined>>();
  let leftBytes = MAX_TEXTS_BYTES;
  const readText = (path: string, maxBytes: number): string | undefined => {
    const real = files.realPath(path);
    return real === undefined || SYSTEM.test(real) ? undefined : files.readText(real, maxBytes);
  };
  const read = (path: string): string | undefined => {
    if (!path.startsWith("/")) return undefined;
    if (!texts.has(path) && leftBytes > 0) {
      const text = readText(path, Math.min(MAX_SCRIPT_BYTES, leftBytes));
      leftBytes -= text?.length ?? 0;
      texts.set(path, text);
    }
    return texts.get(path);
  };
  const lineOf = (path: string, line: number): string | undefined => read(path)?.split("\n", line)[line - 1];
  const loadMap = async (url: string, mapUrl: string): Promise<SourceMap | undefined> => {
    const text = mapUrl.startsWith("data:")
      ? decodeDataUrl(mapUrl)
      : readText(besides(filePathOf(url), mapUrl), MAX_MAP_BYTES);
    if (text === undefined) return undefined;
    // Few programs have maps: the decoder is loaded for those that do.
    const { decode } = await import("../../../std/sourcemap_codec.ts");
    return parseSourceMap(text, decode);
  };
  return {
    mapOf(url, mapUrl) {
      if (mapUrl === undefined || mapUrl.length > MAX_MAP_BYTES) return Promise.resolve(undefined);
      const known = maps.get(url);
      if (known !== undefined) return known;
      if (maps.size >= MAX_MAPS) return Promise.resolve(undefined);
      const loading = loadMap(url, mapUrl).catch(() => undefined);
      maps.set(url, loading);
      return loading;
    },
    pathOf(url, mapUrl, source) {
      const map = mapUrl === undefined || mapUrl.startsWith("data:")
        ? filePathOf(url)
        : besides(filePathOf(url), mapUrl);
      return besides(map, source);
    },
    mapUrlOf: (url) =>
      [...(read(filePathOf(url)) ?? "").slice(-MAX_SCRIPT_BYTES).matchAll(COMMENT)].at(-1)?.[1],
    lineOf: (path, line) => lineOf(path, line)?.slice(0, MAX_LINE),
    nameOf: ({ function: name, url, start }, map) =>
      url === undefined || start === undefined
        ? undefined
        : originalName(name, start, lineOf(filePathOf(url), start.line) ?? "", map),
  };
}

/** What a path or URL means that is named in a file; other URLs than those of files are left as they are. */
function besides(path: string, named: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(named)) return filePathOf(named);
  let plain = named;
  try {
    plain = decodeURIComponent(named);
  } catch {
    // It is meant as it stands.
  }
  return resolve(dirname(path), plain);
}

function decodeDataUrl(url: string): string | undefined {
  const [, isBase64, data] = /^data:[^,]{0,200}?(;base64)?,(.*)$/s.exec(url) ?? [];
  if (data === undefined) return undefined;
  if (isBase64 === undefined) return decodeURIComponent(data);
  return new TextDecoder().decode(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));
}
