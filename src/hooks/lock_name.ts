import { visibleText } from "../visible_text.ts";
import type { LanguageLock } from "./language_facts.ts";

const MAX_LENGTH = 120;

/**
 * A lock as people call it: `ledger_lock (threading.Lock)`, or `a threading.Lock (0x7f3a10)` when the program's name for
 * it is not known.
 *
 * @param lock the lock
 * @returns printable text on one line
 */
export function lockName({ id, type, name }: LanguageLock): string {
  const kind = clip(visibleText(type));
  if (name !== undefined && name !== "") return `${clip(visibleText(name))} (${kind})`;
  const article = /^[aeiou]/i.test(kind) ? "an" : "a";
  return id === "" ? `${article} ${kind}` : `${article} ${kind} (${clip(visibleText(id))})`;
}

function clip(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}
