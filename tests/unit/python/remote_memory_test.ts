import { openRemoteMemory } from "../../../src/hooks/collectors/remote_memory.ts";
import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";

const ADDRESS = 0x7f0000000000;

Deno.test("openRemoteMemory() reads nothing, when an address or a length is one that a process made up", () => {
  let askedBytes = 0;
  const files = {
    ...host.files,
    openRead: () => ({
      readAt(buffer: Uint8Array): number {
        askedBytes += buffer.length;
        return buffer.length;
      },
      close(): void {},
    }),
  };
  const memory = openRemoteMemory(files, 1)!;
  // -1 stands for what is beyond 2^53.
  for (const byteLength of [-1, 0, NaN, 2 ** 52]) {
    assertEquals(memory.readUpTo(ADDRESS, byteLength), undefined, String(byteLength));
    assertEquals(memory.read(ADDRESS, byteLength), undefined, String(byteLength));
  }
  for (const address of [-1, 0, 2 ** 48, NaN]) assertEquals(memory.word(address), undefined, String(address));
  assertEquals(askedBytes, 0);
  assertEquals(memory.readUpTo(ADDRESS, 16)?.byteLength, 16);
});
