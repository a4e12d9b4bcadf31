import { assertEquals } from "../../support/assert.ts";
import { isGroupGoneWithDeno } from "../../../src/runtime/deno_is_group_gone.ts";
import { waitUntil } from "../../support/wait_until.ts";

const ignore = Deno.build.os !== "linux";

/** More often than it is asked before it opens the library. */
const TIMES = 20;

Deno.test("isGroupGoneWithDeno() tells an empty group from one with somebody in it, when asked often", {
  ignore,
}, async () => {
  const child = new Deno.Command("sh", {
    args: ["-c", "read line"],
    stdin: "piped",
    stdout: "null",
    detached: true,
  }).spawn();
  const ask = (): boolean[] => Array.from({ length: TIMES }, () => isGroupGoneWithDeno(child.pid));
  assertEquals(ask().includes(true), false);
  await child.stdin.close();
  await child.status;
  assertEquals(ask().includes(false), false);
});

Deno.test("isGroupGoneWithDeno() counts a zombie as there", { ignore }, async () => {
  // The shell becomes a program that does not wait for its child, which leads a group of its own and ends.
  const script = `setsid sh -c 'echo $$' & exec cat`;
  const child = new Deno.Command("sh", { args: ["-c", script], stdin: "piped", stdout: "piped" }).spawn();
  const reader = child.stdout.getReader();
  const zombie = Number(new TextDecoder().decode((await reader.read()).value));
  await waitUntil("the zombie", () => Deno.readTextFileSync(`/proc/${zombie}/stat`).includes(") Z "));
  const answers = Array.from({ length: TIMES }, () => isGroupGoneWithDeno(zombie));
  assertEquals(answers.includes(true), false);
  reader.releaseLock();
  await child.stdin.close();
  await child.output();
});
