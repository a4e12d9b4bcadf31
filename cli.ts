/** The command line of prekill. @module */
import { main } from "./src/cli/main.ts";
import { host } from "./src/runtime/host.ts";

// Not awaited: modules that are loaded later import this file's, which must have been evaluated by then.
main(host);
