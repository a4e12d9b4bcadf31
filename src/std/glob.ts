/** The standard library's globs over paths with forward slashes, typed once here: the npm package ships plain JavaScript. */
// @ts-types="./glob.d.ts"
export { globToRegExp } from "@std/path/posix/glob_to_regexp.js";
