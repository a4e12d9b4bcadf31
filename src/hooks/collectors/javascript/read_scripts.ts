import { filePathOf } from "./file_path_of.ts";
import type { ProtocolClient } from "./protocol_client.ts";

const ENABLE_MS = 1000;
const MAX_SCRIPTS = 20_000;
const MAX_URL = 1000;

/**
 * Asks a program for the source maps of its scripts as they run, which those on disk may not name.
 *
 * @param client its inspector
 * @returns URLs of source maps by the path of their script; of two scripts at one path the newer counts
 */
export async function readScripts(client: ProtocolClient): Promise<ReadonlyMap<string, string>> {
  const maps = new Map<string, string>();
  client.onEvent((method, { url, sourceMapURL }) => {
    if (method !== "Debugger.scriptParsed" || maps.size >= MAX_SCRIPTS) return;
    if (typeof url !== "string" || url.length > MAX_URL || typeof sourceMapURL !== "string") return;
    if (sourceMapURL !== "") maps.set(filePathOf(url), sourceMapURL);
  });
  await client.call("Debugger.enable", {}, ENABLE_MS);
  await client.tell("Debugger.disable");
  return maps;
}
