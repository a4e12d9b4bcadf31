const MAX_NAME = 300;

/**
 * The path of a script on this machine.
 *
 * @param url as the inspector names it
 * @returns the path for URLs of files; other names as they are, such as `node:fs`
 */
export function filePathOf(url: string): string {
  if (!url.startsWith("file:///")) return url.slice(0, MAX_NAME);
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return url.slice(0, MAX_NAME);
  }
}
