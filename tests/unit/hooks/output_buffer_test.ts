import { createOutputBuffer } from "../../../src/hooks/output_buffer.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("createOutputBuffer() keeps the beginning and says so, when a hook writes too much", () => {
  const output = createOutputBuffer(10);
  output.write("12345678");
  output.write("90ab");
  output.write("cd");
  assertEquals(output.text(), "1234567890\n[What the hook wrote after this was dropped: too much.]\n");
});

Deno.test("close() makes later writes go nowhere", () => {
  const output = createOutputBuffer();
  output.write("before");
  output.close();
  output.write("after");
  assertEquals(output.text(), "before");
});
