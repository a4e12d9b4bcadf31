/** Where the bundler finds the packages that it includes: it does not read the import map. */
export const BUNDLED_PACKAGES: Readonly<Record<string, string>> = {
  "@std/path": new URL(".", import.meta.resolve("@std/path/mod.js")).pathname,
  "@jridgewell/sourcemap-codec":
    new URL("dist/sourcemap-codec.mjs", import.meta.resolve("@jridgewell/sourcemap-codec/package.json"))
      .pathname,
  "jsonc-parser": new URL("lib/esm/main.js", import.meta.resolve("jsonc-parser/package.json")).pathname,
};
