import { foldStacks } from "../../../src/hooks/collectors/fold_stacks.ts";
import { buildCallTree, type CallTreeNode } from "../../../src/hooks/sample/call_tree.ts";
import type { Stack } from "../../../src/sample_document.ts";
import { assertEquals } from "../../support/assert.ts";

/** Functions from the innermost, with lines where they have one. */
function stack(names: string, count = 1, language = "native"): Stack {
  const frames = names.split(" ").map((name) => {
    const [fn, line] = name.split(":");
    return { function: fn!, line: line === undefined ? undefined : Number(line) };
  });
  return { language, count, frames };
}

Deno.test("foldStacks() counts equal stacks, the most frequent first", () => {
  const stacks = [stack("a main"), stack("b main"), stack("b main", 2), stack("a main", 1, "python")];
  assertEquals(foldStacks(stacks), [stack("b main", 3), stack("a main"), stack("a main", 1, "python")]);
  assertEquals(foldStacks([stack("a:1"), stack("a:2")]).length, 2);
});

Deno.test("buildCallTree() merges what stacks share from the outermost frame on", () => {
  const draw = (nodes: readonly CallTreeNode[]): unknown =>
    nodes.map(({ frame, count, children }) => [frame.function, count, draw(children)]);
  const tree = buildCallTree([
    stack("read work main", 2),
    stack("work main"),
    stack("write work main", 3),
    stack("poll loop"),
  ]);
  assertEquals<unknown>(draw(tree), [
    ["main", 6, [["work", 6, [["write", 3, []], ["read", 2, []]]]]],
    ["loop", 1, [["poll", 1, []]]],
  ]);
});
