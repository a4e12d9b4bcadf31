import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { fixture } from "./support/fixture.ts";
import { run } from "./support/run.ts";
import { unlessProc } from "./support/skip_unless.ts";

const inNamespace = ["--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"];
const canUnshare = unlessProc === false && await run("unshare", [...inNamespace, "true"]).then(
  ({ exit }) => exit.kind === "exited" && exit.code === 0,
  () => false,
);

test(
  "reaper() takes the exit of adopted children that have ended, and of no others, or is undefined",
  { skip: canUnshare ? false : "needs unshare, and the right to a namespace" },
  async () => {
    const { exit, stdout, stderr } = await run("unshare", [
      ...inNamespace,
      ...fixture("reap_adopted").flat(),
    ]);
    assert.deepEqual(exit, { kind: "exited", code: 0 }, stderr);
    assert.equal(
      stdout,
      runtime.name === "node" ? "there is no reaper\n" : "zombie: gone, left: 1\n",
    );
  },
);
