import { PayOff } from "../../../src/prespawn/pay_off.ts";
import { assert, assertEquals } from "../../support/assert.ts";

/** Starts tests one after the other; returns how they started: `w` or `c` each. */
function run(
  payOff: PayOff,
  count: number,
  elapsedMs: (kind: "warm" | "cold", index: number) => number,
): string {
  let kinds = "";
  for (let index = 0; index < count; index++) {
    const { kind, done } = payOff.next();
    done(elapsedMs(kind, index));
    kinds += kind[0];
  }
  return kinds;
}

/** Numbers from 0 to 1 without an order, the same each time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

Deno.test("next() compares four pairs of neighbours, then starts all warm, when that is clearly better", () => {
  const payOff = new PayOff();
  assertEquals(run(payOff, 40, (kind) => kind === "warm" ? 10 : 100), "cwwccwwc" + "w".repeat(32));
  assertEquals(payOff.verdict, undefined);
});

Deno.test("next() compares no more, when warm is clearly better but for one pair that something else held up", () => {
  const kinds = run(new PayOff(), 1000, (kind, index) => kind === "cold" ? 100 : index === 2 ? 130 : 10);
  // One pair of four is no chance yet; the next ones settle it.
  assertEquals([...kinds].filter((kind) => kind === "c").length, 7);
});

Deno.test("next() starts all cold, when warm tests took longer in four pairs of four", () => {
  const payOff = new PayOff();
  assertEquals(run(payOff, 20, (kind) => kind === "warm" ? 150 : 100), "cwwccwwc" + "c".repeat(12));
  assertEquals(
    payOff.verdict,
    "warm starts took 150 ms per test and cold ones 100 ms, warm the longer in 4 of 4 pairs of tests",
  );
});

Deno.test("next() compares a pair now and then, when neither is clearly better, and ends after 24", () => {
  const payOff = new PayOff();
  let turn = 0;
  const kinds = run(payOff, 1000, () => ++turn % 4 < 2 ? 100 : 101);
  assertEquals(payOff.verdict, undefined);
  assertEquals([...kinds].filter((kind) => kind === "c").length, 24);
});

Deno.test("verdict stays open, when warm tests take hardly longer than cold ones", () => {
  const payOff = new PayOff();
  run(payOff, 1000, (kind) => kind === "warm" ? 103 : 100);
  assertEquals(payOff.verdict, undefined);
});

Deno.test("verdict is right, when tests differ a hundredfold and warm saves or costs half of a start", () => {
  let switchedOff = 0;
  let stayed = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const next = noise(seed * 7919);
    const testMs = (): number => 2 * 100 ** next();
    const better = new PayOff();
    run(better, 300, (kind) => (kind === "warm" ? 50 : 100) + testMs());
    if (better.verdict !== undefined) switchedOff++;
    const worse = new PayOff();
    run(worse, 300, (kind) => (kind === "warm" ? 150 : 100) + testMs());
    if (worse.verdict === undefined) stayed++;
  }
  assert(switchedOff <= 5, `${switchedOff} of 100 are switched off although they pay`);
  assert(stayed <= 5, `${stayed} of 100 stay although they do not pay`);
});

Deno.test("verdict does not count tests whose time says nothing", () => {
  const payOff = new PayOff();
  for (let index = 0; index < 100; index++) payOff.next().done(undefined);
  assertEquals([payOff.verdict, payOff.patienceMs], [undefined, undefined]);
});

Deno.test("patienceMs is four times as long as a cold test, and a quarter of a second at least", () => {
  const payOff = new PayOff();
  assertEquals(payOff.patienceMs, undefined);
  payOff.noteCold(20);
  assertEquals(payOff.patienceMs, 250);
  payOff.noteCold(200);
  payOff.noteCold(300);
  assertEquals(payOff.patienceMs, 800);
});

Deno.test("verdict says that runners take too long, when three in a row are not ready in time", () => {
  const payOff = new PayOff();
  payOff.noteCold(20);
  payOff.noteOverdue();
  payOff.noteOverdue();
  payOff.noteReady();
  payOff.noteOverdue();
  payOff.noteOverdue();
  assertEquals(payOff.verdict, undefined);
  payOff.noteOverdue();
  assertEquals(payOff.verdict, "its runners are not ready after 250 ms, and a cold test takes 20 ms");
  assertEquals(payOff.next().kind, "cold");
});
