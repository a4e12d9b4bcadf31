import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";

test("answers a request", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // Nobody sends a request.
  await once(server, "request");
});
