/**
 * The path that a system call means.
 *
 * @param base the directory that relative paths start from; undefined when it is not known
 * @param path as the program gave it
 * @returns an absolute path where that can be told, `.` and `..` resolved as names
 */
export function resolveCallPath(base: string | undefined, path: string): string {
  if (!path.startsWith("/") && base === undefined) return path;
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${base}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
