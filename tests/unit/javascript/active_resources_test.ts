import { parseActiveResources } from "../../../src/hooks/collectors/javascript/active_resources.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("parseActiveResources() puts what a loop keeps into words", () => {
  const answer = {
    handles: [
      {
        type: "Socket",
        resource: "TCP",
        local: "127.0.0.1:4000",
        remote: "127.0.0.1:5432",
        request: "GET /orders",
      },
      { type: "Server", resource: "TCP", listening: "127.0.0.1:8080" },
      { type: "ChildProcess", resource: "Process", pid: 42, program: "tail" },
      { type: "FSWatcher" },
      { type: "Socket", resource: "Pipe", fd: 0 },
      { type: "WriteStream", resource: "TTY", fd: 1 },
      { type: "Socket", resource: "Pipe" },
      { type: "Socket", resource: "Pipe" },
      { type: "Socket", resource: "TCP", connecting: true },
      {},
    ],
    resources: ["TCPSocketWrap", "PipeWrap", "Timeout", "MessagePort", "FSReqPromise", "ZlibStream"],
    heapUsed: 1000,
  };
  assertEquals(parseActiveResources(JSON.stringify(answer)), {
    descriptions: [
      "a connection from 127.0.0.1:4000 to 127.0.0.1:5432, for the request GET /orders",
      "a server at 127.0.0.1:8080",
      "its child tail (pid 42)",
      "a watch for changes of files",
      "standard input",
      "a pipe (2 times)",
      "a connection that is not open yet",
      "an operation on a file",
      "ZlibStream",
    ],
    hasTimers: true,
    hasMessagePorts: true,
    heapUsedBytes: 1000,
  });
});

Deno.test("parseActiveResources() takes nothing on trust", () => {
  for (const text of ["", "nonsense", "null", "7", '"text"']) {
    assertEquals(parseActiveResources(text), undefined);
  }
  const empty = { descriptions: [], hasTimers: false, hasMessagePorts: false, heapUsedBytes: Infinity };
  assertEquals(parseActiveResources("{}"), empty);
  assertEquals(
    parseActiveResources('{"handles":[null,7,[],{"pid":{}}],"resources":{"0":1},"heapUsed":"1"}'),
    empty,
  );
  const long = JSON.stringify({ handles: [{ type: "x".repeat(10_000) }] });
  assertEquals(parseActiveResources(long)?.descriptions[0]?.length, 200);
  const many = JSON.stringify({ handles: Array.from({ length: 5000 }, (_, at) => ({ type: `T${at}` })) });
  assertEquals(parseActiveResources(many)?.descriptions.length, 40);
});
