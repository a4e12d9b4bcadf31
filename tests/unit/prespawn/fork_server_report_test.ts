import { parseForkServerReport } from "../../../src/prespawn/fork_server_report.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("parseForkServerReport() reads each report", () => {
  assertEquals(parseForkServerReport('{"ready":true}'), { kind: "ready" });
  assertEquals(parseForkServerReport('{"refused":"threads"}'), { kind: "refused", reason: "threads" });
  assertEquals(parseForkServerReport('{"forked":3,"pid":70}'), { kind: "forked", id: 3, pid: 70 });
  assertEquals(parseForkServerReport('{"failed":3,"reason":"full"}'), {
    kind: "failed",
    id: 3,
    reason: "full",
  });
  assertEquals(parseForkServerReport('{"exited":3,"code":0}'), {
    kind: "exited",
    id: 3,
    exit: { kind: "exited", code: 0 },
  });
  assertEquals(parseForkServerReport('{"exited":3,"signal":11}'), {
    kind: "exited",
    id: 3,
    exit: { kind: "signalled", signal: "SIGSEGV" },
  });
});

Deno.test("parseForkServerReport() returns undefined for nonsense, and for pids that no test has", () => {
  const lines = ["", "x", "null", "[]", "3", '{"ready":1}', '{"exited":3}', '{"exited":"3","code":0}'];
  const pids = ["0", "1", "-1", "1.5", '"70"'].map((pid) => `{"forked":3,"pid":${pid}}`);
  for (const line of [...lines, ...pids]) assertEquals(parseForkServerReport(line), undefined);
});
