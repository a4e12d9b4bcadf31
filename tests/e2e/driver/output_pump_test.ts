import { OutputPump } from "../../../src/driver/output_pump.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { assert, assertEquals } from "../../support/assert.ts";

/** More than one read brings, less than pipe and reader hold together: the child ends although nobody takes it. */
const BYTES = 100_000;

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
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  });
  const pump = new OutputPump(runtime, child, 10, () => {});
  return { child, pump, open: gate.resolve, writing: writing.promise, takenBytes: () => takenBytes };
}

Deno.test("OutputPump.finish() hands on all that the pipes hold, when the reader is slow", async () => {
  const { child, pump, open, writing, takenBytes } = pumpToSlowReader(`head -c ${BYTES} /dev/zero`);
  await writing;
  await child.exited;
  const finished = pump.finish();
  open();
  await finished;
  assertEquals(takenBytes(), BYTES);
});

Deno.test("OutputPump.finish() gives up a stream, when somebody holds it open in silence", async () => {
  const { child, pump, open } = pumpToSlowReader("sleep 1000 & echo $!");
  open();
  await child.exited;
  await pump.finish();
  assert(pump.closed);
  host.kill(Number(pump.tail()), "SIGKILL");
});

Deno.test("OutputPump.finish() ends, when the reader takes nothing and is abandoned", async () => {
  const { child, pump, writing, takenBytes } = pumpToSlowReader(`head -c ${BYTES} /dev/zero`);
  await writing;
  await child.exited;
  const finished = pump.finish();
  pump.abandon();
  await finished;
  assertEquals(takenBytes(), 0);
});
