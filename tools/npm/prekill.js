#!/usr/bin/env node
// Only what very old versions of Node read too: they must be able to say what is wrong.
import process from "node:process";

const { node, bun } = process.versions;
if (bun === undefined && parseInt(node) < 20) {
  process.stderr.write(
    `prekill: Cannot run on Node ${node}: it needs Node 20 or newer, or Bun; or take the binary\n`,
  );
  process.exitCode = 125;
} else {
  import("../cli/prekill.js");
}
