import { EventQueue } from "../../../src/driver/event_queue.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("EventQueue gives every reader all events, also one that comes late", async () => {
  const queue = new EventQueue<number>();
  const early = Array.fromAsync(queue);
  queue.push(1);
  await Promise.resolve();
  queue.push(2);
  queue.end();
  queue.push(3);
  assertEquals(await early, [1, 2]);
  assertEquals(await Array.fromAsync(queue), [1, 2]);
});
