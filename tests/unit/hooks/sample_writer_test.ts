import { createSessionDir } from "../../../src/hooks/sample/session_dir.ts";
import { writeSample } from "../../../src/hooks/sample/sample_writer.ts";
import { HostError } from "../../../src/errors.ts";
import type { HookDocument } from "../../../src/hooks/hook.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const DOCUMENT: HookDocument = {
  diagnosis: {
    cause: "sleep",
    confidence: "proven",
    summary: "sleep 5 sleeps",
    pid: 12,
    program: "sleep",
    fingerprint: "0",
    evidence: [],
    chain: [],
  },
  collectors: [],
};

const content = { testFile: "a_test.ts", pid: 12, text: "text\n", document: DOCUMENT };
const sessionAt = (path: string) => createSessionDir(host, path, 0);

Deno.test("writeSample() writes text and facts for the owner only, creating the directory", () =>
  withTempDir(async (directory) => {
    const path = `${directory}/session`;
    const written = await writeSample(host, sessionAt(path), content);
    assertEquals(written, {
      files: [`${path}/a_test.ts-12.sample`, `${path}/a_test.ts-12.sample.json`],
      unsavedText: undefined,
      problems: [],
    });
    assertEquals(Deno.readTextFileSync(written.files[0]!), "text\n");
    assertEquals(JSON.parse(Deno.readTextFileSync(written.files[1]!)), DOCUMENT);
    for (const file of written.files) assertEquals(Deno.statSync(file).mode! & 0o777, 0o600);
  }));

Deno.test("writeSample() creates nothing, when there is nothing to write", () =>
  withTempDir(async (directory) => {
    const written = await writeSample(host, sessionAt(`${directory}/session`), {
      ...content,
      text: "",
      document: undefined,
    });
    assertEquals(written.files, []);
    assertEquals(await Array.fromAsync(Deno.readDir(directory)), []);
  }));

Deno.test("writeSample() takes a number, when the name of text or facts is taken", () =>
  withTempDir(async (directory) => {
    await writeSample(host, sessionAt(directory), { ...content, text: "" });
    const second = await writeSample(host, sessionAt(directory), content);
    assertEquals(second.files, [
      `${directory}/a_test.ts-12.2.sample`,
      `${directory}/a_test.ts-12.2.sample.json`,
    ]);
    const third = await writeSample(host, sessionAt(directory), { ...content, document: undefined });
    assertEquals(third.files, [`${directory}/a_test.ts-12.3.sample`]);
  }));

Deno.test("writeSample() never writes through a link", () =>
  withTempDir(async (directory) => {
    Deno.symlinkSync(`${directory}/elsewhere`, `${directory}/a_test.ts-12.sample`);
    const written = await writeSample(host, sessionAt(directory), { ...content, document: undefined });
    assertEquals(written.files, [`${directory}/a_test.ts-12.2.sample`]);
    assert(!Array.from(Deno.readDirSync(directory)).some((entry) => entry.name === "elsewhere"));
  }));

Deno.test("writeSample() compresses what is larger than 1 MiB", () =>
  withTempDir(async (directory) => {
    const text = "0123456789abcde\n".repeat(65_537);
    const written = await writeSample(host, sessionAt(directory), { ...content, text });
    assertEquals(written.files[0], `${directory}/a_test.ts-12.sample.gz`);
    assertEquals(written.files[1], `${directory}/a_test.ts-12.sample.json`);
    const stream = new Blob([Deno.readFileSync(written.files[0]!)]).stream().pipeThrough(
      new DecompressionStream("gzip"),
    );
    assertEquals(await new Response(stream).text(), text);
  }));

Deno.test("writeSample() returns the text, when the disk is full", () =>
  withTempDir(async (directory) => {
    const create = (path: string): never => {
      throw new HostError(`Cannot write "${path}": the disk is full`);
    };
    const full: Runtime = Object.assign(Object.create(host), {
      files: Object.assign(Object.create(host.files), { create }),
    });
    const written = await writeSample(full, sessionAt(directory), content);
    assertEquals(written.files, []);
    assertEquals(written.unsavedText, "text\n");
    assertEquals(written.problems[0], `Cannot write "${directory}/a_test.ts-12.sample": the disk is full`);
  }));

Deno.test("writeSample() returns the text, when the session directory is a file", () =>
  withTempDir(async (directory) => {
    Deno.writeTextFileSync(`${directory}/taken`, "");
    const written = await writeSample(host, sessionAt(`${directory}/taken`), content);
    assertEquals(written.unsavedText, "text\n");
    assertEquals(written.problems.length, 1);
  }));

Deno.test("writeSample() saves the text, when the facts cannot be written as JSON", () =>
  withTempDir(async (directory) => {
    const circular = { ...DOCUMENT, self: {} };
    circular.self = circular;
    const written = await writeSample(host, sessionAt(directory), { ...content, document: circular });
    assertEquals(written.files, [`${directory}/a_test.ts-12.sample`]);
    assertEquals(written.problems.length, 1);
  }));

Deno.test("writeSample() stays in the session directory, when the test's name points elsewhere", () =>
  withTempDir(async (directory) => {
    const path = `${directory}/session`;
    for (const testFile of ["../../outside", "..", "/etc/passwd", "a\nb\x1b[2J", "x".repeat(10_000)]) {
      const written = await writeSample(host, sessionAt(path), { ...content, testFile });
      for (const file of written.files) assertEquals(Deno.realPathSync(file).startsWith(`${path}/`), true);
      assertEquals(written.files.length, 2);
    }
    assertEquals(Array.from(Deno.readDirSync(directory)).length, 1);
  }));
