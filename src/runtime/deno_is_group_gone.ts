const SYMBOLS = {
  syscall: { parameters: ["isize", "i32", "i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** Of getpriority(2). */
const CALL_NUMBERS: Readonly<Record<string, bigint>> = { x86_64: 140n, aarch64: 141n };
const PRIO_PROCESS = 0;
const PRIO_PGRP = 1;
/** Opening the library costs as much as so many exceptions: a program that asks less often does without. */
const FIRST_ASKED = 8;

type Ask = (which: number, id: number) => number;

let asked = 0;
let ask: Ask | undefined;

/**
 * Tells quickly that nobody is left in a process group; `Deno.kill` makes an exception of it, with a stack trace, which takes
 * ten times as long. getpriority(2) fails for no other reason, and counts zombies as kill(2) does.
 *
 * @param groupId its number, at least 2
 * @returns true when it is certain; false also where it cannot be told: other systems than Linux, no `--allow-ffi`
 */
export function isGroupGoneWithDeno(groupId: number): boolean {
  if (++asked === FIRST_ASKED) ask = openAsk();
  return ask !== undefined && ask(PRIO_PGRP, groupId) === -1;
}

function openAsk(): Ask | undefined {
  const callNumber = CALL_NUMBERS[Deno.build.arch];
  if (Deno.build.os !== "linux" || callNumber === undefined) return undefined;
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return undefined;
  try {
    const { symbols } = Deno.dlopen("libc.so.6", SYMBOLS);
    const open: Ask = (which, id) => symbols.syscall(callNumber, which, id);
    // From 1 to 40 for somebody who is there; a sandbox may refuse the question.
    return open(PRIO_PROCESS, 0) > 0 ? open : undefined;
  } catch {
    return undefined;
  }
}
