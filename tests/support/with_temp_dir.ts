/**
 * Runs a test with a directory of its own, which is removed afterwards.
 *
 * @param test gets the absolute, canonical path
 */
export async function withTempDir(test: (directory: string) => Promise<void> | void): Promise<void> {
  const directory = await Deno.realPath(await Deno.makeTempDir({ prefix: "prekill-test-" }));
  try {
    await test(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
