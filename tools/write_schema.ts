/** `deno run -A tools/write_schema.ts`: writes `schema/prekill.schema.json`; a test holds that it is up to date. */
import { configSchema } from "../src/suite/config/config_schema.ts";

const path = new URL("../schema/prekill.schema.json", import.meta.url);
await Deno.writeTextFile(path, `${JSON.stringify(configSchema(), null, 2)}\n`);
