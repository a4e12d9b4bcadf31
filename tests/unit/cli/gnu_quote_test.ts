import { gnuQuote, isUtf8Locale } from "../../../src/cli/gnu_quote.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("gnuQuote() uses ASCII quotes in the C locale and escapes all that is not printable ASCII", () => {
  assertEquals(gnuQuote("a'bé\\c\t\x01", false), String.raw`'a\'b\303\251\\c\t\001'`);
});

Deno.test("gnuQuote() uses curved quotes in UTF-8 locales and leaves letters alone", () => {
  assertEquals(gnuQuote("we'ird é\n\u2019", true), "\u2018we'ird é\\n\\\u2019\u2019");
});

Deno.test("isUtf8Locale() follows LC_ALL, LC_CTYPE and LANG, the first that is set and not empty", () => {
  const check = (environment: Record<string, string>): boolean => isUtf8Locale((name) => environment[name]);
  assertEquals(check({}), false);
  assertEquals(check({ LANG: "de_DE.UTF-8" }), true);
  assertEquals(check({ LANG: "de_DE.UTF-8", LC_ALL: "C" }), false);
  assertEquals(check({ LANG: "C", LC_ALL: "", LC_CTYPE: "C.utf8" }), true);
});
