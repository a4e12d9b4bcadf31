import { decodeSyscall } from "../../src/hooks/collectors/kernel/decode/decode_syscall.ts";
import type { DecodeContext } from "../../src/hooks/collectors/kernel/decode/decoder.ts";
import { syscallName } from "../../src/hooks/collectors/kernel/syscall_names.ts";
import type { SyscallFacts } from "../../src/hooks/facts.ts";
import { decodeContext } from "./fake_decode_context.ts";

/** Decodes a call by its name, in a made-up context. */
export function decodeCall(
  name: string,
  args: readonly (number | bigint)[],
  overrides: Partial<DecodeContext> = {},
  arch = "x86_64",
): SyscallFacts {
  const number = Array.from({ length: 470 }, (_, index) => index).find((index) =>
    syscallName(arch, index) === name
  );
  if (number === undefined) throw new Error(`there is no ${name}`);
  const registers = Array.from({ length: 6 }, (_, index) => BigInt(args[index] ?? 0));
  return decodeSyscall(arch, number, registers, decodeContext(overrides));
}
