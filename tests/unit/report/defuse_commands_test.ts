import { defuseCommands } from "../../../src/report/defuse_commands.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("defuseCommands() breaks commands of both forms, and nothing else", () => {
  assertEquals(defuseCommands("a ##[error]b ##[x]\n"), "a ## [error]b ## [x]\n");
  assertEquals(
    defuseCommands("::error::b\n\t ::stop-commands::x\na::b ::c\n"),
    "| ::error::b\n\t | ::stop-commands::x\na::b ::c\n",
  );
  assertEquals(defuseCommands("\n\n::a::b"), "\n\n| ::a::b");
});
