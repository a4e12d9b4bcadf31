import { HostError } from "../errors.ts";
import { errorWords } from "./error_words.ts";

/**
 * The working directory, also when somebody has removed it: its name is then still what paths were told from.
 *
 * @param ask the host's function, which throws when there is none any more
 * @returns a function that returns its absolute path, and throws {HostError} when it was never known
 */
export function lastKnownCwd(ask: () => string): () => string {
  let known: string | undefined;
  return () => {
    try {
      return known = ask();
    } catch (error) {
      if (known !== undefined) return known;
      throw new HostError(
        `Cannot find the working directory: ${errorWords(error)}; change to another folder first`,
        { cause: error },
      );
    }
  };
}
