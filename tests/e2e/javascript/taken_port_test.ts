import { assertEquals, assertMatch } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { lookAtJavaScript } from "../../support/look_at_javascript.ts";
import { withNodeProgram } from "../../support/with_node_program.ts";

const IDLE = `process.stdin.on("end", () => process.exit(0)).resume(); console.log("READY");`;

/** A listener at every address, as many servers have it; undefined where there is no IPv6. */
function listenEverywhere(): Deno.TcpListener | undefined {
  try {
    return Deno.listen({ hostname: "::", port: 0 });
  } catch {
    return undefined;
  }
}

Deno.test({
  name:
    "finish() says who has the inspector's port and leaves the program alone, when that is a server at [::]",
  ignore: !isOnPath("node"),
  async fn(context) {
    using listener = listenEverywhere();
    const { port } = listener?.addr ?? {};
    await context.step({
      name: "with IPv6",
      ignore: port === undefined,
      fn: () =>
        withNodeProgram(IDLE, async (program) => {
          const [found] = await lookAtJavaScript([program.pid]);
          assertMatch(
            found!.record?.detail ?? "",
            new RegExp(`^port ${port}, .* is taken by pid ${Deno.pid} `),
          );
          const { code, stderr } = await program.finish();
          assertEquals([code, stderr], [0, ""]);
        }, { flags: [`--inspect-port=${port}`] }),
    });
  },
});
