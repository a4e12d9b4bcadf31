import { type Inventory, parseInventory } from "../../../src/hooks/collectors/javascript/parse_inventory.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("parseInventory() puts what a loop keeps into words", () => {
  const answer = {
    fetches: [["POST", "https://api.example.org", "/orders?key=secret"]],
    handles: [
      {
        type: "Socket",
        resource: "TCP",
        local: "127.0.0.1:4000",
        remote: "127.0.0.1:5432",
        request: "GET /orders?key=secret",
        requestHost: "db.example.org",
        read: 0,
        written: 2048,
      },
      {
        type: "Socket",
        resource: "TCP",
        remote: "127.0.0.1:9",
        request: false,
        serves: "PUT /cart?key=secret",
      },
      { type: "Server", resource: "TCP", listening: "127.0.0.1:8080", clients: 2 },
      { type: "ChildProcess", resource: "Process", pid: 42, command: "tail -f log" },
      { type: "FSWatcher" },
      { type: "Socket", resource: "Pipe", fd: 0 },
      { type: "WriteStream", resource: "TTY", fd: 1 },
      { type: "Socket", resource: "Pipe" },
      { type: "Socket", resource: "Pipe" },
      { type: "Socket", resource: "UDP", bound: "0.0.0.0:53" },
      { type: "Socket", resource: "TCP", connecting: true },
      {},
    ],
    requests: [
      { type: "GetAddrInfoReqWrap", host: "db.example.org" },
      { type: "TCPConnectWrap", address: "10.0.0.1:5432" },
      { type: "FSReqCallback" },
    ],
    resources: [
      "TCPSocketWrap",
      "PipeWrap",
      "Timeout",
      "MessagePort",
      "GetAddrInfoReqWrap",
      "FSReqCallback",
      "X",
    ],
    heapUsed: 1000,
    version: "20.20.2",
    contexts: 1,
    frames: [["spin", "file:///srv/a.js", 3, 5, false, null]],
  };
  assertEquals(parseInventory(JSON.stringify(answer)), {
    descriptions: [
      { words: "an answer to the fetch POST https://api.example.org/orders?…" },
      {
        words:
          "a connection from 127.0.0.1:4000 to 127.0.0.1:5432, for the request GET /orders?… to db.example.org, " +
          "2.0 KiB sent and 0 bytes received",
        handle: 0,
      },
      { words: "a connection to 127.0.0.1:9, whose request PUT /cart?… is not answered yet", handle: 1 },
      { words: "a server at 127.0.0.1:8080 with 2 open connections", handle: 2 },
      { words: "its child tail -f log (pid 42)", handle: 3 },
      { words: "a watch for changes of files", handle: 4 },
      { words: "standard input", handle: 5 },
      { words: "a pipe", handle: 7 },
      { words: "a pipe", handle: 8 },
      { words: "a packet (UDP) at 0.0.0.0:53", handle: 9 },
      { words: "the look-up of the host name db.example.org" },
      { words: "a connection to 10.0.0.1:5432 that is not open yet" },
      { words: "an operation on a file" },
      { words: "X" },
    ],
    frames: [{
      function: "spin",
      url: "file:///srv/a.js",
      line: 3,
      column: 5,
      start: undefined,
      isAsync: false,
    }],
    hasTimers: true,
    heapUsedBytes: 1000,
    runtime: "Node.js 20.20.2",
    engine: "node",
    mayHaveRealms: false,
  });
});

Deno.test("parseInventory() takes nothing on trust", () => {
  for (const text of ["", "nonsense", "null", "7", '"text"']) {
    assertEquals(parseInventory(text), undefined);
  }
  const empty: Inventory = {
    descriptions: [],
    frames: [],
    hasTimers: false,
    heapUsedBytes: Infinity,
    runtime: undefined,
    engine: "node",
    mayHaveRealms: true,
  };
  assertEquals(parseInventory("{}"), empty);
  assertEquals(
    parseInventory('{"handles":[null,7,[],{"pid":{}}],"resources":{"0":1},"heapUsed":"1"}'),
    empty,
  );
  const long = JSON.stringify({ handles: [{ type: "x".repeat(10_000) }] });
  assertEquals(parseInventory(long)?.descriptions[0]?.words.length, 200);
  const many = JSON.stringify({ handles: Array.from({ length: 5000 }, (_, at) => ({ type: `T${at}` })) });
  assertEquals(parseInventory(many)?.descriptions.length, 1000);
});
