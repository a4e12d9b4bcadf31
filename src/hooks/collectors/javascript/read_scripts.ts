import { filePathOf } from "./file_path_of.ts";
import type { ProtocolClient } from "./protocol_client.ts";

/** The scripts of a program as they run, which those on disk may not be. */
export interface Scripts {
  /** URLs of source maps by the path of their script; of two scripts at one path the newer counts. */
  readonly maps: ReadonlyMap<string, string>;
  /** URLs of scripts by the engine's id of them. */
  readonly urls: ReadonlyMap<string, string>;
}

const ENABLE_MS = 1000;
const MAX_SCRIPTS = 20_000;
const MAX_URL = 1000;
/** Of all maps together, which may stand in their URLs. */
const MAX_MAPS_LENGTH = 64 * 1024 * 1024;

/**
 * Asks a program for its scripts.
 *
 * @param client its inspector
 */
export async function readScripts(client: ProtocolClient): Promise<Scripts> {
  const maps = new Map<string, string>();
  const urls = new Map<string, string>();
  let leftLength = MAX_MAPS_LENGTH;
  client.onEvent((method, { scriptId, url, sourceMapURL }) => {
    if (method !== "Debugger.scriptParsed" || urls.size >= MAX_SCRIPTS) return;
    if (typeof url !== "string" || url.length > MAX_URL) return;
    urls.set(String(scriptId), url);
    if (typeof sourceMapURL !== "string" || sourceMapURL === "") return;
    leftLength -= sourceMapURL.length;
    if (leftLength >= 0) maps.set(filePathOf(url), sourceMapURL);
  });
  await client.call("Debugger.enable", {}, ENABLE_MS);
  await client.tell("Debugger.disable");
  return { maps, urls };
}
