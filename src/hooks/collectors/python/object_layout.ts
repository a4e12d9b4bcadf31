/** Where the fields of basic objects lie, in bytes; what is the same in all versions stands in `python_objects.ts`. */
export interface ObjectLayout {
  readonly keys: DictKeysLayout;
  /** Names of the attributes that instances of a class share, in the class. */
  readonly cachedKeys: number;
  readonly instance: InstanceLayout;
  /** First value behind the start of a block of values that belongs to a dictionary or an instance. */
  readonly valuesData: number;
  /** First element of a tuple. */
  readonly tupleItems: number;
  readonly integer: IntegerLayout;
}

/** The table of a dictionary: its size as a number up to 3.10; as a power of two, with its kind, from 3.11 on. */
export interface DictKeysLayout {
  readonly kind: "size" | "power";
  readonly entryCount: number;
  readonly indices: number;
}

/** Where instances of classes keep their attributes, from the instance. */
export type InstanceLayout =
  /** A dictionary, at an offset that the class tells. */
  | { readonly kind: "dictionary" }
  /** 3.11: either of two words before the instance. */
  | { readonly kind: "two-words"; readonly dictionary: number; readonly values: number }
  /** 3.12: one word before the instance, odd when it leads to values. */
  | { readonly kind: "tagged"; readonly word: number }
  /** From 3.13 on: a dictionary before the instance, else values behind it. */
  | { readonly kind: "inline"; readonly dictionary: number };

/** Integers: a signed count of digits up to 3.11, a word with sign and count from 3.12 on. */
export type IntegerLayout = "signed-count" | "tag";

const SIZED_KEYS = { kind: "size", entryCount: 32, indices: 40 } as const;
const POWER_KEYS = { kind: "power", entryCount: 24, indices: 32 } as const;
const OLD = {
  keys: SIZED_KEYS,
  instance: { kind: "dictionary" },
  valuesData: 0,
  tupleItems: 24,
  integer: "signed-count",
} as const;
const NEW = {
  keys: POWER_KEYS,
  cachedKeys: 880,
  instance: { kind: "inline", dictionary: -24 },
  valuesData: 8,
  tupleItems: 24,
  integer: "tag",
} as const;

const LAYOUTS: Readonly<Record<string, ObjectLayout>> = {
  "3.8": { ...OLD, cachedKeys: 872 },
  "3.9": { ...OLD, cachedKeys: 864 },
  "3.10": { ...OLD, cachedKeys: 872 },
  "3.11": {
    keys: POWER_KEYS,
    cachedKeys: 872,
    instance: { kind: "two-words", dictionary: -24, values: -32 },
    valuesData: 0,
    tupleItems: 24,
    integer: "signed-count",
  },
  "3.12": { ...NEW, instance: { kind: "tagged", word: -24 }, valuesData: 0 },
  "3.13": NEW,
  // Tuples remember their hash.
  "3.14": { ...NEW, tupleItems: 32 },
};

/**
 * The layout of the objects of a CPython: default builds for 64-bit Linux, as their debug information has it (3.8.18 to
 * 3.13.0, and 3.14.10).
 *
 * @param version such as "3.11.7"
 * @returns undefined for a version that is not known
 */
export function objectLayout(version: string): ObjectLayout | undefined {
  return LAYOUTS[/^\d+\.\d+/.exec(version)?.[0] ?? ""];
}
