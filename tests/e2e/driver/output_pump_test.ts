import { OutputPump } from "../../../src/driver/output_pump.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { assert, assertEquals } from "../../support/assert.ts";

/** Less than a pipe holds: the child ends although nobody takes it. */
const BYTES = 40_000;
/** Writes one line, and when it may go on the rest: more than one read is needed. */
const IN_TWO_WRITES = `echo; read -r _; head -c ${BYTES - 1} /dev/zero`;

/** A pump whose reader takes nothing until told to. */
function pumpToSlowReader(script: string) {
  const gate = Promise.withResolvers<void>();
  const writing = Promise.withResolvers<void>();
  let takenBytes = 0;
  const runtime: Runtime = {
    ...host,
    async write(_stream, bytes) {
      writing.resolve();
      await gate.promise;
      takenBytes += bytes.byteLength;
      return true;
    },
  };
  const child = host.spawn({
    program: "sh",
    args: ["-c", script],
    newSession: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  });
  const pump = new OutputPump(runtime, child, 10, () => {});
  /** The first bytes wait for the reader, and the child has written all others and ended. */
  const written = async (): Promise<void> => {
    await writing.promise;
    const stdin = child.stdin!.getWriter();
    await stdin.write(new TextEncoder().encode("go on\n"));
    await stdin.close();
    await child.exited;
  };
  return { child, pump, open: gate.resolve, written, takenBytes: () => takenBytes };
}

Deno.test("OutputPump.finish() hands on all that the pipes hold, when the reader is slow", async () => {
  const { pump, open, written, takenBytes } = pumpToSlowReader(IN_TWO_WRITES);
  await written();
  const finished = pump.finish();
  open();
  await finished;
  assertEquals(takenBytes(), BYTES);
});

Deno.test("OutputPump.finish() gives up a stream, when somebody holds it open in silence", async () => {
  const { child, pump, open } = pumpToSlowReader("sleep 1000 & echo $!");
  open();
  await child.stdin!.close();
  await child.exited;
  await pump.finish();
  assert(pump.closed);
  host.kill(Number(pump.tail()), "SIGKILL");
});

Deno.test("OutputPump.finish() ends, when the reader takes nothing and is abandoned", async () => {
  const { pump, written, takenBytes } = pumpToSlowReader(IN_TWO_WRITES);
  await written();
  const finished = pump.finish();
  pump.abandon();
  await finished;
  assertEquals(takenBytes(), 0);
});
