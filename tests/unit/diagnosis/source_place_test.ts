import { frameText, placedFrames } from "../../../src/hooks/diagnosis/source_place.ts";
import type { Frame } from "../../../src/sample_document.ts";
import { assertEquals } from "../../support/assert.ts";
import { process } from "../../support/facts_builder.ts";

const LIBRARY: readonly Frame[] = [
  { function: "Condition.wait", file: "/usr/lib/python3.11/threading.py", line: 320 },
  { function: "get", file: "/home/me/.venv/lib64/python3.12/site-packages/pool.py", line: 7 },
  { function: "_call", file: "<frozen importlib._bootstrap>", line: 241 },
];
const OWN: readonly Frame[] = [
  { function: "wait", file: "io/collect.py", line: 12 },
  { function: "<module>", file: "app.py", line: 40 },
];

function places(frames: readonly Frame[]): string[] {
  const python = process(100, { command: ["python3", "app.py"] });
  const thread = { ...python.threads[0]!, stacks: [{ language: "python", count: 3, frames }] };
  return placedFrames(python, thread, 4).map(frameText);
}

Deno.test("placedFrames() finds the script's own frames among those of Python's libraries, whatever their names", () => {
  assertEquals(places([...LIBRARY, ...OWN]), ["wait (collect.py:12)", "app.py:40"]);
});

Deno.test("placedFrames() shows a library where a script has nothing of its own", () => {
  assertEquals(places(LIBRARY.slice(0, 1)), ["Condition.wait (threading.py:320)"]);
});
