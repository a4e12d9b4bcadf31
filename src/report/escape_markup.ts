/** What XML 1.0 cannot hold, not even escaped: control characters, halves of surrogate pairs, and two others. */
// deno-lint-ignore no-control-regex
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Escapes text for XML and HTML, for content and for values in quotes; what neither can hold is replaced by U+FFFD.
 *
 * @param text anything
 * @returns text without `<`, `>`, `&` and quotes of its own
 */
export function escapeMarkup(text: string): string {
  return text.toWellFormed().replace(ILLEGAL, "\ufffd").replace(
    /[&<>"']/g,
    (character) => ESCAPES[character]!,
  );
}
