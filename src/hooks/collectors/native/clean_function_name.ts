import { demangleRustV0 } from "./demangle_rust_v0.ts";

/** What legacy Rust symbols write for characters that symbols must not hold. */
const RUST_ESCAPES: Readonly<Record<string, string>> = {
  SP: "@",
  BP: "*",
  RF: "&",
  LT: "<",
  GT: ">",
  LP: "(",
  RP: ")",
  C: ",",
};
/** The end of every legacy Rust symbol. */
const RUST_HASH = /::h[0-9a-f]{16}$/;
/** What compilers and linkers add to the name of a copy of a function that they made. */
const COPY_SUFFIX =
  /( \[clone [^\]]*\])+$|(\.(constprop|isra|part|cold|llvm|lto_priv|localalias|specialized)(\.\d+)*)+$/;
/** `@@GLIBC_2.34`; `poll@plt` stays, since it is a stub and not the function. */
const SYMBOL_VERSION = /@@?[A-Z]\w*[\d.]*\w*$/;

/**
 * The name of a function as its programmer knows it, the same in each build: without symbol version, the compiler's
 * suffixes and Rust's hashes.
 *
 * @param symbol as a tool printed it; mangled only where the tool could not undo it
 * @returns the name; C++ symbols that are still mangled stay so
 */
export function cleanFunctionName(symbol: string): string {
  const name = symbol.replace(COPY_SUFFIX, "").replace(SYMBOL_VERSION, "");
  if (name.startsWith("_R")) return demangleRustV0(name) ?? name;
  const path = name.startsWith("_ZN") ? splitLegacyRust(name) : name;
  return RUST_HASH.test(path) ? decodeRust(path.replace(RUST_HASH, "")) : name;
}

/** `_ZN4core3fooE` as `core::foo`; for symbols of C++, which look alike, this may be nonsense without a hash. */
function splitLegacyRust(symbol: string): string {
  const parts: string[] = [];
  let rest = symbol.slice("_ZN".length);
  for (let length = /^\d+/.exec(rest)?.[0]; length !== undefined; length = /^\d+/.exec(rest)?.[0]) {
    parts.push(rest.slice(length.length, length.length + Number(length)));
    rest = rest.slice(length.length + Number(length));
  }
  return parts.join("::");
}

function decodeRust(path: string): string {
  return path
    .replace(/(^|::)_\$/g, "$1$$")
    .replace(/\$([A-Z]{1,2}|u[0-9a-f]{1,6})\$/g, (escape, code: string) => {
      if (!code.startsWith("u")) return RUST_ESCAPES[code] ?? escape;
      const point = parseInt(code.slice(1), 16);
      return point < 0x20 || point > 0x10ffff ? escape : String.fromCodePoint(point);
    })
    .replaceAll("..", "::");
}
