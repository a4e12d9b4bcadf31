import { nearestName } from "../../src/nearest_name.ts";
import { assertEquals } from "../support/assert.ts";

const NAMES = ["timeout", "idle-timeout", "sample-time", "exec", "doctor"];

Deno.test("nearestName() finds the name behind a slip of the fingers", () => {
  for (
    const [written, meant] of [
      ["timout", "timeout"],
      ["timeotu", "timeout"],
      ["idel-timeout", "idle-timeout"],
      ["Exec", "exec"],
      ["exce", "exec"],
      ["docter", "doctor"],
      ["sample-tme", "sample-time"],
    ] as const
  ) assertEquals(nearestName(written, NAMES), meant);
});

Deno.test("nearestName() completes the beginning of a name", () => {
  assertEquals(nearestName("samp", NAMES), "sample-time");
});

Deno.test("nearestName() is undefined for a word that resembles none", () => {
  for (const written of ["make", "", "x", "frobnicate"]) assertEquals(nearestName(written, NAMES), undefined);
});
