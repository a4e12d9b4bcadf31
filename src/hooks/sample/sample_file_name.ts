/** Bytes of the test's name that are kept: what is added stays well below the 255 that file systems allow. */
const NAME_LIMIT_BYTES = 150;
/** Cc, Cf (right-to-left overrides, zero width), line separators, lone surrogates, and what Windows refuses in a name. */
const UNSAFE_CHARACTER = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>:"|?*]/gu;
/** A leading dot hides the file, a leading dash or tilde is an option or a home folder to the reader's shell. */
const UNSAFE_START = /^[.\-~ ]+/;
/** Windows takes these for devices whatever follows the first dot. */
const RESERVED_STEM = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=$|\.|\s)/i;

/**
 * The file name of a sample without its `.sample`: the base name of the test file and the pid. The result is one path
 * component, whatever the name is.
 *
 * @param testFile file or name of the test, from whoever wrote the test
 * @param pid the sampled process
 * @returns such as `orders_test.ts-1234`
 * @example Name a sample
 * ```ts
 * import { sampleFileName } from "./sample_file_name.ts";
 *
 * if (sampleFileName("../../etc/orders_test.ts", 12) !== "orders_test.ts-12") throw new Error("unexpected");
 * ```
 */
export function sampleFileName(testFile: string, pid: number): string {
  const base = testFile.split(/[/\\]+/).filter((part) => part !== "").at(-1) ?? "";
  const safe = base
    .replace(UNSAFE_CHARACTER, "_")
    .replace(UNSAFE_START, (start) => "_".repeat(start.length))
    .replace(RESERVED_STEM, "_$&");
  return `${shorten(safe) || "process"}-${pid}`;
}

/** Cuts between code points, so that the name stays valid UTF-8. */
function shorten(name: string): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let end = 0;
  for (const character of name) {
    bytes += encoder.encode(character).length;
    if (bytes > NAME_LIMIT_BYTES) break;
    end += character.length;
  }
  return name.slice(0, end);
}
