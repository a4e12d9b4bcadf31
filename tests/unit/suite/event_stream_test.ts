import { EventStream } from "../../../src/suite/event_stream.ts";
import { assertEquals, assertThrows } from "../../support/assert.ts";

function streamOf(): { stream: EventStream<number>; left: number[] } {
  const left: number[] = [];
  const stream = new EventStream<number>(() => {
    left.push(1);
    return Promise.resolve();
  });
  return { stream, left };
}

async function readAll(stream: EventStream<number>): Promise<number[]> {
  const events: number[] = [];
  for await (const event of { [Symbol.asyncIterator]: () => stream.read() }) events.push(event);
  return events;
}

Deno.test("EventStream gives a reader that comes late all events from the first on", async () => {
  const { stream, left } = streamOf();
  stream.push([1, 2]);
  stream.push([3]);
  stream.end();
  assertEquals(await readAll(stream), [1, 2, 3]);
  assertEquals(left, []);
});

Deno.test("EventStream gives a reader that waits each event when it comes", async () => {
  const { stream } = streamOf();
  const reader = stream.read();
  const first = reader.next();
  stream.push([1, 2]);
  assertEquals(await first, { done: false, value: 1 });
  assertEquals(await reader.next(), { done: false, value: 2 });
  const last = reader.next();
  stream.end();
  assertEquals(await last, { done: true, value: undefined });
  assertEquals(await reader.next(), { done: true, value: undefined });
});

Deno.test("EventStream goes on, when a push brings nothing", async () => {
  const { stream } = streamOf();
  const all = readAll(stream);
  stream.push([]);
  await Promise.resolve();
  stream.push([7]);
  stream.end();
  assertEquals(await all, [7]);
});

Deno.test("EventStream says when the reader leaves before the end, and not after it", async () => {
  const { stream, left } = streamOf();
  stream.push([1, 2]);
  const reader = stream.read();
  await reader.next();
  assertEquals(await reader.return!(), { done: true, value: undefined });
  assertEquals(left, [1]);
  stream.end();
  await reader.return!();
  assertEquals(left, [1]);
});

Deno.test("EventStream refuses a second reader", () => {
  const { stream } = streamOf();
  stream.read();
  assertThrows(() => stream.read(), TypeError, "Cannot read the events twice");
});
