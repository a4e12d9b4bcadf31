import { waitPlaces } from "../../../src/hooks/collectors/python/wait_places.ts";
import { assertEquals } from "../../support/assert.ts";

const kinds = (name: string, file: string) => waitPlaces({ function: name, file }).map(({ kind }) => kind);

Deno.test("waitPlaces() knows functions by their last name, before and since names are qualified", () => {
  assertEquals(kinds("get", "/usr/lib/python3.8/queue.py"), ["queue"]);
  assertEquals(kinds("Queue.get", "/usr/lib/python3.12/queue.py"), ["queue"]);
  assertEquals(kinds("Future.result", "/usr/lib/python3.12/concurrent/futures/_base.py"), ["future"]);
  assertEquals(kinds("_ModuleLock.acquire", "<frozen importlib._bootstrap>"), ["lock"]);
});

Deno.test("waitPlaces() knows nothing of functions of the program, whatever their names", () => {
  assertEquals(kinds("get", "/app/my_queue.py"), []);
  assertEquals(kinds("wait", "/app/threading.pyc"), []);
  assertEquals(kinds("Queue.forget", "/usr/lib/python3.12/queue.py"), []);
  assertEquals(waitPlaces({ function: "get" }), []);
});
