/** Errors that the caller or the host is to blame for. A child's bad end is an `Outcome`, never an exception. */

/** prekill was called wrongly: one sentence that says what is wrong and what to do. */
export class UsageError extends Error {
  /** Tells this error from others, also across copies of the module. */
  override readonly name = "UsageError";
}

/** The host refused something that prekill needs: one sentence that says what and what to do. */
export class HostError extends Error {
  /** Tells this error from others, also across copies of the module. */
  override readonly name = "HostError";
}

/**
 * The text of anything that was thrown, on one line.
 *
 * @param error what a `catch` caught: an `Error` or any other value
 * @returns the message, without line breaks
 */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s*\n\s*/g, " ");
}
