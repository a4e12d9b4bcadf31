import { assertEquals } from "../../support/assert.ts";
import { decodeCall as decode } from "../../support/decode_call.ts";
import { longs, memoryOf, words } from "../../support/fake_decode_context.ts";

const FUTEX_WAIT = 0;
const FUTEX_LOCK_PI = 6;
const FUTEX_WAIT_BITSET = 9;
const PRIVATE = 128;
const REALTIME = 256;

Deno.test("decodeSyscall() sees a join, when the shared futex is a live thread's id", () => {
  const memory = memoryOf({ "0x1000": words(101) });
  const { text, wait } = decode("futex", [0x1000, FUTEX_WAIT_BITSET | REALTIME, 101], { memory });
  assertEquals(text, "futex(0x1000, FUTEX_WAIT_BITSET, 101, no timeout, joins thread 101)");
  assertEquals(wait, {
    kind: "futex",
    address: "0x1000",
    timeoutMs: undefined,
    shape: "join",
    joinsTid: 101,
  });
});

Deno.test("decodeSyscall() sees the owner of a contended glibc mutex", () => {
  const memory = memoryOf({ "0x1000": words(2, 0, 101, 1, 0, 0) });
  const { text, wait } = decode("futex", [0x1000, FUTEX_WAIT | PRIVATE, 2], { memory });
  assertEquals(text, "futex(0x1000, FUTEX_WAIT_PRIVATE, 2, no timeout, held by thread 101)");
  assertEquals(wait, {
    kind: "futex",
    address: "0x1000",
    timeoutMs: undefined,
    shape: "mutex",
    ownerTid: 101,
  });
});

for (
  const [what, mutex] of [
    ["the owner is no number of a thread", words(2, 0, 5_000_000, 1, 0, 0)],
    ["it has no owner", words(2, 0, 0, 1, 0, 0)],
    ["nobody uses it", words(2, 0, 101, 0, 0, 0)],
    ["the kind has unknown bits", words(2, 0, 101, 1, 0x1000, 0)],
    ["the word is another one by now", words(7, 0, 101, 1, 0, 0)],
    ["the word is at the end of the memory", words(2)],
  ] as const
) {
  Deno.test(`decodeSyscall() sees no mutex, when ${what}`, () => {
    const { wait } = decode("futex", [0x1000, FUTEX_WAIT | PRIVATE, 2], {
      memory: memoryOf({ "0x1000": mutex }),
    });
    assertEquals(wait, { kind: "futex", address: "0x1000", timeoutMs: undefined, shape: "other" });
  });
}

for (
  const [what, owner] of [["is no live thread", 555], [
    "of a private mutex is in another process",
    200,
  ]] as const
) {
  Deno.test(`decodeSyscall() sees a mutex whose owner is gone, when the owner ${what}`, () => {
    const memory = memoryOf({ "0x1000": words(2, 0, owner, 1, 0, 0) });
    const { text, wait } = decode("futex", [0x1000, FUTEX_WAIT | PRIVATE, 2], { memory });
    assertEquals(text, `futex(0x1000, FUTEX_WAIT_PRIVATE, 2, no timeout, locked by thread ${owner})`);
    assertEquals(wait, {
      kind: "futex",
      address: "0x1000",
      timeoutMs: undefined,
      shape: "mutex",
      goneOwnerTid: owner,
    });
  });
}

Deno.test("decodeSyscall() sees no mutex, when the word of a condition variable stands before one", () => {
  const memory = memoryOf({ "0x1000": words(0, 0, 101, 1, 0, 0) });
  const { wait } = decode("futex", [0x1000, FUTEX_WAIT_BITSET | PRIVATE | REALTIME, 0], { memory });
  assertEquals(wait?.kind === "futex" && wait.shape, "other");
});

Deno.test("decodeSyscall() finds the owner in another process, when the mutex is shared", () => {
  const memory = memoryOf({ "0x1000": words(2, 0, 200, 1, 128, 0) });
  const { wait } = decode("futex", [0x1000, FUTEX_WAIT, 2], { memory });
  assertEquals(wait?.kind === "futex" && [wait.shape, wait.ownerTid], ["mutex", 200]);
});

Deno.test("decodeSyscall() reads the owner out of the word of PI and robust mutexes", () => {
  const memory = memoryOf({ "0x1000": words(0x80000000 + 101) });
  const pi = decode("futex", [0x1000, FUTEX_LOCK_PI | PRIVATE, 0], { memory }).wait;
  assertEquals(pi?.kind === "futex" && [pi.shape, pi.ownerTid], ["pi", 101]);
  const robust = decode("futex", [0x1000, FUTEX_WAIT, 0x80000000 + 101], { memory }).wait;
  assertEquals(robust?.kind === "futex" && [robust.shape, robust.ownerTid], ["pi", 101]);
});

Deno.test("decodeSyscall() reads relative and absolute timeouts of futexes", () => {
  const memory = memoryOf({ "0x1000": words(0), "0x2000": longs(60, 0), "0x3000": longs(1_700_000_007, 0) });
  const timeout = (operation: number, address: number): unknown => {
    const { wait } = decode("futex", [0x1000, operation | PRIVATE, 0, address], { memory });
    return wait?.kind === "futex" && wait.timeoutMs;
  };
  assertEquals(timeout(FUTEX_WAIT, 0x2000), 60_000);
  assertEquals(timeout(FUTEX_WAIT_BITSET, 0x2000), 10_000);
  assertEquals(timeout(FUTEX_WAIT_BITSET | REALTIME, 0x3000), 7000);
});

Deno.test("decodeSyscall() knows the owner of a mutex by its number here, when it has another one in its container", () => {
  const idHere = (id: number): number | undefined => id === 7 ? 101 : undefined;
  const waitOn = (owner: number): unknown =>
    decode("futex", [0x1000, FUTEX_WAIT | PRIVATE, 2], {
      memory: memoryOf({ "0x1000": words(2, 0, owner, 1, 0, 0) }),
      idHere,
    }).wait;
  const base = { kind: "futex", address: "0x1000", timeoutMs: undefined, shape: "mutex" };
  assertEquals(waitOn(7), { ...base, ownerTid: 101 });
  // The number is none of the tree, which does not say that its thread has ended.
  assertEquals(waitOn(101), base);
});
