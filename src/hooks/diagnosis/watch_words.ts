const PATHS_TOLD = 3;

/**
 * Says what a program watches, as the rest of a sentence.
 *
 * @param paths what it watches, as far as that is known
 * @param isByLooks whether it looks every so often, where inotify does not work
 */
export function describeWatch(paths: readonly string[], isByLooks = false): string {
  if (isByLooks) {
    const which = paths.length === 0 ? "its input" : paths.slice(0, PATHS_TOLD).join(", ");
    return `follows ${which} as it grows and never ends by itself`;
  }
  const named = paths.filter((path) => path.startsWith("/"));
  const which = named.length === 0 ? "files" : named.slice(0, PATHS_TOLD).join(", ");
  return `watches ${which} for changes (inotify) and never ends by itself`;
}
