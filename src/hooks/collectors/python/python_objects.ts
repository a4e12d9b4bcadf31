import { type ObjectLayout, objectLayout } from "./object_layout.ts";
import type { PythonImage } from "./python_image.ts";
import { type DictEntry, readDictEntries, readSplitEntries } from "./read_dict_entries.ts";
import { readText } from "./read_text.ts";
import { isAddress, wordAt } from "../remote_memory.ts";

/**
 * Reads the objects of a CPython. Whatever is no such object, is torn or is too large is undefined or empty; nothing
 * here throws. Objects are named by their address.
 */
export interface PythonObjects {
  /** Address of an object's type; undefined when it has none, and so is no object. */
  typeOf(object: number): number | undefined;
  /** Such as `dict`, `_thread.lock` or, for classes written in Python, `Condition`. */
  typeName(object: number): string | undefined;
  /** With its module, such as `threading.Condition`; classes of `builtins` and `__main__` without. */
  fullTypeName(object: number): string | undefined;
  /** How large the instances of its type are without what varies; differs between patch releases, too. */
  basicBytes(object: number): number | undefined;
  /** Texts of 4096 characters and more are none of the names that are looked for. */
  text(object: number): string | undefined;
  /** An integer or boolean, when it is exact as a number. */
  integer(object: number): number | undefined;
  /** An integer, a boolean or a float. */
  number(object: number): number | undefined;
  /** The elements of a tuple or list, at most `limit`. */
  items(object: number, limit?: number): readonly number[];
  /** Keys and values of a dictionary, in its order, at most `limit`. */
  entries(object: number, limit?: number): readonly DictEntry[];
  /** Names and values that an instance keeps, without those of its class, in any order, at most `limit`. */
  attributes(object: number, limit?: number): readonly DictEntry[];
  /** The value of one of these. */
  attribute(object: number, name: string): number | undefined;
  /** What the type of an object, or one that it derives from, defines under a name. */
  typeAttribute(object: number, name: string): number | undefined;
  /** The value of a dictionary under a name. */
  valueOf(dictionary: number, name: string): number | undefined;
}

/** What is known of a type. */
interface TypeFacts {
  readonly name: string;
  readonly flags: number;
  readonly basicBytes: number;
  readonly base: number;
  readonly dictionary: number;
  readonly dictionaryOffset: number;
}

const TYPE = 8;
const TYPE_BYTES = 296;
const TYPE_NAME = 24;
const TYPE_BASIC_BYTES = 32;
const TYPE_FLAGS = 168;
const TYPE_BASE = 256;
const TYPE_DICTIONARY = 264;
const TYPE_DICTIONARY_OFFSET = 288;
const MAX_TYPE_NAME_BYTES = 256;
const MAX_OBJECT_BYTES = 2 ** 20;
const MAX_CHARACTERS = 4096;
const MAX_BASES = 32;
const MAX_DIGITS = 2;
const DIGIT_BITS = 30;
const INLINE_VALUES = 1 << 2;
const MANAGED_DICTIONARY = 1 << 4;
const IS_INTEGER = 1 << 24;
const IS_LIST = 1 << 25;
const IS_TUPLE = 1 << 26;
const IS_TEXT = 1 << 28;
const IS_DICTIONARY = 1 << 29;
const IS_TYPE = 1 << 31;
const USUAL_LIMIT = 4096;

/**
 * Makes something that reads objects, and remembers the types that it has seen.
 *
 * @param image whose
 * @returns undefined when the objects of this version are not known, as those of builds without interpreter lock
 */
export function createPythonObjects(image: PythonImage): PythonObjects | undefined {
  if (image.python.layout.freeThreading !== undefined) return undefined;
  const layout = objectLayout(image.python.version);
  return layout && objectsOver(image, layout);
}

function objectsOver(image: PythonImage, layout: ObjectLayout): PythonObjects {
  const { memory } = image;
  const types = new Map<number, TypeFacts | undefined>();
  const keys = new Map<number, string | undefined>();

  const typeFacts = (type: number): TypeFacts | undefined => {
    if (!types.has(type)) types.set(type, readType(memory, type));
    return types.get(type);
  };
  const typeAt = (object: number): number | undefined => {
    if (!isAddress(object) || object % 8 !== 0) return undefined;
    const type = memory.word(object + TYPE);
    return type !== undefined && typeFacts(type) ? type : undefined;
  };
  const factsOf = (object: number): TypeFacts | undefined => {
    const type = typeAt(object);
    return type === undefined ? undefined : typeFacts(type);
  };
  const isA = (object: number, flag: number): boolean => ((factsOf(object)?.flags ?? 0) & flag) !== 0;
  const textAt = (object: number): string | undefined =>
    isA(object, IS_TEXT) && (memory.word(object + 16) ?? MAX_CHARACTERS) < MAX_CHARACTERS
      ? readText(image, object)
      : undefined;
  const find = (entries: readonly DictEntry[], name: string): number | undefined =>
    entries.find(({ key }) => {
      // Names of attributes are shared by all instances, and stay.
      if (!keys.has(key)) keys.set(key, textAt(key));
      return keys.get(key) === name;
    })?.value;
  const entriesOf = (object: number, limit: number): readonly DictEntry[] =>
    isA(object, IS_DICTIONARY) ? readDictEntries(memory, layout, object, limit) : [];

  const objects: PythonObjects = {
    typeOf: typeAt,
    typeName: (object) => factsOf(object)?.name,
    fullTypeName(object) {
      const facts = factsOf(object);
      if (facts === undefined || facts.name.includes(".")) return facts?.name;
      const module = find(entriesOf(facts.dictionary, USUAL_LIMIT), "__module__");
      const name = module === undefined ? undefined : textAt(module);
      return name === undefined || name === "__main__" ? facts.name : `${name}.${facts.name}`;
    },
    basicBytes: (object) => factsOf(object)?.basicBytes,
    text: textAt,
    integer: (object) => isA(object, IS_INTEGER) ? readInteger(memory, layout, object) : undefined,
    number(object) {
      if (factsOf(object)?.name !== "float") return objects.integer(object);
      return memory.read(object + 16, 8)?.getFloat64(0, true);
    },
    items(object, limit = USUAL_LIMIT) {
      const isTuple = isA(object, IS_TUPLE);
      if (!isTuple && !isA(object, IS_LIST)) return [];
      const count = Math.min(memory.word(object + 16) ?? 0, limit);
      const start = isTuple ? object + layout.tupleItems : memory.word(object + 24) ?? 0;
      const view = count > 0 ? memory.read(start, count * 8) : undefined;
      return view === undefined ? [] : Array.from({ length: count }, (_, index) => wordAt(view, index * 8));
    },
    entries: (object, limit = USUAL_LIMIT) => entriesOf(object, limit),
    attributes(object, limit = USUAL_LIMIT) {
      const type = typeAt(object);
      const facts = type === undefined ? undefined : typeFacts(type);
      if (type === undefined || facts === undefined) return [];
      const place = findAttributes(memory, layout.instance, object, facts);
      if (place === undefined) return [];
      if (place.kind === "dictionary") return entriesOf(place.address, limit);
      const table = { keys: memory.word(type + layout.cachedKeys) ?? 0, values: place.address };
      return readSplitEntries(memory, layout, table, limit);
    },
    attribute: (object, name) => find(objects.attributes(object), name),
    typeAttribute(object, name) {
      let type = typeAt(object);
      for (let count = 0; type !== undefined && count < MAX_BASES; count++) {
        const facts = typeFacts(type);
        const value = facts && find(entriesOf(facts.dictionary, USUAL_LIMIT), name);
        if (value !== undefined) return value;
        type = facts?.base;
      }
      return undefined;
    },
    valueOf: (dictionary, name) => find(objects.entries(dictionary), name),
  };
  return objects;
}

/** The type of a type is one whose flags say so: a sharp test that this is one. */
function readType(memory: PythonImage["memory"], type: number): TypeFacts | undefined {
  if (!isAddress(type) || type % 8 !== 0) return undefined;
  const view = memory.read(type, TYPE_BYTES);
  if (view === undefined) return undefined;
  const meta = wordAt(view, TYPE);
  const metaFlags = isAddress(meta) ? memory.int32(meta + TYPE_FLAGS) : undefined;
  if (metaFlags === undefined || (metaFlags & IS_TYPE) === 0) return undefined;
  const name = readName(memory, wordAt(view, TYPE_NAME));
  const basicBytes = wordAt(view, TYPE_BASIC_BYTES);
  if (name === undefined || basicBytes < 0 || basicBytes > MAX_OBJECT_BYTES) return undefined;
  return {
    name,
    basicBytes,
    flags: view.getUint32(TYPE_FLAGS, true),
    base: wordAt(view, TYPE_BASE),
    dictionary: wordAt(view, TYPE_DICTIONARY),
    dictionaryOffset: wordAt(view, TYPE_DICTIONARY_OFFSET),
  };
}

function readName(memory: PythonImage["memory"], address: number): string | undefined {
  const view = memory.readUpTo(address, MAX_TYPE_NAME_BYTES);
  if (view === undefined) return undefined;
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const end = bytes.indexOf(0);
  return end <= 0 ? undefined : new TextDecoder().decode(bytes.subarray(0, end));
}

function readInteger(
  memory: PythonImage["memory"],
  layout: ObjectLayout,
  object: number,
): number | undefined {
  const view = memory.read(object + 16, 16);
  if (view === undefined) return undefined;
  const head = view.getInt32(0, true);
  const isTagged = layout.integer === "tag";
  const count = isTagged ? head >> 3 : Math.abs(head);
  const isNegative = isTagged ? (head & 3) === 2 : head < 0;
  if (count < 0 || count > MAX_DIGITS) return undefined;
  const low = count > 0 ? view.getUint32(8, true) : 0;
  const value = count > 1 ? low + view.getUint32(12, true) * 2 ** DIGIT_BITS : low;
  if (!Number.isSafeInteger(value)) return undefined;
  return isNegative ? -value : value;
}

function findAttributes(
  memory: PythonImage["memory"],
  layout: ObjectLayout["instance"],
  object: number,
  { flags, basicBytes, dictionaryOffset }: TypeFacts,
): { readonly kind: "dictionary" | "values"; readonly address: number } | undefined {
  const at = (offset: number): number => memory.word(object + offset) ?? 0;
  if (layout.kind === "dictionary" || (flags & MANAGED_DICTIONARY) === 0) {
    return dictionaryOffset > 0 && dictionaryOffset < MAX_OBJECT_BYTES
      ? { kind: "dictionary", address: at(dictionaryOffset) }
      : undefined;
  }
  switch (layout.kind) {
    case "two-words": {
      const values = at(layout.values);
      return values === 0
        ? { kind: "dictionary", address: at(layout.dictionary) }
        : { kind: "values", address: values };
    }
    case "tagged": {
      const word = at(layout.word);
      return word % 2 === 0 ? { kind: "dictionary", address: word } : { kind: "values", address: word + 1 };
    }
    case "inline": {
      const dictionary = at(layout.dictionary);
      if (dictionary !== 0) return { kind: "dictionary", address: dictionary };
      return (flags & INLINE_VALUES) === 0 ? undefined : { kind: "values", address: object + basicBytes };
    }
  }
}
