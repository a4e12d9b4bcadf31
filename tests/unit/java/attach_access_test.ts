import { attachAccess, printsOnQuit } from "../../../src/hooks/collectors/java/attach_access.ts";
import type { JavaProcess } from "../../../src/hooks/collectors/java/java_process.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";

const PROCESS: JavaProcess = {
  pid: 10,
  ownPid: 10,
  uid: 1000,
  askerUid: 1000,
  answersRoot: true,
  isOpenJ9: false,
  isStopped: false,
  catchesQuit: true,
  isAttachDisabled: false,
};
const SOCKET = { isSocket: true, uid: 1000, mode: 0o600 };

for (
  const [what, changes, expected] of [
    ["it handles SIGQUIT", {}, "signal"],
    ["root asks", { askerUid: 0 }, "signal"],
    ["it listens already", { socket: SOCKET, catchesQuit: false, isAttachDisabled: true }, "open"],
  ] as const
) {
  Deno.test(`attachAccess() allows to ask, when ${what}`, () => {
    assertEquals(attachAccess({ ...PROCESS, ...changes }).kind, expected);
  });
}

for (
  const [what, changes, words] of [
    ["it does not handle SIGQUIT, which would kill it", { catchesQuit: false }, "does not handle SIGQUIT"],
    ["it was told not to listen", { isAttachDisabled: true }, "DisableAttachMechanism"],
    ["it is stopped", { isStopped: true, socket: SOCKET }, "is stopped"],
    ["it is an OpenJ9", { isOpenJ9: true }, "OpenJ9"],
    ["somebody else asks", { askerUid: 1001 }, "another user"],
    ["root asks one that answers only its own user", { askerUid: 0, answersRoot: false }, "user 1000"],
    ["the socket is another user's", { socket: { ...SOCKET, uid: 1001 } }, "not its own"],
    ["anybody may write to the socket", { socket: { ...SOCKET, mode: 0o666 } }, "not its own"],
    ["a file is in the place of the socket", { socket: { ...SOCKET, isSocket: false } }, "not its own"],
  ] as const
) {
  Deno.test(`attachAccess() refuses, when ${what}`, () => {
    const access = attachAccess({ ...PROCESS, ...changes });
    assertEquals(access.kind, "refused");
    assertStringIncludes(access.kind === "refused" ? access.detail : "", words);
  });
}

Deno.test("printsOnQuit() is false, when SIGQUIT would kill it, wait for it, or leave a file", () => {
  assertEquals(printsOnQuit(PROCESS), true);
  for (const changes of [{ catchesQuit: false }, { isStopped: true }, { isOpenJ9: true }]) {
    assertEquals(printsOnQuit({ ...PROCESS, ...changes }), false);
  }
});
