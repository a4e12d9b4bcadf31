import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { Facts, ThreadFacts, Wait } from "../../../src/hooks/facts.ts";
import { assertEquals } from "../../support/assert.ts";
import { canBuildWaits, canContain, startContainedWaits } from "../../support/waits_program.ts";

/** The threads of the program in the namespace, which is the only child of the process that was started. */
function threadsInside({ processes, rootPid }: Facts): readonly ThreadFacts[] {
  return processes.find(({ ppid }) => ppid === rootPid)?.threads ?? [];
}

function waitsInside(facts: Facts): Wait[] {
  return threadsInside(facts).flatMap(({ syscall }) => syscall?.wait ?? []);
}

Deno.test({
  name: "collectFacts() names owners of mutexes by their numbers here, when they are in a container",
  // It needs a compiler, and the right to make a pid namespace.
  ignore: !canBuildWaits || !canContain,
  fn: seesOwnersInside,
});

async function seesOwnersInside(): Promise<void> {
  await using program = await startContainedWaits("deadlock");
  const facts = await program.collectWhen(
    "both wait",
    (seen) =>
      waitsInside(seen).filter((wait) => wait.kind === "futex" && wait.shape === "mutex").length === 2,
  );
  const tids = threadsInside(facts).map(({ tid }) => tid);
  const owners = waitsInside(facts).flatMap((wait) =>
    wait.kind === "futex" && wait.shape === "mutex" ? [wait.ownerTid] : []
  );
  assertEquals(owners.map((tid) => tids.includes(tid ?? 0)), [true, true]);
  const { cause, confidence } = diagnose(facts);
  assertEquals([cause, confidence], ["deadlock", "proven"]);
}
