import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { runCli } from "../../support/run_cli.ts";
import { stateOf } from "../../support/with_waiting_program.ts";
import { withReadyProgram } from "../../support/with_java_program.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const QUICK = "--sample-time=100ms";
const THREADS = `#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static void *wait_for_ever(void *none) { pause(); return none; }
int main(void) {
  pthread_attr_t small;
  pthread_t thread;
  int ends[2];
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 32768);
  for (int i = 0; i < 2000; i++) if (pthread_create(&thread, &small, wait_for_ever, 0) != 0) return 1;
  for (int i = 0; i < 400; i++) if (pipe(ends) != 0) return 2;
  puts("READY");
  fflush(stdout);
  pause();
}
`;
const DEEP = `import sys, time
sys.setrecursionlimit(20000)
def descend(n):
    if n == 0:
        print("READY", flush=True)
        time.sleep(1000)
    descend(n - 1)
descend(10000)
`;

Deno.test({
  name: "sample says how much it shows, when a stripped program has 2000 threads and 800 ends of pipes",
  ignore: !isOnPath("gcc"),
  fn: () =>
    withTempDir(async (directory) => {
      const [source, program] = [`${directory}/threads.c`, `${directory}/threads`];
      Deno.writeTextFileSync(source, THREADS);
      const built = await new Deno.Command("gcc", { args: ["-s", "-pthread", "-o", program, source] })
        .output();
      assertEquals(built.success, true);
      await withReadyProgram([program], async ({ pid }) => {
        const { code, stdout, stderr } = await runCli(["sample", QUICK, String(pid)]);
        assertEquals([code, stderr], [0, ""]);
        assertStringIncludes(stdout, "waits for a signal");
        assertStringIncludes(stdout, "of its 2001 threads are shown");
        // The C library catches it in each program with threads.
        assert(!stdout.includes("SIG33"), stdout);
        assertEquals(stateOf(pid), "S");
      });
    }),
});

Deno.test({
  name: "sample says that frames are left out, when a recursion is 10000 frames deep",
  ignore: !isOnPath("python3"),
  fn: () =>
    withReadyProgram(["python3", "-c", DEEP], async ({ pid }) => {
      const { code, stdout } = await runCli(["sample", QUICK, String(pid)]);
      assertEquals(code, 0);
      assertStringIncludes(stdout, "descend × ");
      assertStringIncludes(stdout.replaceAll(/\s+/g, " "), "is too deep, its outermost frames are left out");
      assertEquals(stateOf(pid), "S");
    }),
});
