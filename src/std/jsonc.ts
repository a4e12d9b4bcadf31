/** Reads JSON with comments, with the place of each value. */
export { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
