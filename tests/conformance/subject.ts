/** The runtime under test: the one that runs the tests. */
export { host as runtime } from "../../src/runtime/host.ts";
