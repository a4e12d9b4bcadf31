/** The standard library's assertions, typed once here: the npm package ships plain JavaScript. */
// @ts-types="./assert.d.ts"
export { assert } from "@std/assert/assert.js";
// @ts-types="./assert.d.ts"
export { assertEquals } from "@std/assert/equals.js";
// @ts-types="./assert.d.ts"
export { assertMatch } from "@std/assert/match.js";
// @ts-types="./assert.d.ts"
export { assertRejects } from "@std/assert/rejects.js";
// @ts-types="./assert.d.ts"
export { assertStringIncludes } from "@std/assert/string_includes.js";
// @ts-types="./assert.d.ts"
export { assertThrows } from "@std/assert/throws.js";
