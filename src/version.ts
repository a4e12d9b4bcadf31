import config from "../deno.json" with { type: "json" };

/** Version of prekill, from `deno.json`. */
export const VERSION: string = config.version;
