import type { HookDocument, HookOutput } from "./hook.ts";

/** Characters that a hook may write: what comes after is dropped, and said to be. */
const LIMIT_CHARACTERS = 64 * 1024 * 1024;

/** Keeps what a hook hands over until it is written to files. */
export interface OutputBuffer extends HookOutput {
  text(): string;
  document(): HookDocument | undefined;
  /** Makes later calls of a hook that was left behind go nowhere. */
  close(): void;
}

/**
 * The output that a hook writes to, in memory and of limited size.
 *
 * @param limitCharacters what the text may hold
 * @returns the empty buffer
 */
export function createOutputBuffer(limitCharacters = LIMIT_CHARACTERS): OutputBuffer {
  const parts: string[] = [];
  let length = 0;
  let document: HookDocument | undefined;
  let open = true;
  return {
    write(text) {
      if (!open || length > limitCharacters) return;
      // A hook written in JavaScript may pass anything.
      const part = String(text);
      parts.push(part.slice(0, limitCharacters - length));
      length += part.length;
      if (length > limitCharacters) parts.push("\n[What the hook wrote after this was dropped: too much.]\n");
    },
    setDocument(value) {
      if (open) document = value;
    },
    text: () => parts.join(""),
    document: () => document,
    close() {
      open = false;
    },
  };
}
