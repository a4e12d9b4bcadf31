/** The standard library's path functions, typed once here: the npm package ships plain JavaScript. */
// @ts-types="./path.d.ts"
export { basename, dirname, isAbsolute, join, relative, resolve, toFileUrl } from "@std/path/mod.js";
