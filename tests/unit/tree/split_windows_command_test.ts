import { splitWindowsCommand } from "../../../src/tree/split_windows_command.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("splitWindowsCommand() keeps quoted arguments together, also empty ones", () => {
  assertEquals(splitWindowsCommand('"C:\\Program Files\\node.exe" test.js ""  x'), [
    "C:\\Program Files\\node.exe",
    "test.js",
    "",
    "x",
  ]);
});

Deno.test("splitWindowsCommand() reads backslashes as escapes, before a quote only", () => {
  assertEquals(splitWindowsCommand('a\\\\b d"e f"g h'), ["a\\\\b", "de fg", "h"]);
  assertEquals(splitWindowsCommand('a\\\\\\"b c d'), ['a\\"b', "c", "d"]);
  assertEquals(splitWindowsCommand('a\\\\\\\\"b c" d e'), ["a\\\\b c", "d", "e"]);
  assertEquals(splitWindowsCommand('"say ""hi"""'), ['say "hi"']);
});

Deno.test("splitWindowsCommand() finds no argument, when the line is blank", () => {
  assertEquals(splitWindowsCommand(" \t "), []);
});
