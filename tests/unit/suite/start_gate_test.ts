import { StartGate } from "../../../src/suite/start_gate.ts";
import { assertEquals } from "../../support/assert.ts";

/** Lets everybody enter, and tells who is inside so far. */
function crowd(gate: StartGate, count: number): { inside: string[]; leave: Map<string, () => void> } {
  const inside: string[] = [];
  const leave = new Map<string, () => void>();
  for (const name of Array.from({ length: count }, (_, index) => String.fromCharCode(97 + index))) {
    gate.enter().then((release) => {
      inside.push(name);
      leave.set(name, release);
    });
  }
  return { inside, leave };
}

/** What has been promised has been done by then: no timer and no input is waited for. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

Deno.test("StartGate lets so many through, and one for each that makes room, in their order", async () => {
  const { inside, leave } = crowd(new StartGate(2), 5);
  await settled();
  assertEquals(inside.join(""), "ab");
  leave.get("b")!();
  await settled();
  assertEquals(inside.join(""), "abc");
  leave.get("a")!();
  leave.get("c")!();
  await settled();
  assertEquals(inside.join(""), "abcde");
});

Deno.test("StartGate counts one that makes room twice once", async () => {
  const gate = new StartGate(1);
  const { inside, leave } = crowd(gate, 3);
  await settled();
  leave.get("a")!();
  leave.get("a")!();
  await settled();
  assertEquals(inside.join(""), "ab");
});

Deno.test("StartGate has all its room again, when all have left", async () => {
  const gate = new StartGate(2);
  for (const release of [await gate.enter(), await gate.enter()]) release();
  const { inside } = crowd(gate, 3);
  await settled();
  assertEquals(inside.join(""), "ab");
});
