/** The command line of prekill. @module */
import { main } from "./src/cli/main.ts";
import { host } from "./src/runtime/host.ts";

await main(host);
