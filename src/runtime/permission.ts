/** What Deno grants by `--allow-…`; on Linux it shows what is under `/proc` with `all` only. */
export type Permission = "all" | "env" | "read" | "run" | "write";
