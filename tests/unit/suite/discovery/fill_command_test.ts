import { fillCommand } from "../../../../src/suite/discovery/fill_command.ts";
import { assertEquals } from "../../../support/assert.ts";

Deno.test("fillCommand() puts the file, its name and the file without its ending in", () => {
  assertEquals(fillCommand(["x", "{}", "{/}", "a={.}.log"], "d.d/t.test.ts").slice(1), [
    "d.d/t.test.ts",
    "t.test.ts",
    "a=d.d/t.test.log",
  ]);
  assertEquals(fillCommand(["{}"], "d.d/t").join(), "d.d/t");
  assertEquals(fillCommand(["{.}"], "d.d/t").join(), "d.d/t");
  assertEquals(fillCommand(["{.}"], "d/.rc").join(), "d/.rc");
});

Deno.test("fillCommand() adds the file where nothing stands for it, and leaves other braces alone", () => {
  assertEquals(fillCommand(["sh", "-c", "${x}"], "t").join(" "), "sh -c ${x} t");
});

Deno.test("fillCommand() takes names as they are, also those with placeholders and dashes", () => {
  assertEquals(fillCommand(["x", "{}", "{/}"], "{/} $& \n").slice(1), ["{/} $& \n", "} $& \n"]);
  assertEquals(fillCommand(["x"], "-rf").join(" "), "x ./-rf");
});
