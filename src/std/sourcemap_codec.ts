/** The decoder of the mappings of source maps, typed once here: the package's own types are of no use to what is bundled. */
// @ts-types="./sourcemap_codec.d.ts"
export { decode, type Segment } from "@jridgewell/sourcemap-codec";
