import { decodeTail, TailBuffer } from "../../../src/driver/tail_buffer.ts";
import { assertEquals } from "../../support/assert.ts";

const encoder = new TextEncoder();

Deno.test("TailBuffer keeps the last bytes, whatever the volume", () => {
  const tail = new TailBuffer(8);
  for (let index = 0; index < 10_000; index++) tail.push(encoder.encode(`${index}\n`));
  assertEquals(tail.text(), "98\n9999\n");
  assertEquals(tail.totalBytes, 48_890);
});

Deno.test("TailBuffer cuts a chunk, when it is larger than the limit", () => {
  const tail = new TailBuffer(4);
  tail.push(encoder.encode("abcdefgh"));
  assertEquals(tail.text(), "efgh");
});

Deno.test("decodeTail() starts with a whole character, when the cut went through one", () => {
  assertEquals(decodeTail(encoder.encode("äb").subarray(1)), "b");
});

Deno.test("TailBuffer keeps copies, since a host's small chunk may hold a large buffer", () => {
  const tail = new TailBuffer(4);
  const chunk = encoder.encode("ab");
  tail.push(chunk);
  chunk.fill(0);
  assertEquals(tail.text(), "ab");
});

Deno.test("TailBuffer keeps more once it is widened, and shows it to who asks for it", () => {
  const tail = new TailBuffer(4);
  tail.push(encoder.encode("abcdef"));
  tail.widen(10);
  tail.push(encoder.encode("ghijkl"));
  assertEquals([tail.text(), tail.text(10)], ["ijkl", "cdefghijkl"]);
});
