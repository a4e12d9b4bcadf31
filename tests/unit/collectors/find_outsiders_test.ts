import { findOutsiders } from "../../../src/hooks/collectors/kernel/find_outsiders.ts";
import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";
import { pipe, process } from "../../support/facts_builder.ts";

Deno.test({
  name: "findOutsiders() calls prekill itself by that name, when it is at the other end of a pipe",
  ignore: host.os !== "linux",
  fn() {
    const found = findOutsiders(host, [process(1_000_000_100, { fds: [pipe(1, "write", 1, [host.pid])] })]);
    assertEquals(found.map(({ pid, command }) => [pid, command]), [[host.pid, ["prekill"]]]);
  },
});
