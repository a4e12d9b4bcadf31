import { runtime } from "../subject.ts";

/**
 * Gives an action a directory of its own and removes it afterwards.
 *
 * @param action gets the path
 * @returns what the action returns
 */
export async function withTempDirectory<T>(action: (path: string) => T | Promise<T>): Promise<T> {
  const path = runtime.files.makeTempDirectory("prekill-conformance-");
  try {
    return await action(path);
  } finally {
    runtime.files.remove(path, { recursive: true });
  }
}
