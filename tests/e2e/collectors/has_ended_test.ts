import { hasEnded } from "../../../src/hooks/collectors/has_ended.ts";
import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";
import { waitUntil } from "../../support/wait_until.ts";

Deno.test("hasEnded() says no, when a process runs or is one of the kernel's", () => {
  assertEquals(hasEnded(host.files, host.pid), false);
  const stat = `2 (kthreadd) S 0 0 0 0 -1 ${"0 ".repeat(40)}`;
  const files = Object.assign(Object.create(host.files), { readText: () => stat, readLink: () => undefined });
  assertEquals(hasEnded(files, 2), false);
});

Deno.test("hasEnded() says yes, when a process is a zombie or has gone", async () => {
  // The shell becomes a program that never asks for its child's exit status.
  const parent = new Deno.Command("sh", {
    args: ["-c", "sleep 0 & echo $!; exec sleep 1000"],
    stdout: "piped",
  }).spawn();
  try {
    const { value } = await parent.stdout.getReader().read();
    const pid = Number(new TextDecoder().decode(value));
    await waitUntil("the child has ended", () => hasEnded(host.files, pid));
    assertEquals(host.kill(pid, undefined), "sent");
  } finally {
    parent.kill("SIGKILL");
    await parent.status;
  }
  assertEquals(hasEnded(host.files, 2 ** 22 + 1), true);
});
