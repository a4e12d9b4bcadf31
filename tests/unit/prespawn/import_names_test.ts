import { commonNames, importNames } from "../../../src/prespawn/import_names.ts";
import { parseProbe } from "../../../src/prespawn/import_probe.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("importNames() reads what a Python module always imports, without its own package", () => {
  const text = `from __future__ import annotations
import os.path, numpy as np,  yaml
from email.mime.text import (
    MIMEText,
)
from . import helpers
from .other import x
if os.name == "nt":
    import winreg
"""
import-not, really
"""
`;
  assertEquals(importNames(text, "python"), ["os.path", "numpy", "yaml", "email.mime.text"]);
});

Deno.test("importNames() reads packages and built-in modules of scripts, without files and types", () => {
  const text = `import test from "node:test";
import { a,
  b } from '@scope/package/part';
import "side-effect";
import type { C } from "types-only";
import own from "./own.js";
import absolute from "/own.js";
const fs = require("fs");
  const later = require("later");
import { assert } from "jsr:@std/assert@1";
`;
  assertEquals(importNames(text, "javascript"), [
    ...["node:test", "@scope/package/part", "side-effect", "fs", "jsr:@std/assert@1"],
  ]);
});

Deno.test("importNames() comes to an end with text that never ends an import", () => {
  assertEquals(importNames("import {\n".repeat(7000), "javascript"), []);
  assertEquals(importNames(`import ${"a, ".repeat(20_000)}`, "python"), ["a"]);
});

Deno.test("commonNames() takes what half of the sources import, and two at least, the most common first", () => {
  const lists = [["a", "b"], ["b"], ["b", "c"], ["a"]];
  assertEquals(commonNames(lists, 10), ["b", "a"]);
  assertEquals(commonNames(lists, 1), ["b"]);
  assertEquals(commonNames([["a"]], 10), []);
});

Deno.test("parseProbe() believes the lines with its mark, about what was asked", () => {
  const output =
    `noise\nmark\ta\t1.5\t0\nmark\tother\t1\t0\nmark\tb\tnonsense\t0\nfake\tb\t1\t0\nmark\tb\t2\t1`;
  assertEquals(parseProbe(output, "mark", ["a", "b"]), [
    { name: "a", ms: 1.5, threads: 0 },
    { name: "b", ms: 2, threads: 1 },
  ]);
});
