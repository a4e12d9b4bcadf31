import type { Files } from "../runtime/port.ts";

/** No sample of prekill comes near to it. */
const MAX_BYTES = 64 * 1024 * 1024;
const TOO_LARGE = { problem: `larger than ${MAX_BYTES / 1024 / 1024} MiB` };

/**
 * Reads a `.sample.json` or `.sample.json.gz` file.
 *
 * @param files the files of this machine
 * @param path the file
 * @returns its text, decompressed; or why it cannot be read, to follow "is"
 */
export async function readSampleText(
  files: Files,
  path: string,
): Promise<string | { readonly problem: string }> {
  // One byte more than is taken tells that there is more.
  const bytes = files.readTail(path, MAX_BYTES + 1);
  if (bytes === undefined) return { problem: `unreadable (${files.explainUnreadable(path)})` };
  if (bytes.length > MAX_BYTES) return TOO_LARGE;
  if (!path.endsWith(".gz")) return new TextDecoder().decode(bytes);
  return await decompress(bytes);
}

async function decompress(bytes: Uint8Array): Promise<string | { readonly problem: string }> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream("gzip"));
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      // A few kilobytes can unpack to anything.
      if (text.length > MAX_BYTES) return TOO_LARGE;
    }
    return text + decoder.decode();
  } catch {
    return { problem: "cut off or not compressed by gzip" };
  }
}
