/**
 * The path of a request without what follows the question mark: keys and tokens stand there.
 *
 * @param path such as `/orders?key=1`
 * @returns such as `/orders?…`
 */
export function withoutQuery(path: string): string {
  const at = path.indexOf("?");
  return at < 0 ? path : `${path.slice(0, at)}?…`;
}
