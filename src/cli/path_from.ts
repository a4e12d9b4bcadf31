/**
 * The path as people at a folder read it most easily.
 *
 * @param path absolute
 * @param folder absolute
 * @returns the path below the folder, or the path itself
 */
export function pathFrom(path: string, folder: string): string {
  const prefix = folder.endsWith("/") ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}
