/** Reads JSON with comments, also with the place of each value. */
export {
  type Node as JsonNode,
  parse as parseJsonc,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
