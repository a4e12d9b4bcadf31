import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("importModule() imports by path or URL, when the path has odd characters", async () => {
  await withTempDirectory(async (directory) => {
    const path = `${directory}/ü #b%20.mjs`;
    runtime.files.create(path, new TextEncoder().encode("export const answer = 42;"));
    assert.equal((await runtime.importModule(path))["answer"], 42);
    runtime.files.create(`${directory}/b.mjs`, new TextEncoder().encode("export const answer = 43;"));
    assert.equal((await runtime.importModule(`file://${directory}/b.mjs`))["answer"], 43);
  });
});

const skip = runtime.name === "bun" ? "Bun takes a question mark in any path for a query" : false;
test("importModule() imports by path, when the path has a question mark", { skip }, async () => {
  await withTempDirectory(async (directory) => {
    runtime.files.create(`${directory}/a?b.mjs`, new TextEncoder().encode("export const answer = 44;"));
    assert.equal((await runtime.importModule(`${directory}/a?b.mjs`))["answer"], 44);
  });
});

test("importModule() rejects, when the module is missing or wrong", async () => {
  await withTempDirectory(async (directory) => {
    await assert.rejects(runtime.importModule(`${directory}/missing.mjs`));
    runtime.files.create(`${directory}/wrong.mjs`, new TextEncoder().encode("export const = 1;"));
    await assert.rejects(runtime.importModule(`${directory}/wrong.mjs`));
    runtime.files.create(
      `${directory}/throws.mjs`,
      new TextEncoder().encode("throw new Error('as it loads');"),
    );
    await assert.rejects(runtime.importModule(`${directory}/throws.mjs`), { message: "as it loads" });
  });
});
