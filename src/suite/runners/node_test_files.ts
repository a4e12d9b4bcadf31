/** `node --test` without a file or glob behind it: it looks for its tests itself. */
const BARE = /\bnode(?:\s+-[^\s;&|]+)*\s+--test(?:\s+-[^\s;&|]+)*\s*(?:$|[;&|])/m;
/** What it takes beyond what is called like a test everywhere. */
const TAKEN = /(?:^|\/)(?:test\/(?:.*\/)?[^/]+|test-[^/]+)\.[cm]?[jt]s$/s;

/**
 * Whether a command line leaves it to `node --test` to find the tests.
 *
 * @param script commands of a `package.json`
 */
export function callsBareNodeTest(script: string): boolean {
  return BARE.test(script);
}

/**
 * Whether `node --test` takes a file for a test that others would not: whatever lies below a folder called `test`, and
 * what is called `test-*`.
 *
 * @param path with forward slashes, relative to the folder of the `package.json`
 */
export function isNodeTestFile(path: string): boolean {
  return TAKEN.test(path) && !/\.d\.[cm]?ts$/.test(path);
}
