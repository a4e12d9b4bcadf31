import { SYSCALL_NAMES_AARCH64 } from "./syscall_names_aarch64.ts";
import { SYSCALL_NAMES_COMMON } from "./syscall_names_common.ts";
import { SYSCALL_NAMES_X86_64 } from "./syscall_names_x86_64.ts";

const TABLES: Readonly<Record<string, string>> = {
  x86_64: SYSCALL_NAMES_X86_64,
  aarch64: SYSCALL_NAMES_AARCH64,
};
const parsed = new Map<string, readonly (string | undefined)[]>();

/**
 * The name of a system call.
 *
 * @param arch as `Runtime.arch` names it
 * @param number of the call
 * @returns the kernel's name; undefined for an architecture or a number that the tables do not have
 */
export function syscallName(arch: string, number: number): string | undefined {
  return namesOf(arch)[number];
}

/**
 * The number of a system call.
 *
 * @param arch as `Runtime.arch` names it
 * @param name as the kernel's tables have it
 * @returns undefined for an architecture that the tables do not have, or that does not have the call
 */
export function syscallNumber(arch: string, name: string): number | undefined {
  const number = namesOf(arch).indexOf(name);
  return number < 0 ? undefined : number;
}

function namesOf(arch: string): readonly (string | undefined)[] {
  let names = parsed.get(arch);
  if (names === undefined) {
    const table = TABLES[arch];
    names = table === undefined ? [] : parseTable(`${table} ${SYSCALL_NAMES_COMMON}`);
    parsed.set(arch, names);
  }
  return names;
}

function parseTable(text: string): (string | undefined)[] {
  const names: (string | undefined)[] = [];
  let number = 0;
  for (const word of text.split(" ")) {
    if (word.startsWith("@")) number = Number(word.slice(1));
    else names[number++] = word;
  }
  return names;
}
