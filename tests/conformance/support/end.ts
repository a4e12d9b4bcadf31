import type { Child } from "../../../src/runtime/port.ts";
import { runtime } from "../subject.ts";

/** Kills a child that leads its own group, with all of the group, and waits until it has gone. */
export async function end(child: Child): Promise<void> {
  runtime.kill(-child.pid, "SIGKILL");
  await child.exited;
}
