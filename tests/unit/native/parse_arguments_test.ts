import { parseArguments } from "../../../src/hooks/collectors/native/parse_arguments.ts";
import { assert, assertEquals } from "../../support/assert.ts";

Deno.test("parseArguments() keeps numbers and pointers, and leaves out text, structures and what was optimised away", () => {
  assertEquals(parseArguments("take (count=3, m=..., p=0x55) at a.c:5"), "count=3, p=0x55");
  assertEquals(
    parseArguments('log (level=-1, name=0x55 "secret, (not)", n=<optimized out>) at a.c:5'),
    "level=-1, name=0x55",
  );
  assertEquals(parseArguments("fold (n=n@entry=1000000, c=97 'a') at spin.c:5"), "n=1000000, c=97 'a'");
});

Deno.test("parseArguments() is not misled by parentheses, when they belong to names or types", () => {
  assertEquals(
    parseArguments("std::function<int ()>::operator()() const (this=0x7f) at x.cc:591"),
    "this=0x7f",
  );
  assertEquals(
    parseArguments("run(void (*)(int)) (cb=0x40 <handler(int)>) at a.cc:3"),
    "cb=0x40 <handler(int)>",
  );
  assertEquals(parseArguments("read () from /lib/libc.so.6"), undefined);
  assertEquals(parseArguments("<signal handler called>"), undefined);
});

Deno.test("parseArguments() stays short, when there are many or long values", () => {
  const text = `f (${Array.from({ length: 300 }, (_, index) => `a${index}=${index}`).join(", ")}) at a.c:1`;
  assert((parseArguments(text) ?? "").length <= 120);
  assertEquals(parseArguments("f (a=" + "1".repeat(5000)), undefined);
});
